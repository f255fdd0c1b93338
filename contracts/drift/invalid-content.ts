// Bodies that create and update refuse, each for one reason.
import { json } from '../body.ts';
import { fields } from '../sequences/build-step.ts';
import type { Content } from '../sequences/step.ts';

const jsonText = (value: unknown): Content => {
  const { text, contentType = '' } = json(value);
  return { text, contentType };
};

export const invalidContents: readonly Content[] = [
  fields({}),
  fields({ email: '<email:9>' }),
  fields({ role: 'VIEWER' }),
  fields({ email: 'no-address', role: 'VIEWER' }),
  fields({ email: '<email:9>', role: 'KING' }),
  fields({ email: '', role: '' }),
  jsonText({ email: null, role: 'VIEWER' }),
  jsonText({ email: '<email:9>', role: ['VIEWER'] }),
  jsonText([]),
  jsonText('text'),
  { text: '{"email":', contentType: 'application/json' },
  { text: '' },
  { text: '', contentType: 'application/json' },
  { text: 'email=<email:9>', contentType: 'text/plain' },
];
