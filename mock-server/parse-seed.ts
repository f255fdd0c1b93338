// Takes apart a seed file's text, in YAML or JSON.
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { SeedText } from './admin/seed-text.ts';

const parse = (text: string): SeedText => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      words: `${message}.`,
    }));
    return { mistakes };
  }
  return {
    data: document.toJS(),
    lineOf: (place) => {
      for (let length = place.length; length >= 0; length -= 1) {
        const found: unknown = document.getIn(place.slice(0, length), true);
        if (isNode(found) && found.range) return lines.linePos(found.range[0]).line;
      }
      return 1;
    },
  };
};

export const parseSeed = (text: string): SeedText => {
  try {
    return parse(text);
  } catch (error) {
    // Nesting without end, or aliases that multiply.
    const reason = error instanceof Error ? error.message : String(error);
    return { mistakes: [{ line: 1, words: `It cannot be taken apart: ${reason}.` }] };
  }
};
