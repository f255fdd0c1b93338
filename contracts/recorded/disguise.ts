// Other names and addresses in the place of those of a recording: the same one each time, and the same in each run.
import { createFaker } from '../../fixtures/faker.ts';

/** An address, a host, or an address of either IP. */
const aPlace =
  /[^\s<>"'()@]+@[^\s<>"'()@]+|\b(?:[\w-]+\.)+[a-z]{2,}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[\da-f]{1,4}:){3,}[\da-f:]*/gi;

export const createDisguise = () => {
  const faker = createFaker(1, 0);
  const made = {
    people: new Map<string, string>(),
    organizations: new Map<string, string>(),
    accounts: new Map<string, string>(),
  };
  const once = (known: Map<string, string>, key: string, make: () => string): string => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const taken = new Set(known.values());
    let value = make();
    while (taken.has(value)) value = make();
    known.set(key, value);
    return value;
  };
  const nameOf = (key: string): string =>
    once(made.people, key, () => `${faker.person.firstName()} ${faker.person.lastName()}`);
  const address = (email: string): string =>
    `${nameOf(email.toLowerCase())
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '.')}@example.com`;
  return {
    address,
    /** Of the person with this address, where there is one. */
    person: (name: string, email: string | undefined): string =>
      nameOf(email?.toLowerCase() ?? `named ${name}`),
    organization: (name: string) => once(made.organizations, name, () => faker.company.name()),
    serviceAccount: (name: string) =>
      once(made.accounts, name, () => `Service account ${made.accounts.size + 1}`),
    /** A sentence of a mail server, with other addresses and hosts. */
    reason: (text: string): string =>
      text.replaceAll(aPlace, (place) => (place.includes('@') ? address(place) : 'example.com')),
  };
};

export type Disguise = ReturnType<typeof createDisguise>;

const same = (text: string): string => text;
export const noDisguise: Disguise = {
  ...{ address: same, person: same, organization: same, serviceAccount: same, reason: same },
};
