// The last answer of the Invitations API, at the foot of the page, with the rule that a refusal rests on.
import { tokenFor } from './command.ts';
import { button, copyButton } from './controls.ts';
import { fill, h } from './dom.ts';
import { hrefOf } from './route.ts';
import type { CommandAnswer, Session } from './session.ts';
import type { Exchange } from './wire.ts';
import { prettyBody, statusChip, withCode } from './words.ts';

/** Why an exchange was refused: the contract's own sentence. */
export const ruleNote = ({ rule }: Exchange): HTMLElement | null => {
  if (rule === null) return null;
  return h(
    'p',
    { class: 'rule' },
    h('strong', {}, 'Why: '),
    withCode(rule.sentence),
    ' ',
    h('code', {}, rule.id),
    h('span', { class: 'source' }, ` (${rule.source})`),
  );
};

/** After accepting, the API wants a JWT that knows the organization. [accept.new-jwt] */
const memberToken = (session: Session, email: string): HTMLElement => {
  const copy = copyButton('Copy new JWT', `a JWT of ${email} with the organization`, async () => {
    const { authorization } = await tokenFor(session, { email, organization: true });
    return authorization;
  });
  return h('p', {}, `${email} is a member now. `, copy);
};

const describe = (session: Session, answer: CommandAnswer, close: () => void): readonly Node[] => {
  const { as, method, path, status, statusText, body, requestId, memberEmail } = answer;
  const why = h('div', {});
  const showRule = (exchange: Exchange): void => {
    if (exchange.id === requestId) fill(why, ruleNote(exchange));
  };
  session.heard.listen(showRule, session.signal);
  const heard = session.exchanges.get(requestId);
  if (heard !== undefined) showRule(heard);
  const line = h(
    'p',
    { class: 'line' },
    statusChip(status),
    ` ${statusText} `,
    h('code', {}, `${method} ${path}`),
    ` as ${as}`,
  );
  return [
    h(
      'div',
      { class: 'answer-head' },
      line,
      button('×', close, { kind: 'quiet', name: 'Close the answer' }),
    ),
    why,
    ...(memberEmail === null ? [] : [memberToken(session, memberEmail)]),
    h(
      'details',
      {},
      h('summary', {}, body === '' ? 'No body' : 'Body'),
      h('pre', { tabindex: 0, 'aria-label': 'Body of the answer' }, prettyBody(body)),
      h('a', { href: hrefOf(session.name, 'traffic', requestId) }, 'Show it in the traffic'),
    ),
  ];
};

export const answerPanel = (session: Session): HTMLElement => {
  const said = h('div', { role: 'status' });
  const panel = h('section', { class: 'answer', 'aria-label': 'Last answer', hidden: true }, said);
  const close = (): void => {
    panel.hidden = true;
  };
  session.answered.listen((answer) => {
    panel.hidden = false;
    fill(said, describe(session, answer, close));
  }, session.signal);
  return panel;
};
