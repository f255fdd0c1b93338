// The text of --help, made from the settings themselves.
import { variableOf } from './config.ts';
import { settings, switches } from './settings.ts';

type Line = { readonly left: string; readonly right: string };

const defaultText = (fallback: unknown): string =>
  typeof fallback === 'string' || typeof fallback === 'number' ? ` [${fallback}]` : '';

export const helpText = (program: string): string => {
  const lines: Line[] = Object.values(settings).map(
    ({ flag, placeholder, help, fallback, ...rest }) => ({
      left: `${'short' in rest ? `-${rest.short}, ` : ''}--${flag} ${placeholder}`,
      right: help + defaultText(fallback),
    }),
  );
  for (const { flag, help } of Object.values(switches))
    lines.push({ left: `--${flag}`, right: help });
  lines.push(
    { left: '-h, --help', right: 'This text.' },
    { left: '-v, --version', right: 'The version.' },
  );
  const width = Math.max(...lines.map(({ left }) => left.length));
  return [
    'A stateful fake of the Invitations API.',
    '',
    `Usage: ${program} [flags]`,
    '',
    ...lines.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`),
    '',
    `Each flag has a variable, such as ${variableOf('page-size')} for --page-size; a flag counts more.`,
    'Exit codes: 0 stopped as asked, 2 could not run as asked.',
    '',
  ].join('\n');
};
