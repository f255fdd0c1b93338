// Reading `Content-Type`: only the media type itself, without its parameters.

const essence = /^[\t ]*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)[\t ]*(?:;|$)/;

/** In lower case, or `undefined` for what is no media type. */
export function toMediaType(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  return essence.exec(header)?.[1]?.toLowerCase();
}

export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(mediaType);
}

export function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
}
