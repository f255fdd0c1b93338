// Once before all tests, for the processes that run them: where the browser is.
import { findChromium } from './chromium.ts';

export const setup = async (): Promise<void> => {
  Object.assign(process.env, await findChromium());
};
