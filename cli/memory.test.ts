// Whatever is asked of it, the process does not end for want of memory: what does not fit is refused in words.
import { Agent } from 'node:http';
import { afterAll, expect, test } from '@jest/globals';
import {
  invitations,
  memberOf,
  textOf,
  askAt,
  type HttpAnswer,
} from '../mock-server/running.suite.ts';
import { launchCommand, program } from './launch.suite.ts';

const agent = new Agent({ keepAlive: true });

afterAll(() => {
  agent.destroy();
});

/** All of these sandboxes would take three times the heap that there is. */
const heap = 128;
const [wanted, size] = [60, 4_000] as const;

test('more sandboxes than the heap holds are refused, and those that are there go on', async () => {
  const flags = ['--port', '0', '--validation', 'off', '--log-level', 'silent'];
  const bounded = [`--max-old-space-size=${heap}`, ...program()];
  const { child, said, ended } = launchCommand(process.execPath, [...bounded, 'start', ...flags]);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+(?=\/_mock\/$)/m.exec(await said('by role')) ?? [];
  const ask = askAt(url, agent);
  const made: HttpAnswer[] = [];
  const refused: HttpAnswer[] = [];
  for (let count = 0; count < wanted; count += 1) {
    const json = { scenario: 'many-pages', scenario_size: size, page_size: size };
    const answer = await ask('PUT', `/_mock/sandboxes/s${count}`, { json });
    (answer.status === 201 ? made : refused).push(answer);
    if (answer.status !== 201) continue;
    // Whatever is answered is kept for a while, and weighs too.
    const as = textOf(memberOf(memberOf(answer.json, 'credentials'), 'OWNER'), 'api_key');
    await ask('GET', invitations, { as });
  }
  expect(made.length).toBeGreaterThan(2);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([507]));
  expect(textOf(refused[0]?.json, 'detail')).toContain('--memory-limit');
  expect(refused.length).toBeGreaterThan(made.length);
  const { text } = await ask('GET', '/_mock/metrics');
  expect(text).toContain(`invitations_mock_sandboxes ${made.length + 1}\n`);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});
