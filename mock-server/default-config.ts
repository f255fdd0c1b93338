// What the server does when nobody says anything.
import { settings, switches, type Config } from './settings.ts';

export const defaultConfig: Config = {
  port: settings.port.fallback,
  host: settings.host.fallback,
  scenario: settings.scenario.fallback,
  scenarioSize: settings.scenarioSize.fallback,
  seed: settings.seed.fallback,
  startTime: settings.startTime.fallback,
  pageSize: settings.pageSize.fallback,
  delivery: settings.delivery.fallback,
  deliveryDelayMs: settings.deliveryDelayMs.fallback,
  deliveryReads: settings.deliveryReads.fallback,
  sandboxLimit: settings.sandboxLimit.fallback,
  sandboxTimeToLiveMs: settings.sandboxTimeToLiveMs.fallback,
  acceptUrl: settings.acceptUrl.fallback,
  smtp: settings.smtp.fallback,
  validation: settings.validation.fallback,
  corsOrigins: settings.corsOrigins.fallback,
  bodyLimit: settings.bodyLimit.fallback,
  adminToken: settings.adminToken.fallback,
  secret: settings.secret.fallback,
  logLevel: settings.logLevel.fallback,
  logFormat: settings.logFormat.fallback,
  envFile: settings.envFile.fallback,
  trustProxy: switches.trustProxy.fallback,
  banner: switches.banner.fallback,
};
