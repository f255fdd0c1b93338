// The three media types of a request body, as the many kinds of clients write them.
import { encode, form, json, mediaTypes, multipart, raw, type Body, type Fields } from '../body.ts';
import { expectInvitation } from '../expect.ts';
import { ruleOfTaking } from '../catalog.ts';
import { operations, writingOperations } from '../operations.ts';
import { roles, type Caller } from '../settings.ts';
import { contract } from '../engine/contract.ts';

type Writing = (typeof writingOperations)[number];

const withType = (body: Body, contentType: string): Body => raw(body.text, contentType);

const escaped = (fields: Fields): string =>
  JSON.stringify(fields).replaceAll('@', '\\u0040').replace('VIEWER', '\\u0056IEWER');

const parts = (fields: Fields, headersOf: (name: string) => string): Body => {
  const boundary = '----FormBoundary7MA4YWxkTrZu0gW';
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\n${headersOf(name)}\r\n\r\n${value}\r\n`,
  );
  const text = `${texts.join('')}--${boundary}--\r\n`;
  return raw(text, `multipart/form-data; boundary=${boundary}`);
};

const pairs = (fields: Fields, write: (value: string) => string): Body => {
  const texts = Object.entries(fields).map(([name, value]) => `${name}=${write(value)}`);
  return raw(texts.join('&'), 'application/x-www-form-urlencoded');
};

/** As clients write them in the wild, each in keeping with its media type's standard. */
const writings = {
  'application/json': {
    'with a charset': (fields: Fields) => withType(json(fields), 'application/json; charset=utf-8'),
    'with line breaks': (fields: Fields) =>
      raw(`\n${JSON.stringify(fields, null, 2)}\n`, 'application/json'),
    'with escapes': (fields: Fields) => raw(escaped(fields), 'application/json'),
  },
  'application/x-www-form-urlencoded': {
    'with a charset': (fields: Fields) =>
      withType(form(fields), 'application/x-www-form-urlencoded; charset=UTF-8'),
    'with every character escaped': (fields: Fields) =>
      pairs(fields, (value) => Buffer.from(value).toString('hex').replace(/../g, '%$&')),
    'with no more escaped than has to be': (fields: Fields) => pairs(fields, (value) => value),
  },
  'multipart/form-data': {
    'as browsers do': (fields: Fields) =>
      parts(fields, (name) => `Content-Disposition: form-data; name="${name}"`),
    'with a quoted boundary': (fields: Fields) => {
      const { text, contentType } = multipart(fields);
      return raw(text, contentType.replace(/boundary=(.*)$/, 'boundary="$1"'));
    },
    'with a type for each part': (fields: Fields) =>
      parts(
        fields,
        (name) =>
          `Content-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=UTF-8`,
      ),
  },
} as const;

export const checks = contract('media-types', (kit) => {
  const { address, createInvitation, retrieve, rule, send } = kit;

  /** Sends the fields, written as `write` does, and expects them in the answer and in the next read. */
  const expectTaken = async (
    operation: Writing,
    write: (fields: Fields) => Body,
    { as = 'OWNER', ...wish }: { as?: Caller; email?: string; role?: string } = {},
  ): Promise<void> => {
    const fields = { email: wish.email ?? address(as), role: wish.role ?? 'VIEWER' };
    const isCreate = operation === 'invitations_create';
    const old = isCreate ? undefined : (await createInvitation({ as })).id;
    const asking = { as, body: write(fields), ...(old === undefined ? {} : { id: old }) };
    const answer = await send(operation, asking);
    const { id } = expectInvitation(answer, isCreate ? 201 : 200, fields);
    await retrieve(id, fields, as);
  };

  for (const operation of writingOperations) {
    const { method } = operations[operation];
    for (const mediaType of mediaTypes) {
      const id = ruleOfTaking[mediaType];
      const write = (fields: Fields): Body => encode(mediaType, fields);
      for (const as of ['JWT', 'API_KEY'] as const) {
        rule(id, `${method} by ${as}`, { needs: [as], operation }, async () => {
          await expectTaken(operation, write, { as });
        });
      }
      rule(id, `${method} of every role`, { operation }, async () => {
        for (const role of roles) await expectTaken(operation, write, { role });
      });
      rule(id, `${method} of an address with a plus sign`, { operation }, async () => {
        await expectTaken(operation, write, { email: address().replace('@', '+tag@') });
      });
      rule(id, `${method} with the fields the other way round`, { operation }, async () => {
        const turned = (fields: Fields): Body =>
          encode(mediaType, Object.fromEntries(Object.entries(fields).reverse()));
        await expectTaken(operation, turned);
      });
    }
  }

  for (const operation of writingOperations) {
    const { method } = operations[operation];
    for (const mediaType of mediaTypes) {
      for (const [title, write] of Object.entries(writings[mediaType])) {
        rule(ruleOfTaking[mediaType], `${method} ${title}`, { operation }, async () => {
          await expectTaken(operation, write);
        });
      }
    }
  }
});
