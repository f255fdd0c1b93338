// Which checks a run is about, and which of them it cannot make.
import { lackingIn, type Edition } from '../../spec/vocabulary.ts';
import { isSelected, type Rule } from '../catalog.ts';
import { createKit, type Kit } from '../kit/kit.ts';
import { whyUnmet, type Need, type Settings } from '../settings.ts';
import type { Check } from './check.ts';
import type { Contract } from './contract.ts';
import type { Running } from './running.ts';

export type Defined = {
  readonly contract: Contract;
  readonly kit: Kit;
  /** Those that are selected. */
  readonly checks: readonly Check[];
  /** The rules of all of them. */
  readonly rules: ReadonlySet<string>;
};

const leftOutByReadOnly = 'it changes something, and the run only reads';

/** Undefined for a check that can be made. */
export const whyNot = (check: Check, settings: Settings): string | undefined => {
  if (settings.isReadOnly && check.changes) return leftOutByReadOnly;
  const unmet = check.needs
    .map((need) => whyUnmet(settings, need))
    .filter((why) => why !== undefined);
  return unmet.length === 0 ? undefined : unmet.join(', ');
};

/** Whether an edition has the rule; what it asks of later ones, it does not of this one. */
export const isIn = (edition: Edition, { since = '' }: Rule): boolean => since <= edition;

/** The one way to an organization is an invitation's link to it. */
const canBeAsked = (edition: Edition, { operation }: Check): boolean =>
  operation !== 'organizations_retrieve' ||
  !lackingIn(edition, 'Invitation').includes('organization');

export const define = async (
  contracts: readonly Contract[],
  run: Running,
): Promise<readonly Defined[]> => {
  const { only } = run.settings;
  const { edition } = run;
  const defined: Defined[] = [];
  for (const contract of contracts) {
    const kit = createKit(run);
    await contract.define(kit);
    const all = kit.checks.filter(
      (check) => isIn(edition, check.rule) && canBeAsked(edition, check),
    );
    const checks = all.filter(({ rule, operation }) => isSelected(only, rule, operation));
    const rules = new Set(all.map(({ rule }) => rule.id));
    defined.push({ contract, kit, checks, rules });
  }
  return defined;
};

/** Of what there is one only: contracts that use the same wait for each other. */
export const takenBy = ({ contract, checks }: Defined, settings: Settings): ReadonlySet<Need> => {
  const made = checks.filter((check) => whyNot(check, settings) === undefined);
  if (made.length === 0) return new Set();
  const needs = [...(contract.uses.takes ?? []), ...made.flatMap((check) => check.needs)];
  return new Set(needs.filter((need) => need === 'INVITEE_EMAIL' || need === 'BOUNCE_EMAIL'));
};
