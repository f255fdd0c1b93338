// How a command that asks servers is told the way to them, and what it needs to go there.
import { createAgents, type AgentFor } from '../contracts/reach/agents.ts';
import { explainConnection } from '../contracts/reach/connection-error.ts';
import { readGivenWay } from '../contracts/reach/way.ts';
import type { Read } from '../settings/read.ts';

export type WayThere = {
  readonly headers: Readonly<Record<string, string>>;
  readonly agentFor: AgentFor;
  /** Why a connection came to nothing. */
  readonly explain: (error: unknown) => string;
};

/** Throws a CannotRun. */
export const readWayThere = (read: Read): WayThere => {
  const way = readGivenWay(read);
  return {
    headers: way.headers,
    agentFor: createAgents(way),
    explain: (error) => explainConnection(error, way.cert !== undefined),
  };
};
