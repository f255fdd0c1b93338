// npm run clients: clients of two generators, made from the newest edition by openapi-generator, compile strictly and run the
// story of an invitation against the fake. It needs Java, OPENAPI_GENERATOR_JAR, and for the second one Python with what it imports.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMockServer } from '../../mock-server/server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const own = (name: string): string => join(root, 'scripts/clients', name);
const jar = process.env['OPENAPI_GENERATOR_JAR'] ?? '';

const works = async (command: string, ...args: readonly string[]): Promise<boolean> =>
  run(command, args).then(
    () => true,
    () => false,
  );

const findLacking = async (): Promise<string | undefined> => {
  if (!(await works('java', '-version'))) return 'There is no java in PATH.';
  if (!existsSync(jar)) {
    return 'OPENAPI_GENERATOR_JAR names no file; it is to name the jar of openapi-generator-cli.';
  }
  return (await works('python3', '-c', 'import pydantic, urllib3, dateutil'))
    ? undefined
    : 'There is no python3 with pydantic, urllib3 and python-dateutil.';
};

const strict = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'esnext'];

const tellStories = async (scratch: string): Promise<void> => {
  const server = await startMockServer({ port: 0, logLevel: 'silent' });
  try {
    const document = join(scratch, 'openapi.yaml');
    const served = await fetch(`${server.url}/_mock/openapi.yaml`);
    writeFileSync(document, await served.text());
    const { apiKeys, invitee, inviteeEmail } = server.credentials;
    const identities = { OWNER: apiKeys.OWNER, INVITEE: invitee, INVITEE_EMAIL: inviteeEmail };
    const env = { ...process.env, ...identities, FAKE_URL: server.url, PYTHONPATH: scratch };
    const options = { cwd: scratch, env, maxBuffer: 100_000_000 };
    const generate = (name: string, ...args: readonly string[]) =>
      run('java', ['-jar', jar, 'generate', '-g', name, '-i', document, ...args], options);

    await generate('typescript-fetch', '-o', join(scratch, 'client'));
    copyFileSync(own('story.ts.txt'), join(scratch, 'story.ts'));
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const resolution = ['--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable'];
    await run(process.execPath, [tsc, ...strict, ...resolution, ...types, 'story.ts'], options);
    writeFileSync(join(scratch, 'package.json'), '{"type":"module"}');
    const tsx = import.meta.resolve('tsx');
    await run(process.execPath, ['--import', tsx, 'story.ts'], options);
    console.log('typescript-fetch: compiles strictly, and its story ends well');

    await generate(
      'python',
      '-o',
      scratch,
      '--additional-properties=packageName=invitations_client',
    );
    await run('python3', ['-W', 'error', '-m', 'compileall', '-q', 'invitations_client'], options);
    await run('python3', [own('story.py')], options);
    console.log('python: compiles, and its story ends well');
  } finally {
    await server.close();
  }
};

const lacking = await findLacking();
if (lacking === undefined) {
  const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-clients-'));
  await tellStories(scratch).finally(() => {
    rmSync(scratch, { recursive: true });
  });
} else {
  console.error(`No client was generated. ${lacking}`);
  process.exitCode = 2;
}
