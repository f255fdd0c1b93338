// An invitation as the contract wants it, and where it is found: the right message that tests of the judge start from.

export const id = '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908';
export const invitations = '/api/v1/invitations/';
export const own = `${invitations}${id}/`;
/** What a create of it says. */
export const person = { email: 'jonas.weber@example.com', role: 'CONTRIB' };

const api = 'http://127.0.0.1:4010/api/v1';

export const invitation = {
  url: `${api}/invitations/${id}/`,
  id,
  ...person,
  inviter: `${api}/users/6b1f0c9e-2d47-4a58-8f3b-91c5e7d20a46/`,
  inviter_name: 'Ada Pereira',
  state: 'pending',
  state_detail: '',
  membership: null,
  organization: `${api}/organizations/3f0d6a52-8c1e-4b7a-9e21-5d4c7b60a1f3/`,
};
