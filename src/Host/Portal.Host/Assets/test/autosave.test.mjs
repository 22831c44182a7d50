import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { window } from './environment.mjs';

globalThis.localStorage = window.localStorage;
globalThis.CustomEvent = window.CustomEvent;
globalThis.FormData = window.FormData;

const { Autosave, LocalDraft, showChecks, showMark } = await import('../js/editor/autosave.js');

let body, said, conflicts, sent, answer, form, saver;

beforeEach(() => {
  localStorage.clear();
  body = 'one';
  said = [];
  conflicts = [];
  sent = [];
  answer = () => new Response('{"version":8}', { status: 200 });
  globalThis.fetch = async (url, options) => {
    sent.push({ url, fields: options.body });
    return answer();
  };
  window.document.body.innerHTML = '<form><input name="Title" value="标题"><input name="Version" value="7"><input name="Body" value="old"></form>';
  form = window.document.querySelector('form');
  saver = new Autosave({
    url: '/save', form, read: () => body, version: '7', token: 't', draft: new LocalDraft('k'),
    show: (state, text) => said.push([state, text]), onConflict: href => conflicts.push(href), compare: '/compare',
  });
});

test('nothing is sent while nothing changed', async () => {
  await saver.save();
  assert.equal(sent.length, 0);
});

test('a save carries the version it was based on, once, and takes the new one', async () => {
  body = 'two';
  await saver.save();
  assert.deepEqual([...sent[0].fields].sort(), [['Title', '标题'], ['_token', 't'], ['body', 'two'], ['version', '7']]);
  assert.equal(form.querySelector('[name=Version]').value, '8');
  assert.equal(said.at(-1)[0], 'ok');
  assert.equal(saver.dirty, false);
});

test('the checks of the answer take the place of those that the page came with', async () => {
  window.document.body.innerHTML += '<ul data-checks><li class="c-checklist__item c-checklist__item--bad"><a href="#Body">还没有正文</a></li></ul>';
  const list = window.document.querySelector('[data-checks]');
  saver.onChecks = checks => showChecks(list, checks);
  answer = () => new Response(JSON.stringify({
    version: 8,
    checks: [
      { done: true, required: true, text: '正文 20 字', anchor: 'Body' },
      { done: false, required: false, text: '<b>没有摘要', anchor: 'Summary' },
    ],
  }), { status: 200 });
  body = 'two';
  await saver.save();
  assert.deepEqual(
    [...list.children].map(item => [item.className.split('--')[1], item.textContent, item.querySelector('a')?.getAttribute('href')]),
    [['ok', '正文 20 字', undefined], ['warn', '<b>没有摘要', '#Summary']]);
});

test('no green mark stays beside a failure, and the next save brings it back', () => {
  window.document.body.innerHTML = '<span class="c-saved c-saved--ok" data-saved-mark>保存于 9:00</span>';
  const mark = window.document.querySelector('[data-saved-mark]');
  showMark(mark, 'busy', '正在保存');
  assert.equal(mark.textContent, '保存于 9:00');
  showMark(mark, 'bad', '登录已过期');
  assert.deepEqual([mark.className, mark.textContent], ['c-saved', '']);
  showMark(mark, 'ok', '已自动保存 9:10');
  assert.deepEqual([mark.className, mark.textContent], ['c-saved c-saved--ok', '已自动保存 9:10']);
});

for (const [name, response] of [
  ['an expired session', () => new Response('', { status: 401 })],
  ['no permission', () => new Response('', { status: 403 })],
  ['a broken server', () => new Response('', { status: 500 })],
  ['no network', () => { throw new TypeError('network'); }],
]) {
  test(`${name} keeps the text on this machine`, async () => {
    answer = response;
    body = 'two';
    await saver.save();
    saver.stop();
    assert.equal(said.at(-1)[0], 'bad');
    assert.equal(new LocalDraft('k').left('7', 'one').body, 'two');
  });
}

test('a conflict stops saving, keeps the text and leads to the comparison', async () => {
  answer = () => new Response('{}', { status: 409 });
  body = 'two';
  await saver.save();
  assert.deepEqual(conflicts, ['/compare']);
  body = 'three';
  await saver.save();
  assert.equal(sent.length, 1);
  assert.equal(new LocalDraft('k').left('9', 'other').body, 'two');
});

test('a form sent while a save is under way goes once, after it, with the version that the save brought', async () => {
  let settle;
  globalThis.fetch = () => new Promise(resolve => { settle = resolve; });
  const gone = [];
  form.requestSubmit = by => gone.push([by, form.querySelector('[name=Version]').value]);
  body = 'two';
  const saving = saver.save();
  const submit = { target: form, submitter: 'submit', stopped: 0, preventDefault() { this.stopped++; } };
  assert.equal(saver.hold(submit), true);
  assert.equal(saver.hold(submit), true);
  assert.deepEqual([submit.stopped, gone.length], [2, 0]);
  settle(answer());
  await saving;
  await Promise.resolve();
  assert.deepEqual(gone, [['submit', '8']]);
  assert.equal(saver.hold(submit), false);
  assert.equal(submit.stopped, 2);
});

test('a copy of an older version was saved by the form and is dropped', () => {
  const draft = new LocalDraft('k');
  draft.keep('text', '7');
  assert.equal(draft.left('8', 'other'), null);
  assert.equal(localStorage.getItem('portal:draft:k'), null);
});

test('the same text is not offered again', () => {
  const draft = new LocalDraft('k');
  draft.keep('text', '7');
  assert.equal(draft.left('7', 'text'), null);
});
