// /_mock/sandboxes/{name}/snapshots: a sandbox's world, kept to come back to.
import * as v from 'valibot';
import { snapshotLimits, type Snapshot as KeptSnapshot } from '../sandboxes/snapshots.ts';
import { weigh, weighHistory, weighSnapshot } from '../sandboxes/memory.ts';
import { captureWorld, restoreWorld } from '../sandboxes/keep-world.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import type { SandboxContext } from './context.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { presentSandbox, refreshCounts } from './present-sandbox.ts';
import { conflict, notFound } from './problem.ts';
import { noMemory, tooMuch } from './sandboxes.ts';
import { Sandbox } from './sandbox-schema.ts';
import { named } from './schema/named.ts';
import { object, someOf } from './schema/object.ts';
import { count, maybe, moment, text, told } from './schema/values.ts';
import { inBody, nothing } from './takes.ts';

const SnapshotOptions = named(
  'SnapshotOptions',
  'How to keep the present state.',
  object({ label: maybe('A name for people; empty if absent.', text(0, 100)) }),
);

const Snapshot = named(
  'Snapshot',
  'A state that was kept.',
  object({
    id: text(1, 128),
    label: told('Empty where it was given none.', v.string()),
    created_at: moment,
    invitations: told('How many invitations there were.', count),
  }),
);

const SnapshotList = named(
  'SnapshotList',
  'The snapshots of a sandbox.',
  object({ count, snapshots: v.array(Snapshot) }),
);

const presentSnapshot = ({
  id,
  label,
  createdAt,
  image,
}: KeptSnapshot): v.InferInput<typeof Snapshot> => {
  const invitations = image.history.filter(({ type }) => type === 'InvitationCreated').length;
  return { id, label, created_at: new Date(createdAt).toISOString(), invitations };
};

const find = ({ hosted }: SandboxContext, request: AdminRequest): KeptSnapshot | Reply => {
  const id = String(request.params['id']);
  const known = hosted.snapshots.list();
  const names = known.map((snapshot) => snapshot.label || snapshot.id);
  const there = known.length === 0 ? 'is none' : `are ${someOf(names, 10)}`;
  return (
    hosted.snapshots.find(id) ??
    notFound(`There is no snapshot "${id}" of "${hosted.sandbox.name}"; there ${there}.`)
  );
};

const refusals = { 404: 'There is no such sandbox, or it has no such snapshot.' };

export const listSnapshots = sandboxEndpoint({
  id: 'snapshots_list',
  tag: 'sandboxes',
  summary: 'List the snapshots of a sandbox',
  takes: nothing,
  answers: { 200: { description: 'The snapshots, the oldest first.', schema: SnapshotList } },
  handle: ({ hosted }) => {
    const snapshots = hosted.snapshots.list().map(presentSnapshot);
    return replyJson(200, { count: snapshots.length, snapshots });
  },
});

export const createSnapshot = sandboxEndpoint({
  id: 'snapshots_create',
  tag: 'sandboxes',
  summary: 'Keep the present state',
  description: 'At most 20 are kept for a sandbox, with a million events in all.',
  takes: inBody({
    schema: SnapshotOptions,
    description: 'What the snapshot shall be called; nothing for no label.',
    required: false,
    examples: { labelledSnapshot: ['With a label', { label: 'before inviting' }] },
  }),
  answers: { 201: { description: 'The snapshot.', schema: Snapshot } },
  refusals: { 409: 'The sandbox has as many snapshots as are kept.', ...noMemory },
  handle: ({ hosted, registry }, { label = '' }) => {
    if (!registry.memory.hasRoom(weighSnapshot(hosted))) return tooMuch(registry);
    const snapshot = hosted.snapshots.add(label, captureWorld(hosted), Date.now());
    if (snapshot !== undefined) return replyJson(201, presentSnapshot(snapshot));
    return conflict(
      `A sandbox keeps ${snapshotLimits.snapshots} snapshots of ${snapshotLimits.events} events in all; delete one first.`,
    );
  },
});

export const restoreSnapshot = sandboxEndpoint({
  id: 'snapshots_restore',
  tag: 'sandboxes',
  summary: 'Go back to a snapshot',
  takes: nothing,
  answers: { 200: { description: 'The sandbox, as it was.', schema: Sandbox } },
  refusals: { ...refusals, ...noMemory },
  before: refreshCounts,
  handle: async (context, _, request) => {
    const { hosted, registry } = context;
    const snapshot = find(context, request);
    if (!('image' in snapshot)) return snapshot;
    const more = weighHistory(snapshot.image.history);
    const restore = (): Promise<void> => restoreWorld(hosted, snapshot.image);
    const restored = registry.memory.within(more, weigh(hosted), restore);
    if (restored === undefined) return tooMuch(registry);
    await restored;
    registry.index(hosted);
    registry.memory.changed();
    return replyJson(200, await presentSandbox(context, request));
  },
});

export const deleteSnapshot = sandboxEndpoint({
  id: 'snapshots_destroy',
  tag: 'sandboxes',
  summary: 'Forget a snapshot',
  takes: nothing,
  answers: { 204: { description: 'The snapshot is gone. There is no body.' } },
  refusals,
  handle: (context, _, request) => {
    const snapshot = find(context, request);
    if (!('image' in snapshot)) return snapshot;
    context.hosted.snapshots.remove(snapshot);
    return replyEmpty(204);
  },
});
