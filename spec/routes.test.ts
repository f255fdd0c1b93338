// Finding the path of the contract that a target is.

import { loadEdition } from './editions.ts';
import { describe, expect, test } from '@jest/globals';

import { toOperations } from './operation.ts';
import { toPrismOperations } from './prism-operations.ts';
import { createRoutes } from './routes.ts';

const operations = toOperations(toPrismOperations(await loadEdition()));
const { find } = createRoutes(operations);

describe('routes', () => {
  test.each([
    ['/api/v1/invitations/', '/api/v1/invitations/', '', ''],
    ['/api/v1/invitations/?page=2&role=', '/api/v1/invitations/', '', 'page=2&role='],
    ['/api/v1/invitations/a1/', '/api/v1/invitations/{id}/', 'a1', ''],
    ['/api/v1/invitations/%E0%A4%A/', '/api/v1/invitations/{id}/', '%E0%A4%A', ''],
    ['/api/v1/invitations/{id}/', '/api/v1/invitations/{id}/', '{id}', ''],
    ['/api/v1/invitations/a1/accept/?a/b/', '/api/v1/invitations/{id}/accept/', 'a1', 'a/b/'],
    ['/api/v1/invitations/accept/', '/api/v1/invitations/{id}/', 'accept', ''],
    ['/api/v1/users/../', '/api/v1/users/{id}/', '..', ''],
  ])('%s is %s', (target, template, parameter, query) => {
    const route = find(target);
    expect(route?.path.template).toBe(template);
    expect(route?.parameters.join()).toBe(parameter);
    expect(route?.query).toBe(query);
  });

  test.each([
    '',
    '/',
    '*',
    '/api/v1/invitations',
    '/api/v1/invitations//',
    '/api/v1/invitations/a1',
    '/api/v1/invitations/a1/refuse/',
    '/api/v1/invitations//accept/',
    '/api/v1/invitations/a/b/accept/',
    '/api/v1//invitations/',
    'http://127.0.0.1/api/v1/invitations/',
  ])('"%s" is no path of the contract', (target) => {
    expect(find(target)).toBeUndefined();
  });

  test.each([
    ['/a/1/c/2', ['1', '2']],
    ['/a/c/c/c', ['c', 'c']],
    ['/a/1/c/2/', undefined],
    ['/a/1/c/', undefined],
    ['/a//c/2', undefined],
    ['/a/1/d/2', undefined],
    ['/a/1/2/c/3', undefined],
  ])('finds several parameters in %s', (target, parameters) => {
    const two = operations.map((operation) => ({ ...operation, path: '/a/{b}/c/{d}' }));
    expect(createRoutes(two).find(target)?.parameters).toEqual(parameters);
  });

  test.each(['/a/{b}.har', '/a/{b}{c}/'])('refuses %s, in which it could not find', (path) => {
    const odd = operations.map((operation) => ({ ...operation, path }));
    expect(() => createRoutes(odd)).toThrow('no whole segment');
  });
});
