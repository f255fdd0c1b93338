// Requests drawn from the spec: what it allows is accepted; what violates one of its constraints is refused as documented,
// and changes nothing. What the contract is lenient about counts as neither.
import { isRuleId, type RuleId } from '../../../spec/vocabulary.ts';
import { byRule, ruleOfTaking } from '../../catalog.ts';
import fc from 'fast-check';
import { expectPage } from '../../expect.ts';
import { contract } from '../../engine/contract.ts';
import { drawCutOff, drawNoObject, drawOtherMediaType, drawRightBody } from './bodies.ts';
import { drawSurplusBody, faultsOf } from './bodies.ts';
import { describeOperations, type Described, type Field } from './described.ts';
import { createForAll } from './for-all.ts';
import { createTrials, expectDocumentedRefusal } from './trials.ts';
import { drawRight, enumOf, madeOnce, wrongParameter } from './values.ts';

const ruleOfParameter = ({ name, schema }: Field): RuleId | undefined => {
  if (name === 'page') return 'pages.not-a-number';
  return enumOf({ schema }).length > 0 ? 'list.filter-outside-enumeration' : undefined;
};

export const checks = contract('generated/requests', async (kit) => {
  const { address, edition, rule, send } = kit;
  const { forAll } = createForAll(kit);
  const { expectBodyAccepted, expectBodyRefused } = createTrials(kit);
  const described = await describeOperations(edition);

  const writing = described.filter(({ fields }) => fields.length > 0);

  for (const one of writing) {
    const { operation, method } = one;
    for (const mediaType of one.mediaTypes) {
      rule(ruleOfTaking[mediaType], `${method} with drawn values`, { operation }, () =>
        forAll(
          () => drawRightBody(one, mediaType),
          (make) => expectBodyAccepted(one, make),
        ),
      );
    }
    rule('errors.unknown-field', `${method} with drawn fields besides`, { operation }, () =>
      forAll(
        () => drawSurplusBody(one),
        (make) => expectBodyAccepted(one, make),
      ),
    );
  }

  /** Where a rule says so of this field alone, it is that one. */
  const ruleOf = ({ operation }: Described, field: string, constraint: string): RuleId => {
    const candidates: readonly string[] =
      {
        missing:
          operation === 'invitations_create'
            ? [`create.requires-${field}`]
            : ['update.requires-both'],
        'too long': [`schema.${field}-length`],
      }[constraint] ?? [];
    return candidates.find(isRuleId) ?? 'errors.invalid-body';
  };

  for (const one of writing) {
    const { operation, method } = one;
    for (const { field, constraint, draw } of faultsOf(one)) {
      const title = `${method} with ${field} ${constraint}, as drawn`;
      rule(ruleOf(one, field, constraint), title, { operation }, () =>
        forAll(draw, (make) => expectBodyRefused(one, make)),
      );
    }
    const wholes = {
      'errors.not-an-object': () => drawNoObject(one),
      'errors.unparsable-body': () => drawCutOff(one),
      'errors.unsupported-media-type': () => drawOtherMediaType(one),
    };
    for (const [id, draw] of byRule(wholes)) {
      rule(id, `${method} with what was drawn`, { operation }, () =>
        forAll(draw, (make) => expectBodyRefused(one, make)),
      );
    }
  }

  /** One segment of a path, and nothing that a server or a proxy on the way might take for more. */
  const drawNoUuid = madeOnce(() =>
    fc.oneof(
      fc.stringMatching(/^[a-z0-9_-]{1,40}$/),
      fc.uuid().map((id) => id.slice(0, -1)),
      fc.uuid().map((id) => `${id}0`),
      fc.integer().map(String),
    ),
  );
  for (const one of described.filter(({ hasId }) => hasId)) {
    const { operation, method } = one;
    rule('errors.id-not-a-uuid', `${method} of ${operation} with drawn ids`, { operation }, () =>
      forAll(drawNoUuid, async (id) => {
        expectDocumentedRefusal(await send(operation, { as: 'OWNER', id }), one);
      }),
    );
  }

  const drawQuery = (fields: readonly Field[]) =>
    fc.tuple(...fields.map((field) => fc.option(drawRight(field)))).map(
      (makes) => (fresh: string) =>
        Object.fromEntries(
          fields.flatMap(({ name, schema }, index) => {
            const make = makes[index];
            if (make === undefined || make === null) return [];
            // No other page is sure to be there.
            return [[name, schema['type'] === 'integer' ? '1' : String(make(fresh))]];
          }),
        ),
    );

  const options = { changes: false };
  for (const one of described.filter(({ query }) => query.length > 0)) {
    const { operation, method } = one;
    rule('list.answer', `${method} with drawn parameters`, { ...options, operation }, () =>
      forAll(
        () => drawQuery(one.query),
        async (make) => {
          expectPage(await send(operation, { as: 'OWNER', query: make(address()) }));
        },
      ),
    );
    for (const field of one.query) {
      const draw = wrongParameter(field);
      if (draw === undefined) continue;
      const id = ruleOfParameter(field);
      if (id === undefined) continue;
      rule(id, `a drawn ${field.name}`, { ...options, operation }, () =>
        forAll(draw, async (value) => {
          const query = { [field.name]: value };
          expectDocumentedRefusal(await send(operation, { as: 'OWNER', query }), one);
        }),
      );
    }
  }
});
