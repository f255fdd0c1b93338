// Snapshots of a sandbox: a place to come back to.
import { api, bodyOf } from '../api.ts';
import { confirmed, emptyState } from '../controls.ts';
import { h } from '../dom.ts';
import { field, form } from '../forms.ts';
import { announce } from '../notices.ts';
import type { Session } from '../session.ts';
import type { Snapshot } from '../wire.ts';
import { plural, time, timeText } from '../words.ts';
import { pagedList } from './paged-list.ts';

const snapshotRow = (
  session: Session,
  { id, label, created_at: at, invitations }: Snapshot,
): HTMLElement => {
  const params = { path: { ...session.path, id } };
  const content = plural(invitations, 'invitation');
  const title = label === '' ? `${timeText(at)}, ${content}` : label;
  return h(
    'li',
    { class: 'row' },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, title),
      label === '' ? null : h('p', { class: 'muted' }, time(at), ` · ${content}`),
    ),
    h(
      'div',
      { class: 'actions' },
      confirmed('Restore', {
        name: `Restore ${title}`,
        question: 'Go back to it? What happened since is lost.',
        yes: 'Yes, restore',
        act: async () => {
          await session.after(api.POST('/sandboxes/{name}/snapshots/{id}/restore', { params }));
          announce(`Restored: ${title}.`);
        },
      }),
      confirmed('Delete', {
        name: `Delete ${title}`,
        question: 'Delete this snapshot?',
        yes: 'Yes, delete',
        act: async () => {
          await session.after(api.DELETE('/sandboxes/{name}/snapshots/{id}', { params }));
          announce(`Deleted: ${title}.`);
        },
      }),
    ),
  );
};

const lesson = (): HTMLElement =>
  emptyState(
    'No snapshot yet',
    h(
      'p',
      {},
      'Arrange the sandbox as a test needs it, take a snapshot, and come back to it as often as you like.',
    ),
  );

export const snapshotPanel = (session: Session, signal: AbortSignal): HTMLElement => {
  const params = { path: session.path };
  const label = h('input', { placeholder: 'before the bounce', autocomplete: 'off' });
  const { elements } = pagedList<Snapshot>(
    { session, signal },
    {
      label: 'Snapshots',
      keyOf: ({ id }) => id,
      render: (snapshot) => snapshotRow(session, snapshot),
      read: async () => {
        const { snapshots } = await bodyOf(api.GET('/sandboxes/{name}/snapshots', { params }));
        return { items: snapshots };
      },
      nothing: lesson,
    },
  );
  const submit = async (): Promise<void> => {
    const text = label.value.trim();
    const body = text === '' ? {} : { label: text };
    await session.after(api.POST('/sandboxes/{name}/snapshots', { params, body }));
    label.value = '';
    announce('The snapshot is taken.');
  };
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Snapshots'),
    form(
      { submit, label: 'Take a snapshot', name: 'Take a snapshot', look: 'inline' },
      field('Label', label, 'may be left empty'),
    ),
    elements,
  );
};
