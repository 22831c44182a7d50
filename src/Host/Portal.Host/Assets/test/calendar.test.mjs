// The calendar that comes with the product agrees day by day with a calendar kept by others.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import chineseDays from 'chinese-days';

const file = new URL('../../../../Modules/Shared/Portal.Shared/Calendars/national.json', import.meta.url);
const { notices } = JSON.parse(readFileSync(file, 'utf8'));

const dayAfter = (day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function* daysOf({ from, to }) {
  for (let day = from; day <= to; day = dayAfter(day)) {
    yield day;
  }
}

function exceptionsOf(book) {
  const worked = new Map();
  for (const notice of book) {
    for (const run of notice.off) for (const day of daysOf(run)) worked.set(day, false);
    for (const run of notice.work) for (const day of daysOf(run)) worked.set(day, true);
  }
  return worked;
}

function disagreements(book) {
  const worked = exceptionsOf(book);
  const found = [];
  for (const day of daysOf({ from: `${book[0].year}-01-01`, to: `${book.at(-1).year}-12-31` })) {
    const isWeekday = ![0, 6].includes(new Date(day).getUTCDay());
    if ((worked.get(day) ?? isWeekday) !== chineseDays.isWorkday(day)) {
      found.push(day);
    }
  }
  return found;
}

test('every day from the first notice to the last is worked or not in both calendars', () => {
  assert.deepEqual(disagreements(notices), []);
});

test('a single wrong day is found', () => {
  const wrong = structuredClone(notices);
  wrong.at(-1).work.pop();
  assert.equal(disagreements(wrong).length, 1);
});
