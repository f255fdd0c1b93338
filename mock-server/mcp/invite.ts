// The tool that invites somebody: the one of the Invitations API's own operations that every story begins with.
import * as v from 'valibot';
import { roles } from '../../domain/role.ts';
import { choice } from '../admin/schema/object.ts';
import { emailAddress, maybe, Role, told } from '../admin/schema/values.ts';
import { isObject, schemaOf, type Ask, type Given, type Tool } from './tool.ts';

const invitation = {
  name: told('The sandbox; `default` is always there.', v.string()),
  email: told('Who is invited.', emailAddress),
  role: Role,
  as: maybe('In which role; OWNER if absent.', choice(roles)),
};

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined;

/** The answer that the sandbox gave, where it has no such key. */
const keyIn = async (ask: Ask, name: string, role: string): Promise<string | Response> => {
  const answer = await ask(`/_mock/sandboxes/${encodeURIComponent(name)}`, { method: 'GET' });
  if (!answer.ok) return answer;
  const sandbox: unknown = await answer.json();
  const key = memberOf(memberOf(memberOf(sandbox, 'credentials'), role), 'api_key');
  if (typeof key === 'string') return key;
  return new Response(`There is no API key of the role ${role}.`, { status: 400 });
};

const use = async (ask: Ask, { name, email, role, as = 'OWNER' }: Given): Promise<Response> => {
  const key = await keyIn(ask, String(name), String(as));
  if (typeof key !== 'string') return key;
  const body = { email, role };
  return ask('/api/v1/invitations/', { method: 'POST', authorization: key, body });
};

export const inviteTool: Tool = {
  name: 'invite',
  title: 'Invite somebody',
  description:
    'Makes an invitation in a sandbox, as a client of the Invitations API does: POST /api/v1/invitations/. A message follows, as the delivery settings of the sandbox say. The answer is that of the API; traffic_list tells of a refusal which rule it rests on.',
  inputSchema: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(invitation).map(([name, schema]) => [name, schemaOf(schema)]),
    ),
    required: ['name', 'email', 'role'],
  },
  isReadOnly: false,
  use,
};
