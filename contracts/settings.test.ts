// What the CONTRACT_* variables come to.
import { describe, expect, test } from '@jest/globals';
import { readSettings, whyUnmet } from './settings.ts';

describe('credentials', () => {
  test("a role's API key serves where a check asks for that scheme, and not for the other", () => {
    const { credentials } = readSettings({ CONTRACT_AUTH_ADMIN: 'Api-Key k' });
    expect(credentials.get('ADMIN_API_KEY')).toBe('Api-Key k');
    expect(credentials.get('API_KEY')).toBe('Api-Key k');
    expect(credentials.has('ADMIN_JWT')).toBe(false);
  });

  test('a role that may not invite stands for no scheme, for that would be refused what is due', () => {
    const { credentials } = readSettings({
      CONTRACT_AUTH_OWNER: 'Api-Key k',
      CONTRACT_AUTH_VIEWER: 'Bearer v',
    });
    expect(credentials.get('VIEWER_JWT')).toBe('Bearer v');
    expect(credentials.has('JWT')).toBe(false);
  });

  test('the most permissive role with a JWT is the one that stands for JWTs', () => {
    const { credentials } = readSettings({
      CONTRACT_AUTH_OWNER: 'Api-Key k',
      CONTRACT_AUTH_OWNER_JWT: 'Bearer o',
      CONTRACT_AUTH_VIEWER: 'Bearer v',
    });
    expect(credentials.get('JWT')).toBe('Bearer o');
  });

  test('an empty variable is none', () => {
    expect(readSettings({ CONTRACT_AUTH_OWNER: ' ' }).credentials.size).toBe(0);
  });
});

describe('needs', () => {
  test('the reason names the variable to set', () => {
    const settings = readSettings({});
    expect(whyUnmet(settings, 'VIEWER')).toBe('needs CONTRACT_AUTH_VIEWER');
    expect(whyUnmet(settings, 'BOUNCE_EMAIL')).toBe('needs CONTRACT_BOUNCE_EMAIL');
    expect(whyUnmet(settings, 'JWT')).toBe('needs CONTRACT_AUTH_OWNER_JWT');
  });
});

describe('the rest', () => {
  test('a slash at the end of the target is not doubled later', () => {
    expect(readSettings({ CONTRACT_TARGET: 'http://a/b/' }).target).toBe('http://a/b');
  });

  test('what is generated is the same in every run that says nothing else', () => {
    expect(readSettings({})).toMatchObject({ runs: 30, seed: 1, path: undefined });
    const told = { CONTRACT_RUNS: '0', CONTRACT_SEED: '7', CONTRACT_PATH: '3:0' };
    expect(readSettings(told)).toMatchObject({ runs: 0, seed: 7, path: '3:0' });
  });

  test('half a run is refused by name', () => {
    expect(() => readSettings({ CONTRACT_RUNS: '0.5' })).toThrow(/CONTRACT_RUNS.*"0.5"/);
  });

  test('a deadline that is no number is refused by name', () => {
    expect(() => readSettings({ CONTRACT_TIMEOUT: 'soon' })).toThrow(/CONTRACT_TIMEOUT.*"soon"/);
  });
});
