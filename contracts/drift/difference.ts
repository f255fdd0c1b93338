// Where two normal forms part ways, path by path. What only the deployment has besides is told apart: it breaks nothing.
import { hasFailed } from '../failure.ts';
import { isRecord } from '../invitation.ts';
import { anything, type NormalForm } from './normal-form.ts';

export type Difference = {
  /** `status`, `headers.allow`, `body.results.0.role`. */
  readonly path: string;
  /** As text, in normal form. */
  readonly fake: string;
  readonly deployment: string;
};

/** No answer came from the deployment, or one that is none of the contract's. */
export const isFailure = (
  { path, deployment }: Difference,
  isFailed: (status: number) => boolean = hasFailed,
): boolean => path === 'status' && (deployment === 'no answer' || isFailed(Number(deployment)));

export type Comparison = {
  readonly differences: readonly Difference[];
  /** Paths of fields and headers that the fake does not have. */
  readonly additional: readonly string[];
};

const absent = '(absent)';

const show = (value: unknown): string => {
  if (value === undefined) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const none: Comparison = { differences: [], additional: [] };

const join = (parts: readonly Comparison[]): Comparison => ({
  differences: parts.flatMap(({ differences }) => differences),
  additional: parts.flatMap(({ additional }) => additional),
});

/** `strict`: a key that only the deployment has is a difference too. */
const compareValues = (
  fake: unknown,
  deployment: unknown,
  path: string,
  strict: boolean,
): Comparison => {
  if (fake === anything || deployment === anything) return none;
  if (isRecord(fake) && isRecord(deployment)) {
    const shared = Object.keys(fake).map((key) =>
      compareValues(fake[key], deployment[key], `${path}.${key}`, strict),
    );
    const more = Object.keys(deployment).filter((key) => !(key in fake));
    if (!strict)
      return join([...shared, { ...none, additional: more.map((it) => `${path}.${it}`) }]);
    const undue = more.map((key) => ({
      path: `${path}.${key}`,
      fake: absent,
      deployment: show(deployment[key]),
    }));
    return join([...shared, { ...none, differences: undue }]);
  }
  if (Array.isArray(fake) && Array.isArray(deployment) && fake.length === deployment.length) {
    return join(
      fake.map((item, index) => compareValues(item, deployment[index], `${path}.${index}`, strict)),
    );
  }
  const [one, other] = [show(fake), show(deployment)];
  return one === other ? none : { ...none, differences: [{ path, fake: one, deployment: other }] };
};

export const compare = (fake: NormalForm, deployment: NormalForm): Comparison => {
  if (fake.status !== deployment.status) {
    // Bodies of different statuses have nothing to do with each other.
    const [one, other] = [String(fake.status), String(deployment.status)];
    return { ...none, differences: [{ path: 'status', fake: one, deployment: other }] };
  }
  return join([
    compareValues(fake.headers, deployment.headers, 'headers', false),
    // Which fields a refusal complains of is what it says.
    compareValues(fake.body, deployment.body, 'body', fake.status === 400),
  ]);
};
