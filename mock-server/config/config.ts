// Settings → typed configuration.
import type { Read } from '../../settings/read.ts';
import { settings, type Config } from './settings.ts';

/** `read` may throw; what it throws names the setting, its value, and what would be right. */
export const readConfig = (read: Read): Config => ({
  port: read(settings.port),
  host: read(settings.host),
  scenario: read(settings.scenario),
  world: read(settings.world),
  scenarioSize: read(settings.scenarioSize),
  seed: read(settings.seed),
  startTime: read(settings.startTime),
  edition: read(settings.edition),
  readings: read(settings.readings),
  pageSize: read(settings.pageSize),
  delivery: read(settings.delivery),
  deliveryDelayMs: read(settings.deliveryDelayMs),
  deliveryReads: read(settings.deliveryReads),
  sandboxLimit: read(settings.sandboxLimit),
  memoryLimit: read(settings.memoryLimit),
  invitationLimit: read(settings.invitationLimit),
  sandboxTimeToLiveMs: read(settings.sandboxTimeToLiveMs),
  acceptUrl: read(settings.acceptUrl),
  smtp: read(settings.smtp),
  validation: read(settings.validation),
  corsOrigins: read(settings.corsOrigins),
  corsCredentials: read(settings.corsCredentials),
  bodyLimit: read(settings.bodyLimit),
  adminToken: read(settings.adminToken),
  secret: read(settings.secret),
  store: read(settings.store),
  mcp: read(settings.mcp),
  traces: read(settings.traces),
  logLevel: read(settings.logLevel),
  logFormat: read(settings.logFormat),
  writeEnv: read(settings.writeEnv),
  strictPeople: read(settings.strictPeople),
  trustProxy: read(settings.trustProxy),
  banner: read(settings.banner),
});

/** What the server does when nobody says anything. */
export const defaultConfig: Config = readConfig(({ fallback }) => fallback);
