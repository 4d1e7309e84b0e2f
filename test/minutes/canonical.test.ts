import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sha256Of, type Frozen } from '../../src/features/minutes/canonical.js';

test('keys stand in the order of their UTF-16 units, as in the example of RFC 8785 §3.2.3', () => {
  const example = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const values = Object.values(JSON.parse(canonicalJson(example)) as Record<string, string>);
  // "1" is a number to a JavaScript object, and would come first anyway: read the text itself.
  expect(values).toHaveLength(7);
  const order = ['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew'];
  const places = order.map((word) => canonicalJson(example).indexOf(word));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('numbers and strings are written as ECMAScript does', () => {
  expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, 'a"\n\u000f€'])).toBe(
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,"a\\"\\n\\u000f€"]',
  );
  expect(() => canonicalJson(Number.NaN)).toThrow('no JSON');
});

test('the same content in any order of keys is the same text, and comes back whole', () => {
  const shuffle = (value: Frozen): Frozen => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return (value as Frozen[]).map(shuffle);
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, inner]) => [key, shuffle(inner as Frozen)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const content = JSON.parse(JSON.stringify(value)) as Frozen;
      const text = canonicalJson(content);
      expect(JSON.parse(text)).toEqual(content);
      expect(sha256Of(canonicalJson(shuffle(content)))).toBe(sha256Of(text));
    }),
  );
});
