// The one rich island: turns the <textarea> inside [data-editor-host] into the editor and submits
// <input type="hidden" name="body"> with the node tree. Without this file the textarea itself is submitted.
import { Editor, getSchema } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import { Selection } from '@tiptap/pm/state';
import { announce } from './announce.js';
import { Autosave, LocalDraft, fieldOf, showChecks, showMark } from './editor/autosave.js';
import { element } from './editor/dialogs.js';
import { insertImage, insertLink } from './editor/insert.js';
import { cleanPastedHtml, largest } from './editor/paste.js';
import { extensions, fromPlainText, prune } from './editor/schema.js';
import { toolbar } from './editor/toolbar.js';
import { readStrings, say } from './strings.zh-CN.js';

readStrings();
let counter = 0;
for (const host of document.querySelectorAll('[data-editor-host]')) {
  start(host);
}

function start(host) {
  const textarea = host.querySelector('textarea');
  if (!textarea) {
    return;
  }
  const settings = { ...textarea.dataset, ...host.dataset };
  const form = textarea.form;
  const id = `editor-${counter += 1}`;
  const label = textarea.labels[0];

  const frame = element('div', { className: 'c-editor' });
  const surface = element('div', { className: 'c-editor__surface', id });
  const hint = element('p', { className: 'p-hidden', id: `${id}-hint`, textContent: say('editor.hint') });
  const tools = toolbar(settings, id);
  const status = element('div', { className: 'c-editor__status' });
  const saved = element('span', { className: 'c-saved' });
  const count = element('span', { className: 'c-editor__count' });
  status.append(saved, count);
  frame.append(hint, tools.bar, surface, status);

  if (label) {
    label.id ||= `${id}-label`;
  }

  let leaving = false;
  let editor;
  try {
    const content = initialContent(host, textarea);
    // TipTap would drop what it does not know; we refuse instead.
    Node.fromJSON(getSchema(extensions(settings)), content).check();
    editor = new Editor({
      element: surface,
      extensions: extensions(settings),
      content,
      injectCSS: false, // its rules are in console.css: no inline style sheets
      enableInputRules: false, // typing "1. " or "**" must not change an official text behind the author's back
      enablePasteRules: false,
      editorProps: {
        // The toolbar and the bar of acts stick to the window's edges.
        scrollMargin: { top: 140, right: 0, bottom: 90, left: 0 },
        scrollThreshold: { top: 130, right: 0, bottom: 80, left: 0 },
        attributes: {
          class: settings.style === 'official' ? 'p-body p-body--official' : 'p-body',
          role: 'textbox',
          'aria-multiline': 'true',
          ...(textarea.id ? { id: textarea.id } : {}), // an error summary links here
          'aria-describedby': [hint.id, textarea.getAttribute('aria-describedby')].filter(Boolean).join(' '),
          ...(label ? { 'aria-labelledby': label.id } : { 'aria-label': say('editor.label') }),
          ...(textarea.getAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}),
          lang: textarea.lang || 'zh-CN',
        },
        handleDOMEvents: {
          keydown(view, event) {
            // Keys belong to the input method while it composes.
            if (event.isComposing || event.keyCode === 229 || view.composing) {
              return false;
            }
            if (event.altKey && event.key === 'F10') {
              event.preventDefault();
              tools.focus();
              return true;
            }
            if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && !event.shiftKey && !event.altKey) {
              event.preventDefault();
              insertLink(editor, settings);
              return true;
            }
            // Tab works in tables and lists; Escape first lets it leave (WCAG 2.1.2).
            if (event.key === 'Tab' && leaving) {
              leaving = false;
              return true;
            }
            if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) {
              leaving = event.key === 'Escape';
            }
            return false;
          },
        },
        transformPastedHTML: html => clean(html),
        handlePaste: (view, event, slice) => takeImages(event.clipboardData, event) || replaceEmpty(view, slice),
        handleDrop: (_, event, __, moved) => !moved && takeImages(event.dataTransfer, event),
      },
    });
  } catch (error) {
    // Unknown nodes: better the plain text than a silent loss.
    host.prepend(banner('amber', say('editor.unreadable')));
    console.error(error);
    return;
  }

  const hidden = element('input', { type: 'hidden', name: settings.name ?? (textarea.name.toLowerCase() === 'body' ? textarea.name : 'body') });
  // Tells the server which of the two forms of a body it gets.
  const format = fieldOf(form, 'bodyformat') ?? element('input', { type: 'hidden', name: 'bodyFormat' });
  format.value = settings.format ?? 'tree';
  const read = () => JSON.stringify(prune(editor.getJSON()));
  textarea.before(frame);
  host.querySelector('.p-noscript')?.remove(); // how to write in the plain box
  textarea.remove();
  frame.append(hidden, ...(format.isConnected ? [] : [format]));
  if (label) {
    label.removeAttribute('for');
    label.addEventListener('click', () => editor.view.focus());
  }
  tools.attach(editor);

  const show = (state, text) => {
    saved.className = `c-saved c-saved--${state}`;
    saved.textContent = text;
    showMark(document.querySelector('[data-saved-mark]'), state, text);
    if (state === 'bad') {
      announce(text);
    }
  };
  const refresh = () => {
    hidden.value = read();
    count.textContent = say('editor.count', editor.state.doc.textContent.replace(/\s/g, '').length);
  };
  refresh();

  const version = settings.version ?? fieldOf(form, 'version')?.value ?? '';
  const draft = new LocalDraft(settings.draftKey);
  const autosave = new Autosave({
    url: settings.autosave,
    form,
    read,
    version,
    token: settings.token,
    draft,
    show,
    compare: settings.compare,
    onChecks: checks => showChecks(document.querySelector('[data-checks]'), checks),
    onConflict: href => frame.before(banner('amber', say('save.conflict'), href && element('a', { href, textContent: say('save.compare') }))),
  });

  editor.on('update', () => {
    refresh();
    hidden.dispatchEvent(new Event('input', { bubbles: true }));
    autosave.changed();
  });
  editor.on('blur', () => autosave.save());
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      autosave.save();
    }
  });
  form?.addEventListener('submit', event => {
    refresh();
    if (autosave.hold(event)) {
      return;
    }
    if (autosave.dirty) {
      // Should the session have run out, the text waits here.
      draft.keep(hidden.value, autosave.version);
    }
    autosave.stop();
  });

  offerRecovery();

  function offerRecovery() {
    const left = draft.left(version, hidden.value);
    if (!left) {
      return;
    }
    const take = element('button', { type: 'button', className: 'govuk-button c-button-small', textContent: say('recover.take') });
    const drop = element('button', { type: 'button', className: 'govuk-button govuk-button--secondary c-button-small', textContent: say('recover.drop') });
    const box = banner('amber', say('recover.found', left.when), take, drop);
    take.addEventListener('click', () => {
      editor.commands.setContent(JSON.parse(left.body), { emitUpdate: true });
      editor.view.focus();
      box.remove();
      announce(say('recover.done'));
    });
    drop.addEventListener('click', () => {
      draft.drop();
      box.remove();
      editor.view.focus();
    });
    frame.before(box);
  }

  function clean(html) {
    if (html.length > largest) {
      announce(say('paste.tooLarge'));
      return new DOMParser().parseFromString(html, 'text/html').body.textContent.slice(0, largest / 5);
    }
    const { html: cleaned, dropped } = cleanPastedHtml(html);
    const told = Object.entries(dropped).filter(([, times]) => times > 0).map(([what, times]) => say(`paste.${what}`, times));
    if (told.length > 0) {
      const text = say('paste.report', told.join('，'));
      announce(text);
      pasteReport(text);
    }
    return cleaned;
  }

  function pasteReport(text) {
    frame.querySelector('.c-editor__report')?.remove();
    status.append(element('p', { className: 'c-editor__report', textContent: text }));
  }

  function takeImages(data, event) {
    const file = [...data?.files ?? []].find(item => /^image\/(jpeg|png|webp|gif)$/.test(item.type));
    // Word puts a picture of the text beside the text: the text wins.
    if (!file || !settings.upload || data.types.includes('text/html')) {
      return false;
    }
    event.preventDefault();
    insertImage(editor, settings, file);
    return true;
  }
}

// Into an empty paragraph the pasted blocks come as they are; by itself ProseMirror would pour the first one into the
// paragraph that stands there and lose its alignment.
function replaceEmpty(view, slice) {
  const { selection: { $from, empty }, tr } = view.state;
  if (!empty || $from.parent.type.name !== 'paragraph' || $from.parent.content.size > 0 || slice.openStart > 1 || slice.content.childCount === 0
    || !slice.content.firstChild.isBlock || !$from.node(-1).canReplace($from.index(-1), $from.index(-1) + 1, slice.content)) {
    return false;
  }
  const from = $from.before();
  tr.replaceWith(from, $from.after(), slice.content);
  const end = tr.doc.resolve(from + slice.content.size);
  view.dispatch(tr.setSelection(Selection.near(end, -1)).scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}

function initialContent(host, textarea) {
  const block = host.querySelector('script[data-editor-content]');
  if (block && block.textContent.trim() !== '') {
    return JSON.parse(block.textContent);
  }
  return fromPlainText(textarea.value);
}

function banner(kind, text, ...more) {
  const box = element('div', { className: `p-banner p-banner--${kind} c-editor__banner` });
  box.setAttribute('role', 'status');
  box.append(element('p', { className: 'p-banner__title', textContent: text }));
  const acts = more.filter(Boolean);
  if (acts.length > 0) {
    const line = element('div', { className: 'govuk-button-group' });
    line.append(...acts);
    box.append(line);
  }
  return box;
}
