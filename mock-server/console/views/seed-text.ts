// A seed file as text: typed, pasted or chosen as a file, in YAML or JSON.
import { Refusal, sendYaml } from '../api.ts';
import { h } from '../dom.ts';
import { field, WrongFields } from '../forms.ts';

const example = `world:
  organization: Fairwind Logistics
  people:
    - { email: ada@fairwind.example, role: ADMIN }
  invitations:
    - { email: kim@fairwind.example, role: VIEWER, state: sent, age: P3D }
    - { email: zoe@fairwind.example, state: bounced, by: ada@fairwind.example }
`;

export type SeedText = {
  readonly elements: readonly HTMLElement[];
  /** Where nobody has typed yet. */
  readonly set: (text: string) => void;
  /** Makes the sandbox of it; a name that is taken is left alone unless `replaces`. */
  readonly send: (sandbox: string, replaces: boolean) => Promise<void>;
};

export const seedText = (): SeedText => {
  const area = h('textarea', {
    rows: 12,
    spellcheck: 'false',
    class: 'code',
    'data-member': 'seed_file',
  });
  area.value = example;
  const file = h('input', { type: 'file', accept: '.yaml,.yml,.json' });
  file.addEventListener('change', () => {
    void file.files?.[0]?.text().then((text) => {
      area.value = text;
    });
  });
  return {
    elements: [
      field('File as text', area, 'a seed file in YAML or JSON'),
      field('Take the text from', file),
    ],
    set: (text) => {
      if (area.value === example) area.value = text;
    },
    send: async (sandbox, replaces) => {
      try {
        await sendYaml(sandbox, area.value, replaces);
      } catch (error) {
        const isOfText = error instanceof Refusal && error.status === 400;
        if (isOfText && /^Line \d/.test(error.message)) {
          throw new WrongFields({ seed_file: error.message });
        }
        throw error;
      }
    },
  };
};
