// All that a contract has at hand: how it asks, arranges, reads, waits, and says what a check is. Each contract of a run gets
// a kit of its own.
import type { RuleId } from '../../spec/vocabulary.ts';
import type { Check, CheckOptions } from '../engine/check.ts';
import type { Running } from '../engine/running.ts';
import type { Need } from '../settings.ts';
import { createAccounts } from './accounts.ts';
import { createArranging } from './arrange.ts';
import { createAsking } from './asking.ts';
import { createBase } from './base.ts';
import { createJoining } from './joining.ts';
import { createListing, undisturbed, type Crowd, type Listing } from './listing.ts';

const isNeeds = (given: CheckOptions | readonly Need[]): given is readonly Need[] =>
  Array.isArray(given);

const createRegister = ({ rules }: Running) => {
  const checks: Check[] = [];
  const titles = new Set<string>();
  /**
   * Registers a check of the rule `id`; `title` says in a sentence what the target does when it is right. A list in the place
   * of the options is what it needs.
   */
  const rule = (
    id: RuleId,
    title: string,
    given: CheckOptions | readonly Need[],
    body: () => Promise<void>,
  ): void => {
    const options = isNeeds(given) ? { needs: given } : given;
    const { needs = ['OWNER'], changes = true, operation } = options;
    const found = rules.get(id);
    if (found === undefined) throw new Error(`spec/rules.yaml has no rule "${id}".`);
    const name = `[${id}] ${title}`;
    if (titles.has(name)) throw new Error(`Two checks are called "${name}".`);
    titles.add(name);
    checks.push({ rule: found, title, needs, changes, operation, body });
  };
  return { rule, checks };
};

const createRegisterOfCrowd = ({ rule }: ReturnType<typeof createRegister>, { crowd }: Listing) => {
  /** Of a list with several pages; made once more where others came between. */
  const ruleOfCrowd = (id: RuleId, title: string, body: (of: Crowd) => Promise<void>): void => {
    rule(id, title, {}, () => undisturbed(async () => body(await crowd())));
  };
  return { ruleOfCrowd };
};

export const createKit = (run: Running) => {
  const base = createBase(run);
  const arranging = { ...base, ...createArranging(base) };
  const listing = { ...arranging, ...createListing(arranging) };
  const register = createRegister(run);
  return {
    ...createAsking(listing),
    ...createJoining(base),
    ...createAccounts(base),
    ...register,
    ...createRegisterOfCrowd(register, listing),
  };
};

export type Kit = ReturnType<typeof createKit>;
