// The puzzle of a turn is answered as the server checks it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { hasZeros, solve } from '../js/solve.js';

const zeros = (token, answer) => Math.clz32(createHash('sha256').update(`${token}.${answer}`).digest().readUInt32BE(0));

test('an answer has the zeros that were asked for, and is the first that has', async () => {
  for (const token of ['8.CfDJ8abc', '12.CfDJ8-_x']) {
    const bits = Number.parseInt(token, 10);
    const answer = await solve(token);
    assert.ok(zeros(token, answer) >= bits);
    for (let earlier = 0; earlier < answer; earlier++) {
      assert.ok(zeros(token, earlier) < bits);
    }
  }
});

test('where there is none it says so', async () => {
  assert.equal(await solve('32.none', 0, 512), null);
});

test('zeros are counted from the front', () => {
  assert.ok(hasZeros(Uint8Array.of(0, 127, 0, 0).buffer, 9));
  assert.ok(!hasZeros(Uint8Array.of(0, 127, 0, 0).buffer, 10));
});
