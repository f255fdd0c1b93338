// Request bodies in the three media types, and broken ones, as the very text that goes over the wire.

export type Body = {
  readonly text: string;
  /** Absent for a body that is sent without a `Content-Type`. */
  readonly contentType?: string;
};

export type Fields = Readonly<Record<string, string>>;

export const mediaTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Any value at all, so that a check can also send what no field may hold. */
export const json = (value: unknown): Body => ({
  text: JSON.stringify(value),
  contentType: 'application/json',
});

export const form = (fields: Fields): Body => ({
  text: new URLSearchParams(fields).toString(),
  contentType: 'application/x-www-form-urlencoded',
});

export const multipart = (fields: Fields, boundary = 'contract-boundary-7f2c9d') => ({
  text: [
    ...Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join(''),
  contentType: `multipart/form-data; boundary=${boundary}`,
});

/** The same fields in any of the three media types. */
export const encode = (mediaType: MediaType, fields: Fields): Body => {
  switch (mediaType) {
    case 'application/json':
      return json(fields);
    case 'application/x-www-form-urlencoded':
      return form(fields);
    case 'multipart/form-data':
      return multipart(fields);
  }
};

/** Text that is sent as it stands: broken JSON, other media types, no media type at all. */
export const raw = (text: string, contentType?: string): Body => ({
  text,
  ...(contentType === undefined ? {} : { contentType }),
});
