// What an Authorization header may look like, by the schemes that an operation lists.
import { describe, expect, test } from '@jest/globals';
import { isAuthorization, isCredential, toCredentialForms } from './credential-forms.ts';

const bearer = { type: 'http', scheme: 'bearer' };
const basic = { type: 'http', scheme: 'Basic' };
const apiKey = { type: 'apiKey', in: 'header', name: 'Authorization' };

describe('a scheme', () => {
  test.each([
    [bearer, true],
    [apiKey, true],
    [{ ...apiKey, name: 'authorization' }, true],
    [{ ...apiKey, name: 'X-Authorization' }, false],
    [{ ...apiKey, name: 'Authorization-Key' }, false],
    [{ type: 'apiKey', in: 'header' }, false],
    [{ ...apiKey, in: 'query' }, false],
    [{ ...apiKey, type: 'oauth2' }, false],
  ])('%j uses the Authorization header: %s', (scheme, expected) => {
    expect(isAuthorization(scheme)).toBe(expected);
  });
});

describe('the forms', () => {
  test('with an API key among the schemes are those of the Invitations API', () => {
    for (const schemes of [[apiKey], [bearer, apiKey]]) {
      const forms = toCredentialForms(schemes);
      expect(forms?.inWords).toBe('"Api-Key KEY" or "Bearer JWT"');
      const takes = (value: string): boolean => isCredential(forms, value);
      expect(['Api-Key k', 'Bearer a.b.c', 'Bearer  a.b.c'].map(takes)).toEqual([true, true, true]);
      const refused = ['api-key k', 'Basic YTpi', 'Bearer', 'Bearer ', 'x Bearer a'];
      expect(refused.filter(takes)).toEqual([]);
    }
  });

  test('of schemes of HTTP are their names, in any letter case', () => {
    const forms = toCredentialForms([bearer, basic]);
    expect(forms?.inWords).toBe('"bearer …" or "basic …"');
    const takes = (value: string): boolean => isCredential(forms, value);
    expect(['Bearer a', 'BASIC  YTpi'].map(takes)).toEqual([true, true]);
    expect(['Api-Key k', 'Basic', 'a Basic b'].filter(takes)).toEqual([]);
  });

  test('of anything else are any', () => {
    for (const schemes of [[], [{ type: 'oauth2' }], [{ type: 'http' }]]) {
      expect(toCredentialForms(schemes)).toBeUndefined();
    }
    expect(isCredential(undefined, 'whatever')).toBe(true);
  });
});
