// Prism's verdict, in our words. The `prism*.ts` files are the only ones that know Prism; fp-ts stops here.

import type { Finding, Severity } from './finding.ts';
import { validateInput, validateOutput, validateSecurity } from './prism-library.ts';
import type { PrismOperation } from './prism-operations.ts';

export type PrismRequestMessage = {
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

export type PrismResponseMessage = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

type Diagnostic = {
  readonly path?: readonly (string | number)[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
};
type Wrong = { readonly _tag: 'Left'; readonly left: readonly Diagnostic[] };
type Validation = { readonly _tag: 'Right' } | Wrong;

const severities: readonly Severity[] = ['error', 'warning', 'information'];

/** Throws where Prism throws: at a media type or a path that it cannot read. */
export const findInRequest = (
  operation: PrismOperation,
  request: PrismRequestMessage,
): readonly Finding[] => {
  const element = {
    // The operation is known already, and none of Prism's validators reads the method.
    method: 'get' as const,
    url: { path: request.path, query: { ...request.query } },
    headers: { ...request.headers },
    body: request.body,
  };
  return [
    ...toFindings('request', validateSecurity({ resource: operation, element })),
    ...toFindings('request', validateInput({ resource: operation, element })),
  ];
};

/** Throws where Prism throws: at a media type that it cannot read. */
export const findInResponse = (
  operation: PrismOperation,
  response: PrismResponseMessage,
): readonly Finding[] => {
  const element = {
    statusCode: response.status,
    headers: { ...response.headers },
    body: response.body,
  };
  return toFindings('response', validateOutput({ resource: operation, element }));
};

const toFindings = (side: 'request' | 'response', verdict: Validation): readonly Finding[] => {
  if (verdict._tag === 'Right') return [];
  return verdict.left.map(({ path, code, message, severity }) => ({
    location: [side, ...(path ?? []).map(String)],
    // Prism counts from 0, error, over warning and information to 3, hint.
    severity: severities[severity] ?? 'information',
    // Without a code it speaks of the response's media type, or of its status, which the caller knows.
    code: String(code ?? 'media-type'),
    message,
  }));
};
