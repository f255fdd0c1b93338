// The parts of a sandbox as a program steers them: each a few functions over the testers' API.
import type {
  Clock,
  Delivery,
  DeliveryChange,
  DeliveryOutcome,
  Exchange,
  Fault,
  FaultRule,
  Message,
  MessageFilter,
  MessageSummary,
  SandboxInvitation,
  TrafficFilter,
} from './schemas.ts';
import { AdminError } from './admin-error.ts';
import { dataOf, type Wire } from './wire.ts';

type Place = { readonly wire: Wire; readonly name: string };

const toTime = (time: Date | string): string =>
  typeof time === 'string' ? time : time.toISOString();

export type SandboxClock = {
  readonly read: () => Promise<Clock>;
  /** Stops it: at `time`, or where it is. */
  readonly freeze: (time?: Date | string) => Promise<Clock>;
  /** Lets it go on from what it shows. */
  readonly release: () => Promise<Clock>;
  readonly set: (time: Date | string) => Promise<Clock>;
  /** By an ISO 8601 duration: `PT90S`, `P30D`, `-PT1H`. */
  readonly advance: (duration: string) => Promise<Clock>;
  /** Back to real time. */
  readonly toPresent: () => Promise<Clock>;
};

export const clockOf = ({ wire, name }: Place): SandboxClock => {
  const params = { path: { name } };
  const patch = (body: {
    now?: string | null;
    advance?: string;
    frozen?: boolean;
  }): Promise<Clock> => dataOf(wire.PATCH('/sandboxes/{name}/clock', { params, body }));
  return {
    read: () => dataOf(wire.GET('/sandboxes/{name}/clock', { params })),
    freeze: (time) => patch({ frozen: true, ...(time === undefined ? {} : { now: toTime(time) }) }),
    release: () => patch({ frozen: false }),
    set: (time) => patch({ now: toTime(time) }),
    advance: (duration) => patch({ advance: duration }),
    toPresent: () => patch({ now: null, frozen: false }),
  };
};

export type SandboxDelivery = {
  readonly read: () => Promise<Delivery>;
  /** What is left out stays as it is. */
  readonly change: (change: DeliveryChange) => Promise<Delivery>;
  /** Decides what became of the message of a pending invitation. */
  readonly deliver: (invitation: string, outcome: DeliveryOutcome) => Promise<SandboxInvitation>;
};

export const deliveryOf = ({ wire, name }: Place): SandboxDelivery => {
  const params = { path: { name } };
  return {
    read: () => dataOf(wire.GET('/sandboxes/{name}/delivery', { params })),
    change: (body) => dataOf(wire.PATCH('/sandboxes/{name}/delivery', { params, body })),
    deliver: (invitation, body) =>
      dataOf(
        wire.POST('/sandboxes/{name}/deliveries/{invitation}', {
          params: { path: { name, invitation } },
          body,
        }),
      ),
  };
};

export type SandboxMessages = {
  /** The newest first, without their texts. */
  readonly list: (filter?: MessageFilter) => Promise<readonly MessageSummary[]>;
  /**
   * The newest message that matches, with its texts, as soon as there is one. Rejects when there is none after `wait`
   * seconds of real time (10 if absent).
   */
  readonly waitFor: (filter?: MessageFilter) => Promise<Message>;
  readonly read: (id: string) => Promise<Message>;
  readonly clear: () => Promise<void>;
};

export const messagesOf = ({ wire, name }: Place): SandboxMessages => {
  const path = { name };
  const list = async (query: MessageFilter = {}): Promise<readonly MessageSummary[]> => {
    const answer = wire.GET('/sandboxes/{name}/messages', { params: { path, query } });
    return (await dataOf(answer)).messages;
  };
  const read = (id: string): Promise<Message> =>
    dataOf(wire.GET('/sandboxes/{name}/messages/{id}', { params: { path: { name, id } } }));
  return {
    list,
    read,
    waitFor: async (filter = {}) => {
      const query = { wait: 10, ...filter };
      const [newest] = await list(query);
      if (newest !== undefined) return read(newest.id);
      throw new AdminError(
        `No message of the sandbox "${name}" matched ${JSON.stringify(filter)} within ${query.wait} seconds.`,
        { status: null, request: `GET /_mock/sandboxes/${name}/messages` },
      );
    },
    clear: async () => {
      await wire.DELETE('/sandboxes/{name}/messages', { params: { path } });
    },
  };
};

export type SandboxFaults = {
  readonly list: () => Promise<readonly Fault[]>;
  /** These take the place of those before; counting begins anew. */
  readonly replace: (faults: readonly FaultRule[]) => Promise<readonly Fault[]>;
  readonly clear: () => Promise<void>;
};

export const faultsOf = ({ wire, name }: Place): SandboxFaults => {
  const params = { path: { name } };
  return {
    list: async () => (await dataOf(wire.GET('/sandboxes/{name}/faults', { params }))).faults,
    replace: async (faults) => {
      const body = { faults: [...faults] };
      return (await dataOf(wire.PUT('/sandboxes/{name}/faults', { params, body }))).faults;
    },
    clear: async () => {
      await wire.DELETE('/sandboxes/{name}/faults', { params });
    },
  };
};

export type SandboxTraffic = {
  /** The newest first. */
  readonly list: (filter?: TrafficFilter) => Promise<readonly Exchange[]>;
  readonly clear: () => Promise<void>;
};

export const trafficOf = ({ wire, name }: Place): SandboxTraffic => {
  const path = { name };
  return {
    list: async (query = {}) => {
      const answer = wire.GET('/sandboxes/{name}/traffic', { params: { path, query } });
      return (await dataOf(answer)).exchanges;
    },
    clear: async () => {
      await wire.DELETE('/sandboxes/{name}/traffic', { params: { path } });
    },
  };
};
