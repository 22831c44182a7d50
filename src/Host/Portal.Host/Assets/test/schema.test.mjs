import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window } from './environment.mjs';

const { getSchema } = await import('@tiptap/core');
const { DOMParser: TreeParser, DOMSerializer, Node } = await import('@tiptap/pm/model');
const { allowedHref, extensions, fromPlainText, prune } = await import('../js/editor/schema.js');
const { cleanPastedHtml } = await import('../js/editor/paste.js');

const schema = getSchema(extensions());

const full = {
  type: 'doc',
  content: [
    { type: 'documentNumber', content: [{ type: 'text', text: '云政发〔2026〕18号' }] },
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '标题' }] },
    { type: 'paragraph', attrs: { textAlign: 'right' }, content: [
      { type: 'text', text: '粗', marks: [{ type: 'bold' }] }, { type: 'text', text: '斜', marks: [{ type: 'italic' }] }, { type: 'hardBreak' },
      { type: 'text', text: '划', marks: [{ type: 'underline' }, { type: 'strike' }] },
      { type: 'text', text: '2', marks: [{ type: 'superscript' }] }, { type: 'text', text: '3', marks: [{ type: 'subscript' }] },
      { type: 'text', text: '链接', marks: [{ type: 'link', attrs: { href: '/zhengce/1', documentId: '0190f6d0-0000-7000-8000-000000000001' } }] }] },
    { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: '项' }] }] }] },
    { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: '项' }] }] }] },
    { type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text: '引' }] }] },
    { type: 'table', attrs: { caption: '补贴标准' }, content: [
      { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2, rowspan: 1, scope: 'col' }, content: [{ type: 'paragraph', content: [{ type: 'text', text: '头' }] }] }] },
      { type: 'tableRow', content: [
        { type: 'tableHeader', attrs: { colspan: 1, rowspan: 1, scope: 'row' }, content: [{ type: 'paragraph', content: [{ type: 'text', text: '行' }] }] },
        { type: 'tableCell', attrs: { colspan: 1, rowspan: 1 }, content: [{ type: 'paragraph', content: [{ type: 'text', text: '格' }] }] }] }] },
    { type: 'image', attrs: { mediaId: 'm1', src: '/media/m1.webp', alt: '桥', decorative: false, caption: '大桥' } },
    { type: 'attachment', attrs: { mediaId: 'm2', name: '分工表.pdf', size: 395264, mediaType: 'application/pdf' } },
    { type: 'video', attrs: { mediaId: 'm3', title: '访谈', captionsMediaId: 'm4' } },
    { type: 'horizontalRule' },
  ],
};

test('every node and mark of the closed set goes through the schema unchanged', () => {
  const node = Node.fromJSON(schema, full);
  node.check();
  assert.deepEqual(prune(node.toJSON()), prune(Node.fromJSON(schema, prune(node.toJSON())).toJSON()));
  const plain = JSON.stringify(prune(node.toJSON()));
  for (const piece of ['"textAlign":"right"', '"scope":"row"', '"caption":"补贴标准"', '"documentId":"0190f6d0-0000-7000-8000-000000000001"', '"captionsMediaId":"m4"', '"start":3']) {
    assert.ok(plain.includes(piece), piece);
  }
});

test('every node survives the clipboard: to HTML and back', () => {
  const node = Node.fromJSON(schema, full);
  const holder = window.document.createElement('div');
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(node.content, { document: window.document }));
  const back = TreeParser.fromSchema(schema).parse(holder);
  assert.deepEqual(prune(back.toJSON()), prune(node.toJSON()));
  assert.doesNotMatch(holder.innerHTML, /style=/);
});

test('the closed set is closed', () => {
  assert.deepEqual(Object.keys(schema.nodes).sort(), ['attachment', 'blockquote', 'bulletList', 'doc', 'documentNumber', 'hardBreak', 'heading', 'horizontalRule',
    'image', 'listItem', 'orderedList', 'paragraph', 'table', 'tableCell', 'tableHeader', 'tableRow', 'text', 'video']);
  assert.deepEqual(Object.keys(schema.marks).sort(), ['bold', 'italic', 'link', 'strike', 'subscript', 'superscript', 'underline']);
  assert.throws(() => Node.fromJSON(schema, { type: 'doc', content: [{ type: 'iframe' }] }));
});

test('cleaned Word text becomes the tree', () => {
  const { html } = cleanPastedHtml("<h1>一、总则</h1><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>第一项</p>"
    + '<table><caption>表一</caption><tr><td><b>甲</b></td></tr><tr><td>1</td></tr></table>');
  const holder = window.document.createElement('div');
  holder.innerHTML = html;
  const { content } = prune(TreeParser.fromSchema(schema).parse(holder).toJSON());
  assert.deepEqual(content.map(node => node.type), ['heading', 'orderedList', 'table']);
  assert.equal(content[2].attrs.caption, '表一');
  assert.equal(content[2].content[0].content[0].type, 'tableHeader');
});

test('plain text becomes paragraphs', () => {
  assert.deepEqual(fromPlainText('第一段\r\n换行\r\n\r\n第二段').content, [
    { type: 'paragraph', content: [{ type: 'text', text: '第一段' }, { type: 'hardBreak' }, { type: 'text', text: '换行' }] },
    { type: 'paragraph', content: [{ type: 'text', text: '第二段' }] },
  ]);
});

test('only safe addresses are links', () => {
  for (const good of ['https://a.cn/', 'http://a.cn', 'mailto:a@b.cn', 'tel:12345', '/zhengce/1?q=1:2', '#top', 'https://例子.cn/']) {
    assert.ok(allowedHref(good), good);
  }
  for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:1', 'java\tscript:1', 'data:text/html,x', 'vbscript:x', '//evil.cn', '\\\\evil.cn', ' javascript:1', 'file:///c:/', 'a/b.html', '../x', 'https://a.cn@evil.cn/', 'https://', '', null]) {
    assert.ok(!allowedHref(bad), String(bad));
  }
});
