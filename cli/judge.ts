// The command `judge`: what recorded traffic shows to be wrong, by rule, and an exit code.
import { sharedFlags } from '../contracts/flags.ts';
import { judgeFile } from '../contracts/recorded/judge-file.ts';
import { settingsOf } from '../settings/setting.ts';
import { words } from '../settings/values.ts';
import { toMain } from './run-command.ts';

const settings = {
  hosts: settingsOf('CONTRACT').optional({
    flag: 'host',
    placeholder: 'HOST',
    isMany: true,
    otherwise: 'all',
    help: 'only what was asked of this server; may be given several times',
    parse: words('hosts with commas between, such as api.example.com,localhost:4010'),
  }),
  edition: { ...sharedFlags.edition, otherwise: 'found out from the answers' },
  strict: sharedFlags.strict,
};

export const judgeMain = toMain(
  {
    about:
      'Judges traffic that a browser or a proxy has recorded (HAR 1.2): the answers of the Invitations API in it by the spec, and by the rules that one exchange alone can show to be broken.',
    operand: { name: '<file>', help: 'with the recording, such as traffic.har' },
    settings: Object.values(settings),
    notes: `Exit code: 0 nothing, or only broken assumptions; 1 violations; 2 could not run as asked, nothing in
the file is about the API, say.`,
  },
  async ({ read, operands: [file = ''] }, _env, { out }) => {
    const isStrict = read(settings.strict);
    const { text, isWrong } = await judgeFile({
      file,
      isStrict,
      edition: read(settings.edition) ?? undefined,
      hosts: read(settings.hosts) ?? [],
    });
    out(text);
    return isWrong ? 1 : 0;
  },
);
