import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { codeAlphabet, codeLength, LinkKeys } from '../../src/links/tokens.js';

const master = randomBytes(32).toString('hex');
const keys = new LinkKeys(master);

test('a token is 32 letters of an address: who it is for, and 144 bits that only the key makes (rule 23)', () => {
  const [first, second] = [keys.token('invitation', 7, 1), keys.token('invitation', 7, 2)];
  expect(first).toMatch(/^[\w-]{32}$/);
  expect(second.slice(0, 8)).toBe(first.slice(0, 8));
  expect(second.slice(8)).not.toBe(first.slice(8));
  expect(new LinkKeys(master).token('invitation', 7, 1)).toBe(first);
  expect(new LinkKeys(randomBytes(32).toString('hex')).token('invitation', 7, 1)).not.toBe(first);
});

test('every id has a token of its own, up to the largest', () => {
  const ids = [1, 2, 65_535, 65_536, 65_537, 2_147_483_647];
  expect(new Set(ids.map((id) => keys.token('invitation', id, 1))).size).toBe(ids.length);
  expect(ids.map((id) => keys.claimedId('invitation', keys.token('invitation', id, 1)))).toEqual(ids);
});

test('a token of another key is no token here', () => {
  const older = new LinkKeys(master, 2).token('invitation', 7, 1);
  expect(keys.claimedId('invitation', older)).toBeUndefined();
  expect(keys.matches('invitation', 7, 1, older)).toBe(false);
});

test('a token for an invitation opens nothing of a delegate', () => {
  const token = keys.token('invitation', 7, 1);
  expect(keys.claimedId('delegate', token)).toBeUndefined();
  expect(keys.matches('delegate', 7, 1, token)).toBe(false);
});

test('what one use of the key says is worth nothing in another', () => {
  const said = 'hash|ABCDEFGHJK';
  expect(Buffer.from(keys.formToken(said), 'base64url').toString('hex')).not.toBe(
    keys.codeHash('ABCDEFGHJK'),
  );
});

test('codes for paper have ten letters that nobody takes for another, and one invitation each (rule 24)', () => {
  expect([...'01OILUS5'].filter((letter) => codeAlphabet.includes(letter))).toEqual([]);
  const codes = Array.from({ length: 3000 }, (_, id) => keys.code(id + 1, 1));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code.length === codeLength)).toBe(true);
  expect([...new Set(codes.join(''))].sort()).toEqual([...codeAlphabet].sort());
  expect(keys.code(1, 2)).not.toBe(keys.code(1, 1));
});
