// The catalogue is whole: every rule that a fault can break has one, and every fault is about a rule that is there.
import { describe, expect, test } from '@jest/globals';
import { readRules } from '../contracts/catalog.ts';
import { mutants, quick } from './catalogue.ts';
import { unprovokable } from './unprovokable.ts';
import { everyVariant } from './variants.ts';

const rules = [...readRules().keys()];
const broken = new Set<string>(mutants.map(({ rule }) => rule));

describe('the catalogue of broken fakes', () => {
  test('has a fault for every rule, or a reason why there is none', () => {
    expect(rules.filter((rule) => !broken.has(rule) && !(rule in unprovokable))).toEqual([]);
  });

  test('names no rule that is not there', () => {
    expect(
      [...broken, ...Object.keys(unprovokable)].filter((rule) => !rules.includes(rule)),
    ).toEqual([]);
  });

  test('calls no rule unprovokable that it provokes', () => {
    expect(Object.keys(unprovokable).filter((rule) => broken.has(rule))).toEqual([]);
  });

  test('gives every fault and every variant an id of its own', () => {
    const ids = [...mutants, ...everyVariant].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has one fault of each topic in the quick set', () => {
    const topics = new Set([...broken].map((rule) => rule.split('.')[0]));
    expect(quick).toHaveLength(topics.size);
  });
});
