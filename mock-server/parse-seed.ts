// Takes apart a seed file's text, in YAML or JSON.
import {
  CST,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml';
import type { SeedMistake, SeedText } from './admin/seed-text.ts';

/** A seed file needs six. The parser recurses, and takes seconds where its stack ends. */
const deepest = 64;

/** Looks at the marks alone, before anything is built of them: at brackets, and at marks of one line that each open a level. */
const findMisplaced = (text: string): SeedMistake | undefined => {
  let [line, open, marks] = [1, 0, 0];
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    line += token.split('\n').length - 1;
    if (type === 'newline') marks = 0;
    else if (type === 'flow-map-start' || type === 'flow-seq-start') open += 1;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') open -= 1;
    else if (open === 0 && type?.endsWith('-ind') === true) marks += 1;
    if (open < 0) return { line, words: `"${token}" closes what nothing opens.` };
    if (open + marks > deepest) return { line, words: `More than ${deepest} levels are nested.` };
  }
  return undefined;
};

/** The parser would compare each key with all others of its map, and take seconds for some thousands. */
const findRepeated = (document: Document): readonly Pick<YAMLError, 'pos' | 'message'>[] => {
  const repeated: Pick<YAMLError, 'pos' | 'message'>[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [from, to] = key.range ?? [0, 0];
        const isRepeated = seen.size === seen.add(key.value).size;
        if (isRepeated) repeated.push({ pos: [from, to], message: 'Map keys must be unique' });
      }
    },
  });
  return repeated;
};

const parse = (text: string): SeedText => {
  const misplaced = findMisplaced(text);
  if (misplaced !== undefined) return { mistakes: [misplaced] };
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false };
  const document = parseDocument(text, options);
  const misread = [...document.errors, ...findRepeated(document)].sort(
    (one, other) => one.pos[0] - other.pos[0],
  );
  if (misread.length > 0) {
    const mistakes = misread.map(({ pos, message }) => ({
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
