// Messages for the canary, made from the contract's own examples.

import type { ExchangeRequest, ExchangeRequestBody, ExchangeResponse } from './exchange.ts';
import { isJsonObject } from './openapi-document.ts';
import type { DocumentedResponse, Operation } from './operation.ts';

export const toGoodRequest = (operation: Operation): ExchangeRequest => {
  const { path = [], body } = operation.source.request ?? {};
  const headers = { authorization: 'Bearer canary' };
  const target = path.reduce(
    (template, parameter) =>
      template.replace(
        `{${parameter.name}}`,
        encodeURIComponent(String(toExample(operation.id, parameter))),
      ),
    operation.path,
  );
  const message = { method: operation.method, target, headers };
  const [content] = body?.contents ?? [];
  if (content === undefined) return { ...message, body: { kind: 'none' } };
  const value = toExample(operation.id, content);
  return {
    ...message,
    headers: { ...headers, 'content-type': content.mediaType },
    body: toBody(operation, content.mediaType, value),
  };
};

const toBody = (operation: Operation, mediaType: string, value: unknown): ExchangeRequestBody => {
  if (operation.contents?.get(mediaType)?.formFields === undefined) return { kind: 'json', value };
  const entries = Object.entries(isJsonObject(value) ? value : {});
  return {
    kind: 'form',
    fields: Object.fromEntries(entries.map(([name, field]) => [name, String(field)])),
  };
};

export const toGoodResponse = (
  operation: Operation,
  { status, source }: DocumentedResponse,
): ExchangeResponse => {
  const place = `${operation.id} ${status}`;
  const headers = Object.fromEntries(
    (source.headers ?? []).map((header) => [
      header.name.toLowerCase(),
      String(toExample(`${place} ${header.name}`, header)),
    ]),
  );
  const [content] = source.contents ?? [];
  if (content === undefined) return { status, headers };
  return {
    status,
    headers: { ...headers, 'content-type': content.mediaType },
    body: JSON.stringify(toExample(place, content)),
  };
};

const toExample = (place: string, { examples = [] }: { examples?: readonly object[] }): unknown => {
  const [example] = examples;
  if (example === undefined || !('value' in example)) {
    throw new Error(`spec/openapi.yaml has no example at "${place}"; the canary is made from it.`);
  }
  return example.value;
};

export const toExampleObject = ({ body = '' }: ExchangeResponse): object => {
  const value: unknown = JSON.parse(body);
  return isJsonObject(value) ? value : {};
};
