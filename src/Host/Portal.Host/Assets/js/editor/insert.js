// What the toolbar inserts through a dialog: links, pictures, attachments, videos, tables.
import { askForm, element } from './dialogs.js';
import { TextSelection } from '@tiptap/pm/state';
import { allowedHref } from './schema.js';
import { say } from '../strings.zh-CN.js';

/** Posts a file; the server answers { mediaId or id, src?, name, size, mediaType } or a problem with title and detail. */
async function upload(settings, file, kind) {
  const data = new FormData();
  data.append('file', file);
  data.append('kind', kind);
  data.append('_token', settings.token);
  let response;
  try {
    response = await fetch(settings.upload, {
      method: 'POST',
      body: data,
      headers: { Accept: 'application/json', 'X-Portal-Token': settings.token },
      redirect: 'error', // a redirect is the sign-in page
    });
  } catch {
    throw new Error(say('upload.failed'));
  }
  if (response.status === 401 || response.status === 403) {
    throw new Error(say('upload.expired'));
  }
  if (response.status === 413) {
    throw new Error(say('upload.large'));
  }
  const answer = await response.json().catch(() => ({}));
  const mediaId = answer.mediaId ?? answer.id;
  if (!response.ok || !mediaId) {
    // The message that names what is wrong with the file stands in the errors of the problem.
    throw new Error(Object.values(answer.errors ?? {}).flat()[0] ?? answer.detail ?? answer.title ?? say('upload.failed'));
  }
  return { ...answer, mediaId, src: answer.src ?? answer.url ?? null };
}

/** Asks, and puts the caret back where it was: a browser that gives the focus back puts it at the start of the text. */
async function ask(editor, options) {
  const { selection } = editor.state;
  const values = await askForm(options);
  if (selection.$from.doc === editor.state.doc) {
    editor.view.dispatch(editor.state.tr.setSelection(selection));
  }
  editor.view.focus();
  return values;
}

export async function insertLink(editor, settings) {
  const before = editor.getAttributes('link');
  const { from, to, empty } = editor.state.selection;
  const inLink = editor.isActive('link');
  const needsText = empty && !inLink;
  let documentId = before.documentId ?? null;

  const values = await ask(editor, {
    title: say('link.title'),
    submit: say('dialog.ok'),
    fields: [
      { name: 'href', label: say('link.href'), hint: say('link.href.hint'), value: before.href ?? '', max: 2000 },
      ...(needsText ? [{ name: 'text', label: say('link.text'), value: '' }] : []),
    ],
    remove: inLink ? say('dialog.remove') : undefined,
    extra: settings.documents ? (body, inputs) => findDocument(body, settings.documents, found => {
      inputs.href.value = found.href;
      documentId = found.documentId;
      if (inputs.text && inputs.text.value === '') {
        inputs.text.value = found.title;
      }
    }) : undefined,
    check: ({ href, text }) => ({
      ...(allowedHref(href) ? {} : { href: say('link.bad') }),
      ...(needsText && text === '' ? { text: say('dialog.required') } : {}),
    }),
  });

  if (!values) {
    return;
  }
  const chain = editor.chain();
  if (values.removed) {
    chain.extendMarkRange('link').unsetMark('link').run();
    return;
  }
  const attrs = { href: values.href, documentId: values.href === before.href || documentId !== before.documentId ? documentId : null };
  if (needsText) {
    chain.insertContent({ type: 'text', text: values.text, marks: [{ type: 'link', attrs }] }).run();
  } else {
    (inLink ? chain.extendMarkRange('link') : chain.setTextSelection({ from, to })).setMark('link', attrs).run();
  }
}

function findDocument(body, address, choose) {
  const group = element('fieldset', { className: 'govuk-fieldset' });
  group.append(element('legend', { className: 'govuk-fieldset__legend govuk-fieldset__legend--s', textContent: say('link.document') }));
  const row = element('div', { className: 'c-filterbar' });
  const label = element('label', { textContent: say('link.find.label') });
  const input = element('input', { className: 'govuk-input', type: 'search' });
  label.append(input);
  const button = element('button', { className: 'govuk-button govuk-button--secondary', type: 'button', textContent: say('link.find') });
  row.append(label, button);
  const results = element('div', { className: 'govuk-radios govuk-radios--small' });
  results.setAttribute('aria-live', 'polite');
  group.append(row, results);
  body.prepend(group);

  const search = async () => {
    const response = await fetch(`${address}${address.includes('?') ? '&' : '?'}q=${encodeURIComponent(input.value.trim())}`, { headers: { Accept: 'application/json' } }).catch(() => null);
    const found = response?.ok ? await response.json().catch(() => []) : [];
    results.replaceChildren(...found.slice(0, 10).map((item, index) => {
      const line = element('div', { className: 'govuk-radios__item' });
      const radio = element('input', { className: 'govuk-radios__input', type: 'radio', name: 'found-document', id: `found-${index}` });
      radio.addEventListener('change', () => choose(item));
      line.append(radio, element('label', { className: 'govuk-label govuk-radios__label', htmlFor: radio.id, textContent: item.title }));
      return line;
    }));
    if (found.length === 0) {
      results.textContent = say('link.find.none');
    }
  };
  button.addEventListener('click', search);
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      search();
    }
  });
}

export async function insertImage(editor, settings, file) {
  const editing = !file && editor.isActive('image') ? editor.getAttributes('image') : null;
  const values = await ask(editor, {
    title: say(editing ? 'image.edit' : 'image.title'),
    submit: say(editing ? 'dialog.ok' : 'dialog.upload'),
    fields: [
      ...(editing ? [] : [{ name: 'file', type: 'file', label: say('image.file'), hint: say('image.file.hint'), accept: 'image/jpeg,image/png,image/webp,image/gif', preset: file }]),
      { name: 'alt', label: say('image.alt'), hint: say('image.alt.hint'), value: editing?.alt ?? '', max: 300 },
      { name: 'decorative', type: 'checkbox', label: say('image.decorative'), value: editing?.decorative ?? false },
      { name: 'caption', label: say('image.caption'), value: editing?.caption ?? '', max: 300 },
    ],
    check: given => ({
      ...(editing || given.file ? {} : { file: say('image.choose') }),
      ...(given.decorative || given.alt !== '' ? {} : { alt: say('image.alt.needed') }),
    }),
    send: async given => ({ ...given, ...(editing ? {} : await upload(settings, given.file, 'image')) }),
  });
  if (!values) {
    return;
  }
  const said = { alt: values.decorative ? '' : values.alt, decorative: values.decorative, caption: values.caption };
  if (editing) {
    editor.chain().updateAttributes('image', said).run();
  } else {
    insertBlock(editor, { type: 'image', attrs: { mediaId: values.mediaId, src: values.src, ...said } });
  }
}

export async function insertAttachment(editor, settings) {
  const values = await ask(editor, {
    title: say('attachment.title'),
    submit: say('dialog.upload'),
    fields: [
      { name: 'file', type: 'file', label: say('attachment.file') },
      { name: 'shown', label: say('attachment.name'), hint: say('attachment.name.hint'), max: 200 },
    ],
    check: ({ file }) => (file ? {} : { file: say('attachment.choose') }),
    send: async given => ({ ...given, ...await upload(settings, given.file, 'attachment') }),
  });
  if (!values) {
    return;
  }
  insertBlock(editor, { type: 'attachment', attrs: {
    mediaId: values.mediaId,
    name: values.shown || values.name || values.file.name,
    size: values.size ?? values.file.size,
    mediaType: values.mediaType ?? values.file.type,
  } });
}

export async function insertVideo(editor, settings) {
  const values = await ask(editor, {
    title: say('video.title'),
    submit: say('dialog.upload'),
    fields: [
      { name: 'file', type: 'file', label: say('video.file'), accept: 'video/mp4' },
      { name: 'title', label: say('video.name'), max: 200 },
      ...(settings.captions === undefined ? [] : [{ name: 'captions', type: 'file', label: say('video.captions'), hint: say('video.captions.hint'), accept: '.vtt,text/vtt' }]),
    ],
    check: ({ file, title }) => ({ ...(file ? {} : { file: say('video.choose') }), ...(title ? {} : { title: say('dialog.required') }) }),
    send: async given => {
      const video = await upload(settings, given.file, 'video');
      const captions = given.captions ? await upload(settings, given.captions, 'captions') : null;
      return { mediaId: video.mediaId, title: given.title, captionsMediaId: captions?.mediaId ?? null };
    },
  });
  if (!values) {
    return;
  }
  insertBlock(editor, { type: 'video', attrs: values });
}

export async function insertTable(editor) {
  const within = (value, max) => (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= max ? null : say('table.range', max));
  const values = await ask(editor, {
    title: say('table.title'),
    submit: say('dialog.insert'),
    fields: [
      { name: 'rows', type: 'number', label: say('table.rows'), value: '3' },
      { name: 'columns', type: 'number', label: say('table.columns'), value: '3' },
      { name: 'caption', label: say('table.caption'), hint: say('table.caption.hint'), max: 200 },
      { name: 'header', type: 'checkbox', label: say('table.header'), value: true },
    ],
    check: ({ rows, columns }) => Object.fromEntries([['rows', within(rows, 100)], ['columns', within(columns, 20)]].filter(([, error]) => error)),
  });
  if (!values) {
    return;
  }
  const cell = type => ({ type, content: [{ type: 'paragraph' }] });
  const row = first => ({ type: 'tableRow', content: Array.from({ length: Number(values.columns) }, () => cell(first && values.header ? 'tableHeader' : 'tableCell')) });
  insertBlock(editor, { type: 'table', attrs: { caption: values.caption }, content: Array.from({ length: Number(values.rows) }, (_, index) => row(index === 0)) });
}

/** After the block the caret is in: an insertion never splits a sentence or replaces a selection. */
function insertBlock(editor, node) {
  const { $to } = editor.state.selection;
  const at = $to.depth > 0 ? $to.after(1) : $to.pos;
  const last = at >= editor.state.doc.content.size;
  editor.commands.insertContentAt(at, last ? [node, { type: 'paragraph' }] : node);
  // Into the first cell of a table, else behind the block.
  const { doc, tr } = editor.state;
  const to = node.type === 'table' ? at + 4 : Math.min(at + (doc.nodeAt(at)?.nodeSize ?? 1), doc.content.size);
  editor.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(to))).scrollIntoView());
  editor.view.focus();
}
