// The text of a body that a deployment has compressed.
import { decoderOf } from '../../spec/content-encoding.ts';

/** As it stands where it cannot be decoded: what is wrong with it is then seen. */
export const decodeBody = (bytes: Buffer, encoding?: string): string => {
  try {
    return (decoderOf(encoding)?.(bytes) ?? bytes).toString('utf8');
  } catch {
    return bytes.toString('latin1');
  }
};
