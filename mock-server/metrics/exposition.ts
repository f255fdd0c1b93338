// Metrics in the text format of Prometheus, version 0.0.4.

export type Labels = Readonly<Record<string, string>>;

/** `suffix` is what a histogram's own series have behind the name: `_bucket`, `_sum`, `_count`. */
export type Sample = {
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
};

export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
};

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

/** Labels are words of ours; what a client sends is in none of them. */
const showLabels = (labels: Labels = {}): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const showFamily = ({ name, help, type, samples }: Family): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(
      ({ suffix = '', labels, value }) => `${name}${suffix}${showLabels(labels)} ${value}`,
    ),
    '',
  ].join('\n');

export const toExposition = (families: readonly Family[]): string =>
  families.map(showFamily).join('');
