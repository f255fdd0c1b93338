// The command `world`: a seed file with the people, invitations and states that recorded traffic shows.
import { stringify } from 'yaml';
import { createDisguise, noDisguise } from '../contracts/recorded/disguise.ts';
import { editionOf, readTraffic } from '../contracts/recorded/judge-traffic.ts';
import { toRecorded } from '../contracts/recorded/recorded.ts';
import { toSeedWorld } from '../contracts/recorded/seed-file.ts';
import { showWorld } from '../contracts/recorded/shown-world.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { settingsOf } from '../settings/setting.ts';
import { words } from '../settings/values.ts';
import { toMain } from './run-command.ts';

const { optional, toggle } = settingsOf('CONTRACT');

const settings = {
  hosts: optional({
    flag: 'host',
    placeholder: 'HOST',
    isMany: true,
    otherwise: 'all',
    help: 'only what was asked of this server; may be given several times',
    parse: words('hosts with commas between, such as api.example.com,localhost:4010'),
  }),
  keepNames: toggle({
    flag: 'keep-names',
    fallback: false,
    help: 'leave addresses and names as they were recorded; others stand in their place otherwise',
  }),
};

const toText = (seedFile: object, isKept: boolean): string => {
  const names = isKept ? 'as they were recorded' : 'made up';
  return `# From recorded traffic; addresses and names are ${names}.\n${stringify(seedFile, { lineWidth: 0 })}`;
};

export const worldMain = toMain(
  {
    about:
      'Makes a seed file from traffic that a browser, a proxy or this program has recorded (HAR 1.2): the people, invitations and states in it, for `start --world`. It is written to the standard output.',
    operand: { name: '<file>', help: 'with the recording, such as traffic.har' },
    settings: Object.values(settings),
    notes: 'Exit code: 0; 2 could not run as asked, no invitation is in the file, say.',
  },
  ({ read, operands: [file = ''] }, _env, { out }) => {
    const isKept = read(settings.keepNames);
    const entries = readTraffic(file, read(settings.hosts) ?? []);
    const exchanges = entries.flatMap((it) =>
      it.kind === 'exchange' ? [toRecorded(it.entry)] : [],
    );
    const shown = showWorld(exchanges);
    if (shown.invitations.size === 0 && shown.users.size === 0) {
      throw new CannotRun(`Nothing in ${file} is an answer that shows an invitation or a user.`);
    }
    const world = toSeedWorld(shown, isKept ? noDisguise : createDisguise());
    out(toText({ edition: editionOf(entries), world }, isKept));
    return 0;
  },
);
