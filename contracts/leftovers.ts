// After the run, however it ended: what its record says was made and not removed is removed now.
import type { RecordLine } from './record.ts';
import { findByAddress, remove } from './removal.ts';
import type { Caller, Settings } from './settings.ts';

type Leftover = { readonly id: string; readonly as: Caller };

/** What was made and not removed, and the addresses of which it is unknown whether something was made with them. */
export const leftIn = (
  lines: readonly RecordLine[],
): { readonly made: readonly Leftover[]; readonly addresses: ReadonlyMap<string, Caller> } => {
  const made = new Map<string, Caller>();
  const addresses = new Map<string, Caller>();
  for (const line of lines) {
    if (line.kind === 'created') made.set(line.id, line.as);
    if (line.kind === 'removed') made.delete(line.id);
    if (line.kind === 'address') addresses.set(line.email, line.as);
    if (line.kind === 'address-free') addresses.delete(line.email);
  }
  return { made: [...made].map(([id, as]) => ({ id, as })), addresses };
};

const lookUp = async (email: string, as: Caller, settings: Settings): Promise<Leftover[]> => {
  try {
    const ids = await findByAddress(email, as, settings);
    return ids.map((id) => ({ id, as }));
  } catch {
    return [];
  }
};

/** The ids of what could not be removed. */
export const removeLeftovers = async (
  lines: readonly RecordLine[],
  settings: Settings,
): Promise<readonly string[]> => {
  const { made, addresses } = leftIn(lines);
  const found: Leftover[] = [...made];
  for (const [email, as] of addresses) found.push(...(await lookUp(email, as, settings)));
  const kept: string[] = [];
  let failuresInARow = 0;
  for (const { id, as } of found) {
    // A target that has gone silent would cost a deadline for each.
    const isGone = failuresInARow < 3 && (await remove(id, as, settings));
    failuresInARow = isGone ? 0 : failuresInARow + 1;
    if (!isGone) kept.push(id);
  }
  return [...new Set(kept)];
};
