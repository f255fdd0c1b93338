// /_mock/sandboxes/{name}/snapshots: a sandbox's world, kept to come back to.
import type { Request } from 'express';
import { snapshotLimits, type Snapshot } from '../sandboxes/snapshots.ts';
import { captureWorld, restoreWorld } from '../sandboxes/keep-world.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { SandboxContext, SandboxOperation } from './context.ts';
import { createInput, readFields, text } from './input.ts';
import { presentSandbox } from './present-sandbox.ts';
import { conflict, notFound } from './problem.ts';

const presentSnapshot = ({ id, label, createdAt, image }: Snapshot): object => {
  const invitations = image.history.filter(({ type }) => type === 'InvitationCreated').length;
  return { id, label, created_at: new Date(createdAt).toISOString(), invitations };
};

const find = ({ hosted }: SandboxContext, request: Request): Snapshot | Reply => {
  const id = String(request.params['id']);
  const known = hosted.snapshots.list();
  const names = known.map((snapshot) => snapshot.label || snapshot.id).join(', ');
  return (
    hosted.snapshots.find(id) ??
    notFound(
      `There is no snapshot "${id}" of "${hosted.sandbox.name}"; there ${known.length === 0 ? 'is none' : `are ${names}`}.`,
    )
  );
};

export const listSnapshots: SandboxOperation = ({ hosted }) => {
  const snapshots = hosted.snapshots.list().map(presentSnapshot);
  return replyJson(200, { count: snapshots.length, snapshots });
};

export const createSnapshot: SandboxOperation = async ({ hosted, bodyLimits }, request) => {
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const label = input.read('label', text(0, 100)) ?? '';
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const snapshot = hosted.snapshots.add(label, captureWorld(hosted), Date.now());
  if (snapshot !== undefined) return replyJson(201, presentSnapshot(snapshot));
  return conflict(
    `A sandbox keeps ${snapshotLimits.snapshots} snapshots of ${snapshotLimits.events} events in all; delete one first.`,
  );
};

export const restoreSnapshot: SandboxOperation = async (context, request) => {
  const { hosted, registry } = context;
  const snapshot = find(context, request);
  if (!('image' in snapshot)) return snapshot;
  restoreWorld(hosted, snapshot.image);
  registry.index(hosted);
  return replyJson(200, await presentSandbox(context, request));
};

export const deleteSnapshot: SandboxOperation = (context, request) => {
  const snapshot = find(context, request);
  if (!('image' in snapshot)) return snapshot;
  context.hosted.snapshots.remove(snapshot);
  return replyEmpty(204);
};
