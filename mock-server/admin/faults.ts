// GET, PUT and DELETE /_mock/sandboxes/{name}/faults: what goes wrong on purpose, and how often it did.
import type * as v from 'valibot';
import type { FaultRule as SandboxFaultRule } from '../sandbox/fault-rule.ts';
import type { Faults } from '../sandbox/faults.ts';
import { replyEmpty, replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { Fault, FaultRule, toFaultRule } from './fault.ts';
import { presentFault } from './present-fault.ts';
import { badRequest } from './problem.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { list } from './schema/values.ts';
import { inBody, nothing } from './takes.ts';

const mostFaults = 100;

export const FaultList = named(
  'FaultList',
  'The faults of a sandbox.',
  object({ faults: list(Fault, mostFaults) }),
);

export const askedFaults = list(FaultRule, mostFaults);

const FaultListChange = named(
  'FaultListChange',
  'The faults that a sandbox shall have.',
  object({ faults: askedFaults }),
);

const presentFaults = (faults: Faults): v.InferInput<typeof FaultList> => ({
  faults: faults.list().map(presentFault),
});

type AskedFaults = v.InferOutput<typeof askedFaults>;

/** Those without an id are called by their places, from 1 on. */
export const nameFaults = (asked: AskedFaults): readonly SandboxFaultRule[] => {
  const taken = new Set(asked.map(({ id }) => id));
  return asked.map((fault, place) => {
    if (fault.id !== undefined) return toFaultRule(fault, fault.id);
    let id = String(place + 1);
    while (taken.has(id)) id = `${id}'`;
    taken.add(id);
    return toFaultRule(fault, id);
  });
};

export const findTwice = (asked: AskedFaults): string | undefined => {
  const ids = asked.map(({ id }) => id).filter((id) => id !== undefined);
  return ids.find((id, place) => ids.indexOf(id) !== place);
};

export const listFaults = sandboxEndpoint({
  id: 'faults_list',
  tag: 'faults',
  summary: 'List the faults',
  description: 'With how often each was met.',
  takes: nothing,
  answers: {
    200: { description: 'The faults, in the order in which they are tried.', schema: FaultList },
  },
  handle: ({ hosted }) => replyJson(200, presentFaults(hosted.sandbox.faults)),
});

export const replaceFaults = sandboxEndpoint({
  id: 'faults_replace',
  tag: 'faults',
  summary: 'Replace the faults',
  description:
    'The list takes the place of the one before, and counting begins anew. The first fault whose conditions a request satisfies is the one that it meets.',
  takes: inBody({
    schema: FaultListChange,
    description: 'All faults, in the order in which they are tried.',
    required: true,
    examples: {
      throttleOnce: [
        'The first create is throttled',
        {
          faults: [{ operations: ['invitations_create'], first: 1, status: 429, retry_after: 30 }],
        },
      ],
    },
  }),
  answers: { 200: { description: 'The faults.', schema: FaultList } },
  handle: ({ hosted }, { faults: asked }) => {
    const twice = findTwice(asked);
    if (twice !== undefined) return badRequest(`Two faults have the id "${twice}"; it names one.`);
    const { faults } = hosted.sandbox;
    faults.replace(nameFaults(asked), hosted.plan.seed);
    return replyJson(200, presentFaults(faults));
  },
});

export const clearFaults = sandboxEndpoint({
  id: 'faults_clear',
  tag: 'faults',
  summary: 'Remove all faults',
  takes: nothing,
  answers: { 204: { description: 'There are no faults. There is no body.' } },
  handle: ({ hosted }) => {
    hosted.sandbox.faults.clear();
    return replyEmpty(204);
  },
});
