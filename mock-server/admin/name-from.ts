// What somebody is called of whom the address alone is known.

/** `jonas.weber@example.com` → `Jonas Weber` */
export const nameFrom = (email: string): string =>
  email
    .replace(/(?:\+[^@]*)?@[^@]*$/, '')
    .split(/[._-]+/)
    .filter((part) => part !== '')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join(' ') || email;
