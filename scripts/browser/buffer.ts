// `Buffer`, and what the fake needs of `node:buffer`, for browsers.
export { Buffer } from 'buffer/index.js';

export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
