// What a run made and could not remove, for a person: how many, which, and how to remove them.
import { quote } from '../spec/quote.ts';
import { pathOf } from './operations.ts';

const shown = 5;

/** Lines; `isWhole`: each is named. Addresses are of what may be there and could not be looked at. */
export const toLeftBehind = (
  left: readonly string[],
  target: string,
  isWhole = true,
): readonly string[] => {
  if (left.length === 0) return [];
  const named = isWhole ? left : left.slice(0, shown);
  const more = left.length - named.length;
  const rest = more === 0 ? '' : ` and ${more} more, which --verbose and the reports name`;
  const path = pathOf('invitations_destroy', 'ID');
  return [
    `${left.length} could not be removed: ${named.join(', ')}${rest}`,
    `Delete each by hand: curl -i -X DELETE ${quote(`${target}${path}`)} -H "Authorization: $CONTRACT_AUTH_OWNER"`,
  ];
};
