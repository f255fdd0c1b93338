// 413: more of a body than the target reads, in each media type and by either scheme.
import { encode, mediaTypes, type Body, type MediaType } from '../../body.ts';
import type { Answer, Asking } from '../../kit/client.ts';
import { disappoint, expectDetail } from '../../expect.ts';
import { isRecord } from '../../invitation.ts';
import { NotExercised } from '../../not-exercised.ts';
import { writingOperations, type OperationId } from '../../operations.ts';
import type { Caller } from '../../settings.ts';
import { NoAnswer } from '../../engine/could-not-run.ts';
import { contract } from '../../engine/contract.ts';

const sizes = [1 << 20, 3 << 20, 12 << 20];
const bodyOf = (mediaType: MediaType, size: number): Body =>
  encode(mediaType, { email: 'nobody', filler: 'x'.repeat(size) });

/** In another way than one of a few bytes, which is refused for its address. */
const isRefusedForSize = ({ status, json: value }: Answer): boolean =>
  status >= 400 && !(isRecord(value) && 'email' in value);

export const checks = contract('errors/body-too-large', (kit) => {
  const { expectExistingUnchanged, once, rule, sendRight, withMade } = kit;

  /** An account that a target makes without a name is removed. */
  const sendAny = async (operation: OperationId, asking: Asking): Promise<Answer> => {
    const answer = await sendRight(operation, asking);
    if (operation === 'serviceaccounts_create') await withMade(answer, () => undefined);
    return answer;
  };

  /** A server that stops reading may close the connection before its answer is through: once more, then undefined. */
  const writeLarge = async (
    operation: OperationId,
    as: Caller,
    body: Body,
  ): Promise<Answer | undefined> => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        return await sendAny(operation, { as, body, mayBeCutOff: true });
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        await expectExistingUnchanged();
      }
    }
    return undefined;
  };

  const writeSmall = (operation: OperationId, as: Caller, mediaType: MediaType) =>
    sendAny(operation, { as, body: bodyOf(mediaType, 10) });

  /**
   * Nobody tells the limit, and what reads one media type may have another than what reads the next. The smallest of our
   * bodies that any of the operations refuses is beyond it.
   */
  const findBodyBeyond = async (mediaType: MediaType): Promise<Body> => {
    for (const size of sizes) {
      const body = bodyOf(mediaType, size);
      for (const operation of writingOperations) {
        const answer = await writeLarge(operation, 'OWNER', body);
        if (answer === undefined || !isRefusedForSize(answer)) continue;
        // What fails on every body says nothing of size.
        const small = answer.status < 500 || (await writeSmall(operation, 'OWNER', mediaType));
        if (small === true || small.status < 500) return body;
      }
    }
    throw new NotExercised(
      `the target refuses no ${mediaType} of up to ${sizes.at(-1) ?? 0} bytes for its size`,
    );
  };

  for (const mediaType of mediaTypes) {
    const bodyBeyond = once(() => findBodyBeyond(mediaType));
    for (const operation of [...writingOperations, 'serviceaccounts_create'] as const) {
      for (const as of ['JWT', 'API_KEY'] as const) {
        const title = `${operation} by ${mediaType}, asked by ${as}`;
        const options = { needs: ['OWNER', as], operation } as const;
        rule('errors.body-too-large', title, options, async () => {
          const large = await writeLarge(operation, as, await bodyBeyond());
          if (large === undefined) {
            throw new NotExercised('the target cuts the connection off instead of answering');
          }
          expectDetail(large, 413);
          const small = await writeSmall(operation, as, mediaType);
          if (small.status === 413) disappoint(small, 'a body of a few bytes to be read');
        });
      }
    }
  }
});
