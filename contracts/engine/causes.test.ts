// Many failures, few causes: the fewest that explain them all, violations first.
import { describe, expect, test } from '@jest/globals';
import { aCheck, anExchange } from '../report/results.suite.ts';
import { causesOf } from './causes.ts';
import type { CheckEnded, Exchange, Fault, RuledFinding } from './events.ts';

type Failed = Omit<CheckEnded, 'kind'>;

const finding = (rule: string, message: string, part = 'body'): RuledFinding => ({
  rule,
  message,
  location: ['response', part],
  severity: 'error',
  code: 'required',
});

let number = 0;

const exchange = (values: Partial<Exchange>): Exchange => {
  number += 1;
  return anExchange({ ...values, number });
};

const failed = (
  rule: string,
  message: string,
  shown: Exchange | undefined,
  documented = true,
): Failed => {
  const fault: Fault = { rule, message, exchange: shown, finding: undefined };
  const verdict = documented ? 'violation' : 'divergence';
  return aCheck({
    rule,
    documented,
    verdict,
    message,
    title: `${rule} ${number}`,
    faults: [fault],
  });
};

const create200 = (): Exchange =>
  exchange({
    method: 'POST',
    path: '/api/v1/invitations/',
    operation: 'invitations_create',
    status: 200,
  });

describe('causesOf', () => {
  test('one status that is wrong is one cause, whatever rules it fails', () => {
    const rules = ['create.answer', 'create.inviter', 'roles.order'];
    const causes = causesOf(
      rules.map((rule) => failed(rule, 'expected 201, but got 200 {"id":"x"}', create200())),
    );
    expect(causes).toMatchObject([
      {
        sentence: 'invitations_create answers 200 where 201 is due',
        verdict: 'violation',
        rules,
        exchanges: 3,
      },
    ]);
  });

  test('what a body lacks explains that it cannot be read, even where that is assumed', () => {
    const lacks = (part: string) =>
      finding('pages.every-field', "Response body must have required property 'count'", part);
    const list = (part: string) =>
      exchange({ operation: 'invitations_list', status: 200, findings: [lacks(part)] });
    const message = 'expected 200 and a PaginatedInvitationList, but got 200 {}';
    expect(causesOf([failed('list.answer', message, list('body'))])[0]?.sentence).toBe(
      'invitations_list 200: "count" is missing',
    );
    expect(causesOf([failed('list.answer', message, list('header'))])[0]?.sentence).toBe(
      'invitations_list 200: expected 200 and a PaginatedInvitationList, but got 200',
    );
  });

  test('what is waited for in vain is one cause, whichever invitation, for whatever rule', () => {
    const inVain = (id: string): string =>
      `This did not come within 10000 ms (CONTRACT_TIMEOUT): invitation ${id}-1111-4111-8111-111111111111 is sent. Last seen: {"state":"pending"}`;
    const read = exchange({ operation: 'invitations_retrieve', status: 200 });
    const causes = causesOf([
      failed('lifecycle.becomes-sent', inVain('aaaaaaaa'), read),
      failed('resend.answer', inVain('bbbbbbbb'), undefined),
      failed('schema.id', inVain('cccccccc'), undefined),
    ]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.sentence).toBe(
      'This did not come within 10000 ms (CONTRACT_TIMEOUT): invitation {id} is sent',
    );
  });

  test('a failure without an exchange at hand joins the cause that its words show', () => {
    const causes = causesOf([
      failed('create.answer', 'expected 201, but got 200', create200()),
      failed(
        'schema.id',
        'POST /api/v1/invitations/ as OWNER: expected 201, but got 200',
        undefined,
      ),
      failed(
        'create.role',
        "Step 1 of 1 breaks it\n  curl -i -X POST 'http://a/api/v1/invitations/' -H 'x: y'\n  → 200 {}",
        undefined,
      ),
    ]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.checks).toHaveLength(3);
  });

  const answering = (method: string, path: string, status: number): Exchange =>
    exchange({ method, path, operation: undefined, status, text: '' });
  const item = '/api/v1/invitations/6a1e54f7-6f74-4413-ba0e-2b36cd38b568/';

  test('a method that fails wherever it is used is one cause, in stories too', () => {
    const paths = ['/api/v1/invitations/', item, `${item}resend/`];
    const story = `Step 1\n  curl -i -X DELETE 'http://a/api/v1/users/x/'\n  → 500 {}`;
    const causes = causesOf([
      ...paths.map((path) => {
        const due = path === item ? '204' : '405';
        return failed(
          'destroy.answer',
          `expected ${due}, but got 500 {}`,
          answering('DELETE', path, 500),
        );
      }),
      failed('destroy.gone', story, undefined),
    ]);
    expect(causes.map(({ sentence }) => sentence)).toEqual([
      'DELETE is answered with 500, whatever the path',
    ]);
  });

  const told = (checks: readonly ReturnType<typeof failed>[]) =>
    causesOf(checks).map(({ sentence }) => sentence);
  const refused = (method: string, path: string, due: number, got: number) =>
    failed('errors.x', `expected ${due}, but got ${got} {}`, answering(method, path, got));
  const all = '/api/v1/invitations/';

  test('what an operation always answers is told by what is due most often, whichever failed first', () => {
    const lists = [406, 200, 200].map((due) => refused('GET', all, due, 400));
    expect(told(lists)).toEqual(['invitations_list answers 400 where 200 is due']);
  });

  test('a rule that several operations break alike is one cause, and another status beside it another', () => {
    const [patch, put] = ['PATCH', 'PUT'].map((method) => refused(method, item, 400, 422));
    const alike = [patch, put, refused('POST', all, 400, 422)].filter((one) => one !== undefined);
    const one = 'errors.x: 422 where 400 is due, at several operations';
    expect(told(alike)).toEqual([one]);
    expect(told(alike.slice(1))).toHaveLength(2);
    const other = 'invitations_destroy answers 409 where 400 is due';
    expect(told([...alike, refused('DELETE', item, 400, 409)])).toEqual([one, other]);
  });

  test('so is a path that does, and what was made and is found nowhere', () => {
    const path = `${item}accept/`;
    const asked = (status: number, ...paths: readonly string[]) =>
      told(
        paths.map((one, index) => refused(['GET', 'PUT', 'POST'][index] ?? '', one, 200, status)),
      );
    expect(asked(500, path, path, path)).toEqual([
      '/api/v1/invitations/{id}/accept/ is answered with 500, whatever the method',
    ]);
    expect(asked(404, item, item, path)).toEqual(['What was made is not found afterwards: 404']);
    expect(asked(500, item, item)).toHaveLength(2);
  });

  test('a 404 where a refusal is due is no loss of what was made', () => {
    const paths = ['', 'resend/', 'accept/'].map((tail) => `${item}${tail}`);
    const causes = causesOf([
      ...paths.map((path) =>
        failed('roles.order', 'expected 403, but got 404', answering('POST', path, 404)),
      ),
      failed('retrieve.answer', 'expected 200, but got 404', answering('GET', item, 404)),
    ]);
    expect(causes.map(({ sentence }) => sentence)).not.toContain(
      'What was made is not found afterwards: 404',
    );
  });

  test('what several rules say in the same words is one cause, whatever the numbers', () => {
    const list = exchange({ operation: 'invitations_list', status: 200 });
    const causes = causesOf([
      failed('pages.next', 'A page with 2 of 3 invitations has no next page.', undefined),
      failed('pages.count', 'A page with 2 of 3 invitations has no next page.', undefined),
      failed('list.page-size', 'A page with 100 of 103 invitations has no next page.', list),
    ]);
    expect(causes.map(({ sentence }) => sentence)).toEqual([
      'A page with 2 of 3 invitations has no next page.',
    ]);
  });

  test('what a check says of an answer that others asked for joins what the judge found in it', () => {
    const judged = finding('media-types.answers-json', 'The media type is "text/plain"', 'header');
    const list = exchange({ operation: 'invitations_list', status: 200, findings: [judged] });
    const rule = 'media-types.answers-json';
    const causes = causesOf([
      failed(rule, 'expected JSON, not text/plain, but got 200 {}', undefined),
      failed(rule, 'expected JSON, not text/plain, but got 200 {}', list),
    ]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.exchanges).toBe(1);
  });

  test('what the judge found in the exchange is said, not what a check missed because of it', () => {
    const findings = [
      finding('schema.every-field', "Response body must have required property 'inviter'"),
    ];
    const patch = (): Exchange =>
      exchange({
        method: 'PATCH',
        path: '/api/v1/invitations/0b0b0b0b-0000-4000-8000-000000000000/',
        operation: 'invitations_partial_update',
        findings,
      });
    const causes = causesOf([
      failed('partial-update.answer', 'expected 200 and an Invitation, but got 200', patch()),
      failed('schema.inviter', 'expected the URI of a user, but got 200', patch()),
    ]);
    expect(causes.map(({ sentence }) => sentence)).toEqual([
      'invitations_partial_update 200: "inviter" is missing',
    ]);
  });

  test('a header that all answers lack is one cause, and explains no violation', () => {
    const lacking = (values: Partial<Exchange>): Exchange =>
      exchange({
        ...values,
        findings: [
          finding('headers.allow', "Response header must have required property 'allow'", 'header'),
        ],
      });
    const words = 'expected an Allow header with methods, not none';
    const causes = causesOf([
      failed('headers.allow', words, lacking({ operation: 'invitations_list' }), false),
      failed('headers.allow', words, lacking({ operation: 'invitations_retrieve' }), false),
      failed('retrieve.answer', 'expected the same invitation', lacking({})),
    ]);
    expect(causes.map(({ verdict, sentence }) => `${verdict}: ${sentence}`)).toEqual([
      'violation: invitations_retrieve 200: expected the same invitation',
      'divergence: headers.allow: "allow" is missing',
    ]);
  });

  test('a page to every DELETE, whatever it is of, is one cause', () => {
    const page = (path: string, operation?: Exchange['operation']): Exchange =>
      exchange({
        ...{ method: 'DELETE', path, operation, status: 405 },
        text: `curl -i -X DELETE 'http://x${path}'\n→ 405 <!DOCTYPE html><html>No</html>`,
      });
    const causes = causesOf([
      failed(
        'destroy.answer',
        'expected 204, but got 405 <!D',
        page('/api/v1/invitations/one/', 'invitations_destroy'),
      ),
      failed(
        'users.destroy',
        'expected 204, but got 405 <!D',
        page('/api/v1/users/one/', 'users_destroy'),
      ),
      failed(
        'errors.method-not-allowed',
        'expected 405 with {"detail": "…"}, but got 405 <!D',
        page('/api/v1/users/'),
      ),
    ]);
    expect(causes.map(({ sentence }) => sentence)).toEqual([
      'DELETE is answered with 405 and an HTML page by what stands before the API',
    ]);
  });

  test('two things that are wrong are two causes', () => {
    const resend500 = exchange({
      method: 'POST',
      path: '/api/v1/invitations/0b0b0b0b-0000-4000-8000-000000000000/resend/',
      operation: 'invitations_resend_create',
      status: 500,
    });
    const causes = causesOf([
      failed('create.answer', 'expected 201, but got 200', create200()),
      failed('resend.answer', 'expected 200, but got 500', resend500),
      aCheck(),
    ]);
    expect(causes).toHaveLength(2);
  });
});
