// Words for a POSIX shell that arrive as they were, whatever is in them.
import { isUtf8 } from 'node:buffer';
import { quote } from './quote.ts';

const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Whether the bytes can stand in a command that somebody reads and pastes, and arrive as they are. */
export const canBeQuoted = (bytes: Buffer): boolean =>
  isUtf8(bytes) && !unprintable.test(bytes.toString('utf8'));

/** A command that writes the bytes to its standard output. Interactive shells act on `!` even between quotes. */
export const toPrintf = (bytes: Buffer): string => {
  let format = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    const isPlain = byte > 0x20 ? byte < 0x7f && !"-%!'\\".includes(character) : byte === 0x20;
    format += isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `printf '${format}'`;
};

/** One word, without the line breaks that the bytes may end in: a command substitution loses them. */
export const toWord = (bytes: Buffer): string =>
  canBeQuoted(bytes) ? quote(bytes.toString('utf8')) : `"$(${toPrintf(bytes)})"`;
