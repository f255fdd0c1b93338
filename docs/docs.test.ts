// The documents against the code: what they name exists, and what exists is named.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRules } from '../contracts/catalog.ts';
import { operations } from '../contracts/operations.ts';
import { flags } from '../contracts/flags.ts';
import { credentialNames } from '../contracts/settings.ts';
import { buildScenario } from '../fixtures/build-scenario.ts';
import { routes } from '../mock-server/api/routes.ts';
import { settings } from '../mock-server/config/settings.ts';
import {
  editionsPage,
  readingsPage,
  toEditionsPage,
  toReadingsPage,
} from '../scripts/contract-pages.ts';
import { assumedRulesPage, toAssumedRulesPage } from '../scripts/assumed-rules.ts';
import { documents, folders, pathsInTree, quotedIn, read, root, rowsIn } from './documents.ts';

const readme = read('README.md');
const architecture = read('ARCHITECTURE.md');
const [, tree = ''] = /```text\n(.*?)```/s.exec(architecture) ?? [];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const namesIn = (section: string): readonly string[] => {
  const parsed: unknown = JSON.parse(read('package.json'));
  const entries = isRecord(parsed) ? parsed[section] : undefined;
  return isRecord(entries) ? Object.keys(entries) : [];
};

const missing = (wanted: Iterable<string>, known: Iterable<string>): readonly string[] => {
  const set = new Set(known);
  return [...new Set(wanted)].filter((one) => !set.has(one)).sort();
};

const isPath = (text: string): boolean =>
  /^[\w.-]+(?:\/[\w.-]+)*\/?$/.test(text) && /\/|\.(?:ts|ya?ml|json|mjs|md)$/.test(text);

const exists = (path: string): boolean => existsSync(join(root, path));

describe('ARCHITECTURE.md', () => {
  test('names only paths that exist', () => {
    const built = ['dist'];
    const prose = architecture.replace(tree, '');
    // A name without a folder is one of the files beside the path that was named before it.
    const named = [...pathsInTree(tree), ...quotedIn(prose).filter(isPath)];
    expect(named.filter((path) => !built.includes(path) && !exists(path))).toEqual([]);
  });

  test('has every top-level folder in its tree', () => {
    expect(
      missing(
        folders(),
        pathsInTree(tree).map((path) => path.replace(/\/$/, '')),
      ),
    ).toEqual([]);
  });

  test('has the import rules, all of them and no others', () => {
    const inCode = [
      ...read('.dependency-cruiser.mjs').matchAll(/^ *(?:name: |only\(\s*)'([a-z-]+)'/gm),
    ];
    const section = architecture.slice(architecture.indexOf('## Who may import whom'));
    const inTable = rowsIn(section).flatMap(([cell = '']) => quotedIn(cell));
    expect([...inTable].sort()).toEqual(inCode.map(([, name]) => name).sort());
  });
});

describe('the table of flags in README.md', () => {
  const rows = new Map(
    rowsIn(readme)
      .filter(([flag = '']) => flag.startsWith('`--'))
      .map(([flag = '', ...others]) => [quotedIn(flag).join(), others]),
  );
  const all = Object.values(settings).map(({ flag, placeholder, variable, otherwise }) => ({
    ...{ variable, otherwise },
    left: placeholder === undefined ? `--${flag}` : `--${flag} ${placeholder}`,
  }));

  test('has every flag with what it takes, and no other', () => {
    expect([...rows.keys()].sort()).toEqual(all.map(({ left }) => left).sort());
  });

  test.each(all)('has variable and default of $left, as --help has them', (setting) => {
    const [variable, fallback = ''] = rows.get(setting.left) ?? [];
    expect(variable).toBe(`\`${setting.variable}\``);
    expect(fallback.replaceAll('`', '')).toBe(setting.otherwise);
  });
});

test("README.md has the key that a default start's banner shows", async () => {
  const { seed, scenario } = settings;
  const { callers } = await buildScenario(scenario.fallback, {
    seed: seed.fallback,
    startAt: 0,
    secret: `seed ${seed.fallback}`,
  });
  expect(readme).toContain(`'Api-Key ${callers.apiKeys.OWNER}'`);
});

test('docs/dependencies.md has a line for each dependency, and no other', () => {
  const lines = [...read('docs/dependencies.md').matchAll(/^- `([^`]+)`:/gm)].map(
    ([, name]) => name,
  );
  expect(lines.sort()).toEqual([...namesIn('dependencies'), ...namesIn('devDependencies')].sort());
});

test("package-lock.json does not repeat what Prism's packages say of Node, of which npm ci would warn", () => {
  const lock: unknown = JSON.parse(read('package-lock.json'));
  const packages = isRecord(lock) && isRecord(lock['packages']) ? lock['packages'] : {};
  const ofPrism = Object.entries(packages).filter(([path]) =>
    /@stoplight\/prism-[a-z-]+$/.test(path),
  );
  expect(ofPrism).not.toEqual([]);
  for (const [, locked] of ofPrism) expect(locked).not.toHaveProperty('engines');
});

test('the pages of editions and readings are what the contract makes of them', async () => {
  expect(read(editionsPage)).toBe(await toEditionsPage());
  expect(read(readingsPage)).toBe(toReadingsPage([...readRules().values()]));
});

test('docs/what-is-assumed.md is what spec/rules.yaml makes of it', () => {
  expect(read(assumedRulesPage)).toBe(toAssumedRulesPage([...readRules().values()]));
});

describe('every operation of the contract', () => {
  const ids = [...read('spec/openapi.yaml').matchAll(/^ +operationId: (\w+)$/gm)].map(
    ([, id = '']) => id,
  );
  /** One word for each operation, through the whole tree; those that only follow a link share a file. */
  const fileOf = (id: string): string => {
    const [collection, ...words] = id.split('_');
    if (collection === 'serviceaccounts') return 'contracts/checks/service-accounts.contract.ts';
    if (collection === 'users' && words[0] !== 'retrieve')
      return 'contracts/checks/users.contract.ts';
    if (collection !== 'invitations') return 'contracts/checks/linked.contract.ts';
    const name = words.join('-').replace(/(?<=.)-create$/, '');
    return `contracts/checks/invitations/${name}.contract.ts`;
  };

  test('has a route', () => {
    const routed = routes.flatMap((route) =>
      Object.values(route.operations).map(({ operationId }) => operationId),
    );
    expect(routed.sort()).toEqual([...ids].sort());
  });

  test('is known to the suites', () => {
    expect(Object.keys(operations).sort()).toEqual([...ids].sort());
  });

  test('has a contract file', () => {
    expect(ids.map(fileOf).filter((path) => !exists(path))).toEqual([]);
  });
});

const serverVariables = [
  ...Object.values(settings).flatMap(({ variable, former }) => [
    variable,
    ...(former === undefined ? [] : [former.variable]),
  ]),
  // What exec tells the command that it runs.
  'INVITATIONS_MOCK_URL',
];

const suiteVariables = [
  ...Object.values(flags).map(({ variable }) => variable),
  ...[...read('contracts/settings.ts').matchAll(/\(env, '([A-Z_]+)'/g)].map(
    ([, name = '']) => `CONTRACT_${name}`,
  ),
  ...credentialNames.map((name) => `CONTRACT_AUTH_${name}`),
];

describe.each(documents.map((path) => ({ path, text: read(path) })))('$path', ({ path, text }) => {
  test('asks for no npm script that is missing', () => {
    const asked = [...text.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g)];
    const names = asked.flatMap(([, script, builtIn]) => script ?? builtIn ?? []);
    expect(missing(names, namesIn('scripts'))).toEqual([]);
  });

  test('has no link that leads nowhere', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, link]) => link ?? []);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !exists(join(dirname(path), link)))).toEqual([]);
  });

  test('has no variable that nothing reads', () => {
    const named = text.match(/\b(?:INVITATIONS_MOCK|CONTRACT)_[A-Z_]*[A-Z]\b/g) ?? [];
    expect(missing(named, [...serverVariables, ...suiteVariables])).toEqual([]);
  });
});

test('docs/ci.md has every variable that the suites read', () => {
  const internal: readonly string[] = [];
  const ofOthers = /^CONTRACT_AUTH_(?!OWNER).*_(?:JWT|API_KEY)$/;
  const wanted = suiteVariables.filter((name) => !ofOthers.test(name));
  expect(missing(wanted, [...quotedIn(read('docs/ci.md')), ...internal])).toEqual([]);
});
