// Other names and addresses in the place of those of a recording: the same one each time, and the same in each run.
import { createFaker } from '../../fixtures/faker.ts';

export type Disguise = {
  readonly address: (email: string) => string;
  /** Of the person with this address, where there is one. */
  readonly person: (name: string, email: string | undefined) => string;
  readonly organization: (name: string) => string;
  readonly serviceAccount: (name: string) => string;
  /** A sentence of a mail server, with other addresses and hosts. */
  readonly reason: (text: string) => string;
};

export const noDisguise: Disguise = {
  address: (email) => email,
  person: (name) => name,
  organization: (name) => name,
  serviceAccount: (name) => name,
  reason: (text) => text,
};

/** An address, a host, or an address of either IP. */
const aPlace =
  /[^\s<>"'()@]+@[^\s<>"'()@]+|\b(?:[\w-]+\.)+[a-z]{2,}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[\da-f]{1,4}:){3,}[\da-f:]*/gi;

export const createDisguise = (): Disguise => {
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
    person: (name, email) => nameOf(email?.toLowerCase() ?? `named ${name}`),
    organization: (name) => once(made.organizations, name, () => faker.company.name()),
    serviceAccount: (name) =>
      once(made.accounts, name, () => `Service account ${made.accounts.size + 1}`),
    reason: (text) =>
      text.replaceAll(aPlace, (place) => (place.includes('@') ? address(place) : 'example.com')),
  };
};
