// Which answers the contract documents, as cells: operation × status × media type of the request × scheme.
//
// - A scheme is each that the operation's security names, and `none` where the contract answers before it looks at
//   credentials (406) or because there are none (401).
// - The media types of an operation with a body are told apart where the body has been read: in a success, 400, 403, 404
//   and 413. A body that need not be there may also be missing from a success. 415 comes of any other media type. The rest
//   is decided before the body, so one cell stands for every body.
// - An API key always stands within an organization and has no address: a refusal for want of an organization and a
//   successful accept have no cell for it [accept.api-key].
import {
  dereference,
  isJsonObject,
  nodeAt as at,
  readDescription,
  specLocation,
  toMapping,
} from '../../spec/openapi-document.ts';
import { allOperations, operations, type OperationId } from '../operations.ts';

export const schemes = ['API key', 'JWT', 'none'] as const;
export type Scheme = (typeof schemes)[number];

export const noBody = 'no body';
export const anyBody = 'any body';
export const otherBody = 'another media type';

type Operation = {
  readonly id: OperationId;
  readonly mediaTypes: readonly string[];
  readonly mayLackBody: boolean;
};

const keysOf = (value: unknown): readonly string[] =>
  isJsonObject(value) ? Object.keys(value) : [];

const beforeTheBody = new Set(['401', '405', '406', '429']);

const bodiesOf = ({ mediaTypes, mayLackBody }: Operation, status: string): readonly string[] => {
  // Nobody gets a 405 from the operation itself, but from another method of its path.
  if (status === '405') return [anyBody];
  if (mediaTypes.length === 0) return [noBody];
  if (beforeTheBody.has(status)) return [anyBody];
  if (status === '415') return [otherBody];
  return mayLackBody && status.startsWith('2') ? [noBody, ...mediaTypes] : mediaTypes;
};

const schemesOf = (id: OperationId, status: string, wantsScope: boolean): readonly Scheme[] => {
  if (status === '401' || status === '406') return schemes;
  const isForPeople = id === 'invitations_accept_create' && status.startsWith('2');
  return wantsScope || isForPeople ? ['JWT'] : ['API key', 'JWT'];
};

/** In the order of the operations, and of the spec within one. */
export const readDocumented = () => {
  const document = dereference(toMapping(readDescription(specLocation)));
  const noOrganization = at(document, 'components', 'responses', 'NoOrganization');
  return allOperations.flatMap((id) => {
    const { path, method } = operations[id];
    const described = at(document, 'paths', path, method.toLowerCase());
    const operation = {
      id,
      mediaTypes: keysOf(at(described, 'requestBody', 'content')),
      mayLackBody: at(described, 'requestBody', 'required') !== true,
    };
    return keysOf(at(described, 'responses')).map((status) => ({
      operation: id,
      status,
      bodies: bodiesOf(operation, status),
      schemes: schemesOf(id, status, at(described, 'responses', status) === noOrganization),
    }));
  });
};

export type DocumentedAnswer = ReturnType<typeof readDocumented>[number];
