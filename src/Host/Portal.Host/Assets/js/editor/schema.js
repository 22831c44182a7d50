// The closed set of nodes and marks. The names and attributes are a contract with the server's renderer.
// Nothing renders an inline style: alignment and indent are classes.
import { Extension, Mark, Node } from '@tiptap/core';
import Blockquote from '@tiptap/extension-blockquote';
import Bold from '@tiptap/extension-bold';
import Document from '@tiptap/extension-document';
import HardBreak from '@tiptap/extension-hard-break';
import Heading from '@tiptap/extension-heading';
import HorizontalRule from '@tiptap/extension-horizontal-rule';
import Italic from '@tiptap/extension-italic';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import Paragraph from '@tiptap/extension-paragraph';
import Strike from '@tiptap/extension-strike';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import Text from '@tiptap/extension-text';
import Underline from '@tiptap/extension-underline';
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions';
import { say } from '../strings.zh-CN.js';
import { tableView } from './table-view.js';

// Left is what a paragraph has by itself, so it is not stored.
const alignments = ['center', 'right'];

/** Addresses that a link may have, the same that the server accepts: http, https, mailto, tel, /path and #part. */
export function allowedHref(href) {
  const value = (href ?? '').trim();
  // Control characters, blanks and backslashes are how javascript: and //host hide.
  if (value === '' || value.length > 2000 || /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff\\<>"`{}|^]/.test(value)) {
    return false;
  }
  return /^(https?:\/\/[^/?#@%]+([/?#]|$)|mailto:[^@]+@|tel:[\d+(]|#|\/(?!\/))/i.test(value);
}

const Alignment = Extension.create({
  name: 'alignment',
  addGlobalAttributes: () => [{
    types: ['paragraph'],
    attributes: {
      textAlign: {
        default: null,
        parseHTML: element => alignments.find(a => element.classList.contains(`p-align-${a}`)) ?? null,
        renderHTML: ({ textAlign }) => (textAlign ? { class: `p-align-${textAlign}` } : {}),
      },
    },
  }],
  addCommands: () => ({ setAlignment: textAlign => ({ commands }) => commands.updateAttributes('paragraph', { textAlign }) }),
});

const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes() {
    return {
      href: { default: null, parseHTML: element => (allowedHref(element.getAttribute('href')) ? element.getAttribute('href') : null) },
      documentId: {
        default: null,
        parseHTML: element => element.getAttribute('data-document-id'),
        renderHTML: ({ documentId }) => (documentId ? { 'data-document-id': documentId } : {}),
      },
    };
  },
  parseHTML() {
    return [
      { tag: 'a[data-document-id]' },
      { tag: 'a[href]', getAttrs: element => (allowedHref(element.getAttribute('href')) ? null : false) },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    const { href, ...rest } = HTMLAttributes;
    return ['a', allowedHref(href) ? HTMLAttributes : rest, 0];
  },
});

function script(name, tag, exclude, keys) {
  return Mark.create({
    name,
    excludes: exclude,
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
    addKeyboardShortcuts() {
      return { [keys]: () => this.editor.commands.toggleMark(this.name) };
    },
  });
}

const DocumentNumber = Node.create({
  name: 'documentNumber',
  group: 'block',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'p.p-docnumber', priority: 60 }],
  renderHTML: () => ['p', { class: 'p-docnumber' }, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.isActive(this.name) && this.editor.commands.insertContentAt(this.editor.state.selection.$from.after(), { type: 'paragraph' })
        && this.editor.commands.focus(this.editor.state.selection.$to.after() + 1),
    };
  },
});

const text = { default: '' };

const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ mediaId: { default: null }, src: { default: null }, alt: text, decorative: { default: false }, caption: text }),
  parseHTML: () => [{
    tag: 'figure[data-media-id]',
    getAttrs: figure => {
      const image = figure.querySelector('img');
      return image && {
        mediaId: figure.dataset.mediaId,
        src: image.getAttribute('src'),
        alt: image.getAttribute('alt') ?? '',
        decorative: figure.dataset.decorative === 'true',
        caption: figure.querySelector('figcaption')?.textContent ?? '',
      };
    },
  }],
  addOptions: () => ({ mediaUrl: '' }),
  renderHTML({ node: { attrs } }) {
    // The stored tree knows the media item, not its address.
    const src = attrs.src ?? (this.options.mediaUrl && attrs.mediaId ? this.options.mediaUrl.replace('{id}', attrs.mediaId) : null);
    const image = ['img', { src, alt: attrs.decorative ? '' : attrs.alt }];
    return ['figure', { 'data-media-id': attrs.mediaId, 'data-decorative': String(attrs.decorative) },
      ...(attrs.caption ? [image, ['figcaption', {}, attrs.caption]] : [image])];
  },
});

const Attachment = Node.create({
  name: 'attachment',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ mediaId: { default: null }, name: text, size: { default: 0 }, mediaType: text }),
  parseHTML: () => [{
    tag: 'div.p-file[data-media-id]',
    getAttrs: ({ dataset }) => ({ mediaId: dataset.mediaId, name: dataset.name, size: Number(dataset.size) || 0, mediaType: dataset.mediaType }),
  }],
  renderHTML({ node: { attrs } }) {
    return ['div', { class: 'p-file p-file--node', 'data-media-id': attrs.mediaId, 'data-name': attrs.name, 'data-size': attrs.size, 'data-media-type': attrs.mediaType },
      ['span', { class: 'p-file__type' }, kindOf(attrs)],
      ['span', { class: 'p-file__name' }, attrs.name],
      ['span', { class: 'p-file__size' }, sizeOf(attrs.size)]];
  },
});

const Video = Node.create({
  name: 'video',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ mediaId: { default: null }, title: text, captionsMediaId: { default: null } }),
  parseHTML: () => [{
    tag: 'div.p-file[data-video-id]',
    getAttrs: ({ dataset }) => ({ mediaId: dataset.videoId, title: dataset.title, captionsMediaId: dataset.captionsId || null }),
  }],
  renderHTML({ node: { attrs } }) {
    return ['div', { class: 'p-file p-file--node', 'data-video-id': attrs.mediaId, 'data-title': attrs.title, 'data-captions-id': attrs.captionsMediaId ?? '' },
      ['span', { class: 'p-file__type' }, say('tool.video')],
      ['span', { class: 'p-file__name' }, attrs.title]];
  },
});

// As many cells as the server's table takes.
const mostSpan = 50;
const span = name => ({ default: 1, parseHTML: cell => Math.min(Math.max(Number.parseInt(cell.getAttribute(name), 10) || 1, 1), mostSpan) });
const spans = () => ({ colspan: span('colspan'), rowspan: span('rowspan') });

const CaptionedTable = Table.extend({
  addAttributes: () => ({
    caption: { default: '', parseHTML: table => table.querySelector(':scope > caption')?.textContent.trim() ?? '', renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: 'table' }, { tag: 'caption', ignore: true }, { tag: 'colgroup', ignore: true }],
  renderHTML({ node }) {
    const body = ['tbody', 0];
    return ['table', {}, ...(node.attrs.caption ? [['caption', {}, node.attrs.caption], body] : [body])];
  },
  addNodeView: () => tableView,
});

const Cell = TableCell.extend({ addAttributes: spans });
const HeaderCell = TableHeader.extend({
  addAttributes: () => ({
    ...spans(),
    scope: { default: 'col', parseHTML: cell => (['row', 'col', 'rowgroup', 'colgroup'].includes(cell.getAttribute('scope')) ? cell.getAttribute('scope') : 'col') },
  }),
});

const Ordered = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: list => Math.max(Number.parseInt(list.getAttribute('start') ?? '1', 10) || 0, 0),
      renderHTML: ({ start }) => (start === 1 ? {} : { start }),
    },
  }),
});

/** @param {{ mediaUrl?: string }} settings mediaUrl: the address of a media item with {id} in it */
export function extensions({ mediaUrl = '' } = {}) {
  return [
    Document, Text, Paragraph,
    Heading.configure({ levels: [2, 3, 4] }),
    BulletList, Ordered, ListItem, ListKeymap, Blockquote,
    CaptionedTable.configure({ resizable: false, renderWrapper: false }), TableRow, HeaderCell, Cell,
    Image.configure({ mediaUrl }), Attachment, Video, DocumentNumber, HorizontalRule, HardBreak,
    Bold, Italic, Underline, Strike, script('superscript', 'sup', 'subscript', 'Mod-.'), script('subscript', 'sub', 'superscript', 'Mod-,'), Link,
    Alignment, UndoRedo, Gapcursor, Dropcursor,
    Placeholder.configure({ placeholder: () => say('editor.placeholder') }),
  ];
}

/** Leaves out what says nothing, so that the stored tree and its hash do not depend on the editor's defaults. */
export function prune(node) {
  const { attrs, content, marks, ...rest } = node;
  const kept = Object.entries(attrs ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return {
    ...rest,
    ...(kept.length > 0 && { attrs: Object.fromEntries(kept) }),
    ...(marks?.length > 0 && { marks: marks.map(prune) }),
    ...(content?.length > 0 && { content: content.map(prune) }),
  };
}

/** Plain text, a blank line between paragraphs: what a textarea without script may hold. */
export function fromPlainText(plain) {
  const blocks = plain.replace(/\r\n?/g, '\n').split(/\n{2,}/).map(block => block.trim()).filter(block => block !== '');
  return {
    type: 'doc',
    content: blocks.length === 0 ? [{ type: 'paragraph' }] : blocks.map(block => ({
      type: 'paragraph',
      content: block.split('\n').flatMap((line, index) => [
        ...(index > 0 ? [{ type: 'hardBreak' }] : []),
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]),
    })),
  };
}

export function sizeOf(bytes) {
  return bytes >= 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

function kindOf({ name }) {
  const dot = (name ?? '').lastIndexOf('.');
  return dot < 0 ? say('tool.attachment') : name.slice(dot + 1).toUpperCase();
}
