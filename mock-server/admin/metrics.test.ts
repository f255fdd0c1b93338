// What is counted, as a scraper reads it.
import { describe, expect, test } from '@jest/globals';
import { anAddress, invitations, running } from '../running.suite.ts';

const fake = running({ validation: 'report' });
const guarded = running({ validation: 'off', host: '0.0.0.0', adminToken: 'a-token' });

const scrape = async (): Promise<ReadonlyMap<string, number>> => {
  const { status, headers, text } = await fake.ask('GET', '/_mock/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, series = '', value = ''] = /^([a-z0-9_]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
      expect({ line, value: Number(value) }).toEqual({ line, value: expect.any(Number) });
      return [series, Number(value)];
    }),
  );
};

const requests = (operation: string, status: number | string): string =>
  `invitations_mock_requests_total{operation="${operation}",status="${status}"}`;

describe('GET /_mock/metrics', () => {
  test('counts requests by operation and status, and how long they took', async () => {
    const as = fake.server.credentials.apiKeys.OWNER;
    await fake.ask('GET', invitations, { as });
    await fake.ask('GET', invitations);
    await fake.ask('GET', '/nowhere');
    const before = await scrape();
    await fake.ask('GET', invitations, { as });
    await fake.ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
    const now = await scrape();
    const grown = (series: string): number => (now.get(series) ?? 0) - (before.get(series) ?? 0);
    expect(before.get(requests('invitations_list', 401))).toBe(1);
    expect(before.get(requests('none', 404))).toBe(1);
    expect(grown(requests('invitations_list', 200))).toBe(1);
    expect(grown(requests('invitations_create', 201))).toBe(1);
    const duration = 'invitations_mock_request_duration_seconds';
    expect(grown(`${duration}_count{operation="invitations_list"}`)).toBe(1);
    expect(grown(`${duration}_bucket{operation="invitations_list",le="+Inf"}`)).toBe(1);
    expect(now.get(`${duration}_sum{operation="invitations_list"}`)).toBeGreaterThan(0);
    expect(grown('invitations_mock_events_total{type="InvitationCreated"}')).toBe(1);
  });

  test('has no label that a client could make longer', async () => {
    await fake.ask('GET', '/a/path/of?my=own', { as: 'Api-Key nobody', headers: { 'x-own': '1' } });
    const known = /^(?:operation|status|le|rule|type|action|reason)$/;
    const before = await scrape();
    for (const series of before.keys()) {
      const names = [...series.matchAll(/[{,](\w+)="/g)].map(([, name = '']) => name);
      expect(names.filter((name) => !known.test(name))).toEqual([]);
    }
    await fake.ask('GET', '/another/path', { headers: { 'x-request-id': 'mine' } });
    await fake.ask('BREW', '/another/path');
    expect([...(await scrape()).keys()]).toEqual([...before.keys()]);
  });

  test('tells findings by the rule that they break', async () => {
    const as = fake.server.credentials.apiKeys.OWNER;
    const fault = {
      operations: ['invitations_list'],
      body: 'violating',
      violation: 'unknown-state',
    };
    await fake.ask('PUT', '/_mock/sandboxes/default/faults', { json: { faults: [fault] } });
    await fake.ask('GET', invitations, { as });
    await fake.ask('DELETE', '/_mock/sandboxes/default/faults');
    const found = [...(await scrape()).keys()].filter((series) => /_findings_total/.test(series));
    expect(found).toContain('invitations_mock_findings_total{rule="schema.state"}');
  });

  test('counts sandboxes, and has memory and event loop under their usual names', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/another', { json: { scenario: 'empty' } });
    const all = await scrape();
    expect(all.get('invitations_mock_sandboxes')).toBe(2);
    const weight = all.get('invitations_mock_sandboxes_memory_bytes') ?? 0;
    expect(weight).toBeGreaterThan(2e5);
    expect(weight).toBeLessThan(all.get('invitations_mock_sandboxes_memory_limit_bytes') ?? 0);
    expect(all.get('invitations_mock_store_conflicts_total')).toBe(0);
    expect(all.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(all.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6);
    expect(all.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  test('asks for the admin token as all of /_mock does', async () => {
    const { status } = await guarded.ask('GET', '/_mock/metrics');
    expect(status).toBe(401);
    const given = await guarded.ask('GET', '/_mock/metrics', { as: 'Bearer a-token' });
    expect(given.status).toBe(200);
  });
});
