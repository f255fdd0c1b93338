// The settings of the default sandbox, and of all sandboxes together.
import { scenarioNames, type ScenarioName } from '../../fixtures/scenario.ts';
import { editions, newestEdition, type Edition } from '../../spec/vocabulary.ts';
import { duration } from '../../settings/duration.ts';
import { size } from '../../settings/size.ts';
import { settingsOf } from '../../settings/setting.ts';
import { instant, oneOf, someText, wholeNumber } from '../../settings/values.ts';
import { parseReadingsFile } from '../../spec/readings-file.ts';
import { deliveryModes, type DeliveryMode } from '../sandbox/delivery-settings.ts';

const { setting, optional } = settingsOf('INVITATIONS_MOCK');

export const sandboxSettings = {
  scenario: setting<ScenarioName>({
    flag: 'scenario',
    placeholder: 'NAME',
    fallback: 'team',
    help: `what the sandbox holds at first: ${scenarioNames.join(', ')}`,
    parse: oneOf(scenarioNames),
  }),
  /** A seed file's path. */
  world: optional({
    flag: 'world',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'a seed file, in YAML or JSON; what it says counts more than the flags beside it',
    parse: someText('a file name'),
  }),
  scenarioSize: optional({
    flag: 'scenario-size',
    placeholder: 'NUMBER',
    otherwise: '10000',
    help: 'invitations that many-pages makes',
    parse: wholeNumber(1, 1_000_000),
  }),
  seed: setting({
    flag: 'seed',
    placeholder: 'NUMBER',
    fallback: '1',
    help: 'of the data: the same seed, scenario and start time give the same data',
    parse: wholeNumber(0, 2 ** 32 - 1),
  }),
  /** Milliseconds since the epoch; null: now. */
  startTime: optional({
    flag: 'start-time',
    placeholder: 'TIME',
    otherwise: 'the present',
    help: 'time that the sandbox starts at, in ISO 8601',
    parse: instant,
  }),
  edition: setting<Edition>({
    flag: 'edition',
    placeholder: 'DATE',
    fallback: newestEdition,
    help: `edition of the contract, ${editions[0]} to ${newestEdition}`,
    parse: oneOf(editions),
  }),
  readings: optional({
    flag: 'readings',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'how it answers where the contract leaves room, in YAML',
    parse: parseReadingsFile,
  }),
  pageSize: setting({
    flag: 'page-size',
    placeholder: 'NUMBER',
    fallback: '100',
    help: 'invitations on a page of a list',
    parse: wholeNumber(1, 10_000),
  }),
  delivery: setting<DeliveryMode>({
    flag: 'delivery',
    placeholder: 'MODE',
    fallback: 'at-once',
    help: `when messages go out: ${deliveryModes.join(', ')}`,
    parse: oneOf(deliveryModes),
  }),
  deliveryDelayMs: setting({
    flag: 'delivery-delay',
    placeholder: 'DURATION',
    fallback: '2s',
    help: 'how long that takes with after-delay',
    parse: duration,
  }),
  deliveryReads: setting({
    flag: 'delivery-reads',
    placeholder: 'NUMBER',
    fallback: '3',
    help: 'how many reads show an invitation as pending with after-reads',
    parse: wholeNumber(1, 1_000),
  }),
  sandboxLimit: setting({
    flag: 'sandbox-limit',
    placeholder: 'NUMBER',
    fallback: '2000',
    help: 'how many sandboxes there may be at a time',
    parse: wholeNumber(1, 100_000),
  }),
  /** In bytes; null: a share of the heap. */
  memoryLimit: optional({
    flag: 'memory-limit',
    placeholder: 'SIZE',
    otherwise: 'a share of the heap',
    help: 'memory that all sandboxes may take together, such as 300MB or 2GB',
    parse: size,
  }),
  /** Of one sandbox. */
  invitationLimit: setting({
    flag: 'invitation-limit',
    placeholder: 'NUMBER',
    fallback: '1000000',
    help: 'how many invitations a sandbox takes',
    parse: wholeNumber(1, 10_000_000),
  }),
  /** Of sandboxes that do not say it themselves. */
  sandboxTimeToLiveMs: setting({
    flag: 'sandbox-time-to-live',
    placeholder: 'DURATION',
    fallback: '24h',
    help: 'how long an unused sandbox stays, unless it says so itself',
    parse: duration,
  }),
} as const;
