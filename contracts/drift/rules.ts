// Which rule a difference is about: of a status, the one that the fake's traffic tells; of a success, the one by which
// the model has something against the deployment's answer, or that a finding at the same place would be about. And what makes two
// differences the same one, so that one cause is told once and not for every request that shows it.
import { answerRule, ruleOfFinding } from '../../spec/rule-of-finding.ts';
import { isRuleId, type RuleId } from '../../spec/vocabulary.ts';
import { isFailure, type Difference, type StepPair } from './difference.ts';
import { operations } from '../operations.ts';
import { fieldsOf, isList, keySlotOf, methodOf } from '../sequences/step.ts';

/** Of what others have in it; of our own the model speaks. */
const ofList = ({ path, fake, deployment }: Difference): RuleId | undefined => {
  const filter = /^body\.results\.filtered\.(.*)/.exec(path)?.[1];
  const rule = filter === 'type' ? 'users.type' : `list.filter-by-${filter ?? ''}`;
  if (isRuleId(rule)) return rule;
  if (path === 'body.results.begins') return 'list.oldest-first';
  if (!/^body\.(next|previous)$/.test(path) || fake === 'null' || deployment === 'null') {
    return undefined;
  }
  const isAbsolute = (address: string): boolean => address.startsWith('<base>');
  if (isAbsolute(fake) !== isAbsolute(deployment)) return 'pages.links-absolute';
  const withoutPage = (address: string): string =>
    address.replace(/page=\d+&?/, '').replace(/[?&]$/, '');
  return withoutPage(fake) === withoutPage(deployment) ? undefined : 'pages.links-keep-filters';
};

const ofAccount = (
  { asking }: StepPair,
  { path, fake, deployment }: Difference,
): RuleId | undefined => {
  const field = path.split('.').at(-1) ?? '';
  if (keySlotOf(asking.as) !== undefined && /^(?:id|url)$/.test(field))
    return 'serviceaccounts.key';
  if (field === 'id') {
    return [fake, deployment].every((id) => id.startsWith('<user:'))
      ? 'serviceaccounts.same-id'
      : 'users.id';
  }
  if (field === 'type') return 'users.type';
  if (field === 'role' && fieldsOf(asking)['role'] === undefined) return 'serviceaccounts.role';
  return /_at$/.test(field) ? 'linked.times' : undefined;
};

/** What the model has against that place, or against the list as a whole. */
const ofModel = ({ wrong }: StepPair, { path }: Difference): RuleId | undefined => {
  const field = path.split('.').at(-1);
  const isWhole = /^body\.(?:count|results)$/.test(path);
  return wrong.find((one) => one.field === (isWhole ? undefined : field))?.rule;
};

const ofValue = (pair: StepPair, difference: Difference): RuleId | undefined => {
  const { path, fake, deployment } = difference;
  if (isList(pair.asking)) return ofList(difference) ?? ofModel(pair, difference);
  if (deployment === '(absent)') return undefined;
  if (/^(?:users|serviceaccounts)_/.test(pair.asking.operation)) return ofAccount(pair, difference);
  const isDetail = path === 'body.state_detail' && fake === '<text>';
  return isDetail ? 'lifecycle.bounce-reason' : ofModel(pair, difference);
};

export const ruleOf = (pair: StepPair, difference: Difference): RuleId | undefined => {
  const { asking, fake, forms } = pair;
  const status = typeof forms.fake.status === 'number' ? forms.fake.status : 0;
  const { operation } = asking;
  const [part = '', ...names] = difference.path.split('.');
  if (part === 'status') {
    if (isFailure(difference) && methodOf(asking) === operations[operation].method)
      return answerRule(operation);
    const isBare = operation === 'invitations_partial_update' && asking.content === undefined;
    if (isBare && status < 400) return 'partial-update.body-optional';
    return pair.rule ?? pair.due ?? (status < 400 ? answerRule(operation) : undefined);
  }
  const own = part === 'body' && status < 400 ? ofValue(pair, difference) : undefined;
  if (own !== undefined) return own;
  const isLacking = difference.deployment === '(absent)';
  const location = ['response', part === 'headers' ? 'header' : 'body', ...names];
  const finding = {
    ...{ location: isLacking && part === 'body' ? location.slice(0, -1) : location },
    ...{ severity: 'error' as const, code: isLacking ? 'required' : 'type' },
    message: isLacking ? `must have required property '${names.at(-1) ?? ''}'` : '',
  };
  return ruleOfFinding(finding, { operation, status, text: fake.reply?.text ?? '' });
};

/** `body.results.0.role` → `body.results.*.role`. */
export const withoutNumbers = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '.*');

/** What fails at two operations fails at more of its method for the same cause. */
const mostAlike = 2;

/** Of the signatures of what was found, the one that this is told with. */
export const toldWith = (found: readonly string[], signature: string): string | undefined => {
  if (found.includes(signature)) return signature;
  const [method = ''] = signature.split(' at ');
  const alike = found.filter((one) => method.endsWith(' fails') && one.startsWith(`${method} at `));
  return alike.length < mostAlike ? undefined : alike[0];
};

export const signatureOf = (pair: StepPair, difference: Difference): string => {
  const { operation } = pair.asking;
  const { fake, deployment } = difference;
  const path = withoutNumbers(difference.path);
  const method = methodOf(pair.asking);
  if (isFailure(difference)) return `${method} fails at ${operation}`;
  // What is sent elsewhere is so whichever operation of its method it is.
  if (path === 'status' && /^30[2378]$/.test(deployment)) return `${method} ${deployment}`;
  const rule = ruleOf(pair, difference);
  if (rule === undefined || path === 'status') {
    // One cause has a success refused, whatever the sequence was to show.
    return [pair.rule ?? '', operation, path, fake, deployment].join(' ');
  }
  // What was done before is why the model expects what is read.
  const isRead = /^invitations_(?:list|retrieve)$/.test(operation) && pair.step.kind !== 'settle';
  if (isRead && path.startsWith('body.') && !/^(list|pages)\./.test(rule)) return `read ${path}`;
  // A list shows a filter that does not work in its count, its items and their values.
  return /^(list|pages)\./.test(rule) ? rule : `${rule} ${path}`;
};
