// The settings of the default sandbox, and of all sandboxes together.
import { scenarioNames, type ScenarioName } from '../../fixtures/scenario.ts';
import { deliveryModes, type DeliveryMode } from '../sandbox/delivery.ts';
import { duration, instant, oneOf, setting, wholeNumber } from './setting.ts';

export const sandboxSettings = {
  scenario: setting<ScenarioName>(
    'scenario',
    'NAME',
    'team',
    `What the sandbox holds at first: ${scenarioNames.join(', ')}.`,
    oneOf(scenarioNames),
  ),
  scenarioSize: setting<number | null>(
    'scenario-size',
    'NUMBER',
    null,
    'Invitations that many-pages makes (10000).',
    wholeNumber(1, 1_000_000),
  ),
  seed: setting(
    'seed',
    'NUMBER',
    1,
    'Seed of the data: the same seed, scenario and start time give the same data.',
    wholeNumber(0, 2 ** 32 - 1),
  ),
  startTime: setting<number | null>(
    'start-time',
    'TIME',
    null,
    'Time that the sandbox starts at, in ISO 8601 (now).',
    instant,
  ),
  pageSize: setting(
    'page-size',
    'NUMBER',
    100,
    'Invitations on a page of a list.',
    wholeNumber(1, 10_000),
  ),
  delivery: setting<DeliveryMode>(
    'delivery',
    'MODE',
    'at-once',
    `When messages go out: ${deliveryModes.join(', ')}.`,
    oneOf(deliveryModes),
  ),
  deliveryDelayMs: setting(
    'delivery-delay',
    'DURATION',
    2_000,
    'How long that takes with after-delay, in ms unless it says 500ms, 2s or 1m.',
    duration,
  ),
  deliveryReads: setting(
    'delivery-reads',
    'NUMBER',
    3,
    'How many reads show an invitation as pending with after-reads.',
    wholeNumber(1, 1_000),
  ),
  sandboxLimit: setting(
    'sandbox-limit',
    'NUMBER',
    2_000,
    'How many sandboxes there may be at a time.',
    wholeNumber(1, 100_000),
  ),
  invitationLimit: setting(
    'invitation-limit',
    'NUMBER',
    1_000_000,
    'How many invitations a sandbox takes.',
    wholeNumber(1, 10_000_000),
  ),
  sandboxTimeToLiveMs: setting(
    'sandbox-time-to-live',
    'DURATION',
    86_400_000,
    'How long an unused sandbox stays, as 90s, 30m or 24h, unless it says so itself.',
    duration,
  ),
} as const;
