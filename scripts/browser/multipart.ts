// Form fields out of a multipart body, as the browser's own parser finds them.
import type { Multipart } from '../../mock-server/web/multipart.ts';

const mostParts = 100;

export const parseMultipart = async (
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Multipart> => {
  try {
    const body = new Response(bytes, { headers: { 'content-type': contentType } });
    // It is advised against for servers, and a page is none.
    // oxlint-disable-next-line typescript/no-deprecated
    const form = await body.formData();
    const entries: (readonly [string, unknown])[] = [];
    form.forEach((value, name) => {
      entries.push([name, typeof value === 'string' ? value : { file: true }]);
    });
    if (entries.length <= mostParts) return { kind: 'parts', entries };
    const detail = `The multipart body has more than ${mostParts} parts; this server reads no more.`;
    return { kind: 'malformed', detail };
  } catch (error) {
    return { kind: 'malformed', detail: `The multipart body cannot be parsed: ${String(error)}.` };
  }
};
