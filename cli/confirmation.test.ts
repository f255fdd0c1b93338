// Who is asked before a run writes to a target.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { confirmWriting, type Terminal } from './confirmation.ts';
import { toRemote } from '../contracts/targets/remote.ts';

const elsewhere = 'https://staging.example.com';

const createTerminal = (
  isTTY: boolean,
  input = new PassThrough(),
): { readonly terminal: Terminal; readonly said: () => string } => {
  const output = new PassThrough();
  return {
    terminal: { input: Object.assign(input, { isTTY }), output: Object.assign(output, { isTTY }) },
    said: () => String(output.read() ?? ''),
  };
};

const confirm = (address: string, terminal: Terminal, isConfirmed = false): Promise<void> =>
  confirmWriting({
    ...{ target: toRemote(address, {}), isConfirmed, terminal },
    signal: new AbortController().signal,
  });

describe('nobody is asked', () => {
  test.each([
    'http://localhost:4010',
    'http://127.0.0.1:4010/base',
    'http://127.1.2.3',
    'http://[::1]:4010',
    'http://api.localhost',
  ])('about %s, which is this machine', async (address) => {
    await expect(confirm(address, createTerminal(false).terminal)).resolves.toBeUndefined();
  });

  test('where it is confirmed already', async () => {
    const { terminal, said } = createTerminal(true);
    await confirm(elsewhere, terminal, true);
    expect(said()).toBe('');
  });
});

test.each([
  elsewhere,
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://10.0.0.1',
])('without a terminal %s is not written to', async (address) => {
  await expect(confirm(address, createTerminal(false).terminal)).rejects.toThrow(
    /is not on this machine, .*--yes \(CONTRACT_YES=1\).*--read-only/,
  );
});

describe('on a terminal', () => {
  test.each(['y', 'Y', 'yes'])('"%s" is consent', async (answer) => {
    const input = new PassThrough();
    const { terminal, said } = createTerminal(true, input);
    input.write(`${answer}\n`);
    await confirm(elsewhere, terminal);
    expect(said()).toContain('makes invitations at https://staging.example.com');
  });

  test.each(['', 'n', 'yesterday'])('"%s" is none', async (answer) => {
    const input = new PassThrough();
    input.write(`${answer}\n`);
    await expect(confirm(elsewhere, createTerminal(true, input).terminal)).rejects.toThrow(
      'Nothing was asked of the target.',
    );
  });

  test('nor is the end of the input', async () => {
    const input = new PassThrough();
    input.end();
    await expect(confirm(elsewhere, createTerminal(true, input).terminal)).rejects.toThrow(
      'Nothing was asked of the target.',
    );
  });

  test('an interruption ends the wait', async () => {
    const interruption = new AbortController();
    const waiting = confirmWriting({
      ...{ target: toRemote(elsewhere, {}), isConfirmed: false },
      ...{ terminal: createTerminal(true).terminal, signal: interruption.signal },
    });
    interruption.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});
