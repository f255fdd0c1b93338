// The command `ledger`: which rules have gone without confirmation for too long, as text and as an exit code.
import { defaultLedgerFile, targetKinds, type TargetKind } from '../contracts/ledger/ledger.ts';
import { tellStaleRules } from '../contracts/ledger/stale-rules.ts';
import { durationFrom } from '../settings/duration.ts';
import { settingsOf } from '../settings/setting.ts';
import { oneOf, someText, words } from '../settings/values.ts';
import { toMain } from './run-command.ts';

const { setting, optional } = settingsOf('CONTRACT');

const settings = {
  file: setting({
    flag: 'ledger',
    placeholder: 'FILE',
    fallback: defaultLedgerFile,
    help: 'which runs of the contract suites write',
    parse: someText('a file name'),
  }),
  maxAgeMs: setting({
    flag: 'max-age',
    placeholder: 'DURATION',
    fallback: '30d',
    help: 'how old a confirmation may be',
    parse: durationFrom(1),
  }),
  kind: setting<TargetKind>({
    flag: 'kind',
    placeholder: 'KIND',
    fallback: 'deployment',
    help: 'where it has to be confirmed: fake or deployment',
    parse: oneOf(targetKinds),
  }),
  except: optional({
    flag: 'except',
    placeholder: 'WORD',
    isMany: true,
    otherwise: 'none',
    help: 'a rule or a topic that no run can confirm there; may be given several times',
    parse: words('words with commas between, such as throttling,create.answer'),
  }),
};

export const ledgerMain = toMain(
  {
    about:
      'Names the rules whose confirmation is stale: never confirmed, failed since, confirmed with another version of the spec, or longer ago than --max-age.',
    settings: Object.values(settings),
    notes:
      'Exit code: 0 nothing is stale; 1 something is; 2 could not run as asked, there is no ledger, say.',
  },
  ({ read }, _env, { out }) => {
    const { text, stale } = tellStaleRules({
      file: read(settings.file),
      kind: read(settings.kind),
      maxAgeMs: read(settings.maxAgeMs),
      except: read(settings.except) ?? [],
    });
    out(text);
    return stale === 0 ? 0 : 1;
  },
);
