// A process that appends numbers to a journal and says which of them are kept, until it is killed.
import { createFileStore } from './file.ts';
import type { StoredEvent } from './store.ts';
import { aSubject } from './subject.suite.ts';

const [folder = ''] = process.argv.slice(2);
const store = await createFileStore({
  folder,
  compactBytes: 4_096,
  warn: (message) => process.stderr.write(`${message}\n`),
});
const isKept = (await store.names()).includes('one');
const kept: StoredEvent[] = isKept ? [...(await store.load('one'))] : [];
const stream = store.open(
  'one',
  aSubject(() => [...kept]),
);
if (!isKept) stream.restart();
for (;;) {
  const number = kept.length;
  // Both belong together: neither is ever there without the other.
  for (const half of ['first', 'second']) {
    const event = { type: `${number}-${half}`, text: 'é'.repeat(number % 97) };
    kept.push(event);
    stream.append(event);
  }
  await stream.kept();
  process.stdout.write(`${kept.length}\n`);
}
