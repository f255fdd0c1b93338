// What goes wrong on purpose: presets, those that are set, and all of them as JSON.
import { api, bodyOf, pathOf, putText } from '../api.ts';
import { button, confirmed, emptyState } from '../controls.ts';
import { h } from '../dom.ts';
import { form } from '../forms.ts';
import { announce, sentenceOf } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Fault, FaultRule } from '../wire.ts';
import { faultForm } from './fault-form.ts';
import { asAsked, faultText, presets } from './fault-words.ts';
import { pagedList } from './paged-list.ts';

const checkJson = (text: string): void => {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(`This is no JSON: ${sentenceOf(error)}.`, { cause: error });
  }
};

type Editor = {
  readonly element: HTMLElement;
  readonly show: (faults: readonly Fault[]) => void;
};

const editor = (session: Session): Editor => {
  const area = h('textarea', {
    rows: 14,
    spellcheck: 'false',
    'aria-label': 'Faults as JSON',
    class: 'code',
  });
  // What somebody is typing is not overwritten by what comes from the server.
  let isTouched = false;
  area.addEventListener('input', () => {
    isTouched = true;
  });
  const submit = async (): Promise<void> => {
    checkJson(area.value);
    await putText(pathOf(session.name, 'faults'), `{"faults":${area.value}}`);
    isTouched = false;
    await session.refresh();
    announce('The faults are set.');
  };
  const hint =
    'Which requests: operations, methods, roles. How often: first, every or probability. What happens: latency or drip, with or without one of status, connection, body.';
  return {
    element: h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'All of them as JSON'),
      h('p', { class: 'hint' }, hint),
      form({ submit, label: 'Set these faults', name: 'Faults as JSON' }, area),
    ),
    show: (faults) => {
      if (!isTouched) area.value = JSON.stringify(faults.map(asAsked), null, 2);
    },
  };
};

const faultRow = (fault: Fault, remove: (fault: Fault) => Promise<void>): HTMLElement => {
  const { id, seen, hit } = fault;
  const text = faultText(fault);
  return h(
    'li',
    { class: 'row' },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, text),
      h('p', { class: 'muted' }, 'Name ', h('code', {}, id), ` · concerned ${seen}, hit ${hit}`),
    ),
    h(
      'div',
      { class: 'actions' },
      button('Remove', () => remove(fault), { name: `Remove the fault ${text}` }),
    ),
  );
};

const lesson = (): HTMLElement =>
  emptyState(
    'Nothing goes wrong',
    h(
      'p',
      {},
      'Press one of the presets, then let your client meet it. What it met is in the traffic, with the fault that it was.',
    ),
  );

const clearButton = (session: Session): HTMLElement =>
  confirmed('Remove all', {
    name: 'Remove all faults',
    question: 'Remove all faults?',
    yes: 'Yes, remove',
    kind: 'quiet',
    act: async () => {
      const { path } = session;
      await session.after(api.DELETE('/sandboxes/{name}/faults', { params: { path } }));
      announce('Nothing goes wrong any more.');
    },
  });

/** Each with what it makes. */
const presetList = (add: (fault: FaultRule) => Promise<void>): HTMLElement => {
  const rows = presets.map(({ label, fault }) => {
    const set = button(label, () => add(fault));
    return h('li', {}, set, h('span', { class: 'hint' }, faultText(fault)));
  });
  return h('ul', { class: 'presets' }, rows);
};

const spared = (): HTMLElement =>
  h('p', { class: 'hint' }, 'For the client under test: what is done in this console meets none.');

export const faults: View = ({ session, signal }) => {
  const { path } = session;
  const json = editor(session);
  let current: readonly Fault[] = [];
  const clear = clearButton(session);
  const put = (faults: FaultRule[]): Promise<unknown> =>
    session.after(api.PUT('/sandboxes/{name}/faults', { params: { path }, body: { faults } }));
  const { elements } = pagedList<Fault>(
    { session, signal },
    {
      label: 'Faults that are set',
      keyOf: ({ id }) => id,
      render: (fault) =>
        faultRow(fault, async ({ id }) => {
          await put(current.filter((one) => one.id !== id).map(asAsked));
          announce('The fault is removed.');
        }),
      read: async () => {
        const { faults } = await bodyOf(api.GET('/sandboxes/{name}/faults', { params: { path } }));
        return { items: faults };
      },
      shown: (faults) => {
        current = faults;
        clear.hidden = faults.length === 0;
        json.show(faults);
      },
      nothing: lesson,
    },
  );
  const add = async (fault: FaultRule): Promise<void> => {
    await put([...current.map(asAsked), fault]);
    announce(`Set: ${faultText(fault)}.`);
  };
  const now = [h('div', { class: 'bar' }, h('h2', {}, 'Set now'), clear), spared(), elements];
  return h(
    'div',
    { class: 'split even' },
    h(
      'div',
      {},
      h('section', {}, now),
      h('section', { class: 'panel' }, h('h2', {}, 'Presets'), presetList(add)),
    ),
    h('div', {}, faultForm(add), json.element),
  );
};
