// The comparison as a whole: the fake, started for it, beside a deployment; what is found, as a text.
import { CannotRun } from '../../settings/cannot-run.ts';
import { toReadings } from '../../spec/readings.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import { readRules } from '../catalog.ts';
import { findEdition } from '../engine/edition.ts';
import { createLine } from '../engine/line.ts';
import { NotExercised } from '../not-exercised.ts';
import { readSettings } from '../settings.ts';
import type { Target } from '../target.ts';
import { startReader, type Reader } from '../targets/fake.ts';
import { compareTargets, type Plan } from './compare-targets.ts';
import { readKnown } from './known.ts';
import { toReport } from './report.ts';

export type CompareOptions = Omit<Plan, 'known' | 'targets' | 'readers'> & {
  readonly deployment: Target;
  /** The file of the known differences; null: the usual one, where there is one. */
  readonly knownFile: string | null;
};

/** The variables of the deployment are none of the fake's business, but for where mail goes. */
const startOwnFake = ({ env }: Target, edition: Edition): Promise<Reader> =>
  startReader(
    { CONTRACT_EMAIL_DOMAIN: env['CONTRACT_EMAIL_DOMAIN'] },
    { pageSize: 3, validation: 'off', edition, readings: toReadings({ edition }) },
  );

/** Rejects with a CannotRun. */
export const compareWithFake = async (comparison: CompareOptions) => {
  const { deployment, knownFile, ...plan } = comparison;
  const file = knownFile ?? 'drift.known.yaml';
  const known = readKnown(file, knownFile === null);
  const settings = readSettings(deployment.env);
  const line = createLine(settings, { signal: plan.signal });
  const edition = await findEdition(settings, line);
  const beside = await startOwnFake(deployment, edition);
  const fake = beside.target;
  let other: Promise<Reader> | undefined;
  const readers = { beside, toTry: () => (other ??= startOwnFake(deployment, edition)) };
  try {
    const result = await compareTargets({ ...plan, known, readers, targets: { fake, deployment } });
    const targets = {
      fake: fake.env['CONTRACT_TARGET'] ?? '',
      deployment: deployment.env['CONTRACT_TARGET']?.replace(/\/+$/, '') ?? '',
    };
    const told = { targets, rules: readRules(), knownFile: file, seed: plan.seed };
    const text = `The fake beside ${deployment.name}, both of edition ${edition}\n\n${toReport(result, told)}`;
    return { text, /** Differences that nobody knew. */ unknown: result.found.length };
  } catch (error) {
    if (error instanceof NotExercised) throw new CannotRun(error.message);
    throw error;
  } finally {
    await fake.close();
    await (await other)?.target.close();
  }
};
