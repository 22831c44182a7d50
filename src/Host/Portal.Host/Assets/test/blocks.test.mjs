import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../scss/', import.meta.url);

// Two files that lay out one block undo each other wherever both are used.
test('a block is laid out in one file', () => {
  const homes = new Map();
  for (const folder of ['shared', 'site', 'console']) {
    for (const file of readdirSync(new URL(`${folder}/`, root))) {
      for (const [, block] of readFileSync(new URL(`${folder}/${file}`, root), 'utf8').matchAll(/^\.([cp]-[a-z-]+) \{/gm)) {
        homes.set(block, (homes.get(block) ?? new Set()).add(`${folder}/${file}`));
      }
    }
  }
  assert.ok(homes.size > 50);
  assert.deepEqual([...homes].filter(([, files]) => files.size > 1).map(([block, files]) => `${block}: ${[...files].join(', ')}`), []);
});
