// How a command that asks deployments is told the way to them: headers, certificates.
import { createAgents, type AgentFor } from '../contracts/reach/agents.ts';
import { explainConnection } from '../contracts/reach/connection-error.ts';
import { readWay, splitHeaders } from '../contracts/reach/way.ts';
import type { Line } from '../settings/command-line.ts';
import { settingsOf } from '../settings/setting.ts';
import { someText } from '../settings/values.ts';

const { optional } = settingsOf('CONTRACT');

const pem = someText('a file name');

export const waySettings = {
  header: optional({
    flag: 'header',
    placeholder: "'NAME: VALUE'",
    isMany: true,
    isSecret: true,
    otherwise: 'none',
    help: 'sent with every request, as a gateway wants it; shown nowhere; may be given several times',
    parse: someText("a name and a value, such as 'X-Team: qa'"),
  }),
  ca: optional({
    flag: 'ca',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'PEM of an authority that is trusted besides those of this machine',
    parse: pem,
  }),
  cert: optional({
    flag: 'cert',
    placeholder: 'FILE',
    otherwise: 'none',
    help: 'PEM of the certificate to show to a server that demands one',
    parse: pem,
  }),
  key: optional({
    flag: 'key',
    placeholder: 'FILE',
    otherwise: 'none',
    help: "PEM of that certificate's key",
    parse: pem,
  }),
} as const;

export type WayThere = {
  readonly headers: Readonly<Record<string, string>>;
  readonly agentFor: AgentFor;
  /** Why a connection came to nothing. */
  readonly explain: (error: unknown) => string;
};

/** Throws a CannotRun. */
export const readWayThere = (read: Extract<Line, { kind: 'run' }>['read']): WayThere => {
  const way = readWay({
    headers: splitHeaders(read(waySettings.header) ?? ''),
    ca: read(waySettings.ca) ?? undefined,
    cert: read(waySettings.cert) ?? undefined,
    key: read(waySettings.key) ?? undefined,
  });
  return {
    headers: way.headers,
    agentFor: createAgents(way),
    explain: (error) => explainConnection(error, way.cert !== undefined),
  };
};
