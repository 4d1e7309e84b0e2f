import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/mail/verdict.js';

/** A refusal as nodemailer throws it. */
const said = (command: string, response: string) =>
  Object.assign(new Error(response), {
    code: command === 'DATA' ? 'EMESSAGE' : 'EENVELOPE',
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });

describe('what a refusal of one recipient says', () => {
  test.each([
    ['550 5.1.1 <x@y.example> User unknown', true],
    ['550 no such user here', true],
    ['553 5.1.3 bad address syntax', true],
    ['552 5.2.2 mailbox full for good', true],
    ['550 5.7.1 relaying denied', false],
    ['554 Relay access denied', false],
    ['550 Message rejected as spam by content filtering', false],
    ['550 your host is on our blacklist', false],
    ['550 Authentication required', false],
    ['550 5.1.1 unknown user; see our policy', true],
  ])('%s: about the address, %s', (response, address) => {
    expect(judge(said('RCPT TO', response))).toMatchObject({ kind: 'refused', address });
  });
});

test.each([
  ['RCPT TO', '451 4.2.0 busy', { kind: 'later' }],
  ['MAIL FROM', '550 sender not allowed', { kind: 'server' }],
  ['DATA', '554 5.6.0 content', { kind: 'refused', address: false }],
  ['DATA', '550 5.1.1 no such person', { kind: 'refused', address: true }],
])('after %s, "%s"', (command, response, verdict) => {
  expect(judge(said(command, response))).toMatchObject(verdict);
});
