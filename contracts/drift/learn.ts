// What a step teaches about its slot's invitation, by what the fake answered.
import { changesAddress, type Facts } from './facts.ts';
import type { Lap } from './lap.ts';
import { makes, slotOf } from './step.ts';

const ends = ['invitations_accept_create', 'invitations_destroy'];

const change = ({ step, asking, fake }: Lap, before: Facts): Facts => {
  const status = fake.reply?.status ?? 0;
  if (step.kind === 'settle') return { ...before, onItsWay: false };
  if (status < 200 || status > 299 || asking.method !== undefined) return before;
  if (ends.includes(asking.operation)) return { ...before, onItsWay: false };
  const sends = asking.operation === 'invitations_resend_create' || changesAddress(asking);
  return { ...before, onItsWay: before.onItsWay || sends };
};

const begin = ({ step, asking, fake }: Lap): Facts | undefined => {
  if (step.kind === 'pick') return { isForeign: true, maker: step.as, onItsWay: true };
  if (asking.operation !== 'invitations_create' || fake.reply?.status !== 201) return undefined;
  return { isForeign: false, maker: asking.as, onItsWay: true };
};

export const learn = (lap: Lap, facts: Map<number, Facts>): void => {
  const made = makes(lap.step);
  const begun = begin(lap);
  if (made !== undefined && begun !== undefined) facts.set(made, begun);
  const slot = slotOf(lap.step);
  const before = slot === undefined ? undefined : facts.get(slot);
  if (slot === undefined || before === undefined || lap.step.kind === 'pick') return;
  facts.set(slot, change(lap, before));
};
