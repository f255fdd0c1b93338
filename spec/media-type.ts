// Reading `Content-Type`: only the media type itself, without its parameters.

const essence = /^[\t ]*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)[\t ]*(?:;|$)/;

/** In lower case, or `undefined` for what is no media type. */
export const toMediaType = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  return essence.exec(header)?.[1]?.toLowerCase();
};

export const isJson = (mediaType: string): boolean => /[/+]json$/.test(mediaType);

export const isForm = (mediaType: string): boolean =>
  mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
