// Every contract, in the order in which a run begins them: that of their names.
import type { Contract } from '../engine/contract.ts';
import * as all from './all.ts';

export const contracts: readonly Contract[] = Object.values(all);
