// What a step teaches about its slot's invitation, by what the fake answered.
import { changesAddress, fieldsOf, isUpdate, type Facts } from './facts.ts';
import type { Lap } from './lap.ts';
import { makes, slotOf } from './step.ts';

const change = ({ step, asking, fake }: Lap, before: Facts): Facts => {
  const status = fake.reply?.status ?? 0;
  if (step.kind === 'settle') return { ...before, onItsWay: false };
  if (status < 200 || status > 299 || asking.method !== undefined) return before;
  const { operation } = asking;
  if (operation === 'invitations_resend_create') return { ...before, onItsWay: true };
  if (operation === 'invitations_accept_create') {
    return { ...before, accepted: true, onItsWay: false };
  }
  if (operation === 'invitations_destroy') return { ...before, deleted: true, onItsWay: false };
  if (!isUpdate(operation)) return before;
  return {
    ...before,
    role: fieldsOf(asking)['role'] ?? before.role,
    onItsWay: before.onItsWay || changesAddress(asking),
  };
};

const nothing = { isForeign: false, role: '', accepted: false, deleted: false } as const;

const begin = ({ step, asking, fake }: Lap): Facts | undefined => {
  if (step.kind === 'pick') {
    const accepted = step.state === 'accepted';
    return { ...nothing, isForeign: true, maker: step.as, onItsWay: true, accepted };
  }
  if (makes(step) === undefined || fake.reply?.status !== 201) return undefined;
  return { ...nothing, maker: asking.as, role: fieldsOf(asking)['role'] ?? '', onItsWay: true };
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
