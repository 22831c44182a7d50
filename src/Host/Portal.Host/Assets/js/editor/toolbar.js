import { element, showKeys } from './dialogs.js';
import { insertAttachment, insertImage, insertLink, insertTable, insertVideo } from './insert.js';
import { say } from '../strings.zh-CN.js';

const mac = /mac|iphone|ipad/i.test(navigator.platform ?? '');
const control = mac ? '⌘' : 'Ctrl';

function tools(settings) {
  const block = (name, active, run, keys) => ({ name, active, run, keys });
  const mark = (name, keys, style) => ({ name, keys, style, active: e => e.isActive(name), run: e => e.chain().toggleMark(name).run() });
  const heading = (level, keys) => block(`heading${level}`, e => e.isActive('heading', { level }), e => e.chain().toggleHeading({ level }).run(), keys);
  const align = name => ({
    name,
    active: e => e.isActive({ textAlign: name }),
    run: e => e.chain().setAlignment(e.isActive({ textAlign: name }) ? null : name).run(),
    can: e => e.isActive('paragraph'),
  });
  const inTable = (name, command) => ({ name, run: e => e.chain()[command]().run(), can: e => e.can()[command]() });

  return [
    { tools: [
      block('paragraph', e => e.isActive('paragraph'), e => e.chain().setParagraph().run(), `${control}+Alt+0`),
      heading(2, `${control}+Alt+2`), heading(3, `${control}+Alt+3`), heading(4, `${control}+Alt+4`),
      block('documentNumber', e => e.isActive('documentNumber'), e => e.chain().toggleNode('documentNumber', 'paragraph').run()),
    ] },
    { tools: [
      mark('bold', `${control}+B`, 'bold'), mark('italic', `${control}+I`, 'italic'), mark('underline', `${control}+U`, 'underline'),
      mark('strike', `${control}+Shift+S`, 'strike'), mark('superscript', `${control}+.`), mark('subscript', `${control}+,`),
    ] },
    { tools: [
      { name: 'left', active: e => e.isActive('paragraph', { textAlign: null }), run: e => e.chain().setAlignment(null).run(), can: e => e.isActive('paragraph') },
      align('center'), align('right'),
    ] },
    { tools: [
      { name: 'bulletList', active: e => innerList(e) === 'bulletList', run: e => e.chain().toggleBulletList().run(), keys: `${control}+Shift+8` },
      { name: 'orderedList', active: e => innerList(e) === 'orderedList', run: e => e.chain().toggleOrderedList().run(), keys: `${control}+Shift+7` },
      { name: 'blockquote', active: e => e.isActive('blockquote'), run: e => e.chain().toggleBlockquote().run(), keys: `${control}+Shift+B` },
    ] },
    { tools: [
      { name: 'link', active: e => e.isActive('link'), run: e => insertLink(e, settings), keys: `${control}+K`, popup: true },
      ...(settings.upload ? [
        { name: 'image', active: e => e.isActive('image'), run: e => insertImage(e, settings), popup: true },
        { name: 'attachment', run: e => insertAttachment(e, settings), popup: true },
        { name: 'video', run: e => insertVideo(e, settings), popup: true },
      ] : []),
      { name: 'table', run: e => insertTable(e), can: e => !e.isActive('table'), popup: true },
      { name: 'rule', run: e => e.chain().setHorizontalRule().run() },
    ] },
    { tools: [
      { name: 'undo', run: e => e.chain().undo().run(), can: e => e.can().undo(), keys: `${control}+Z` },
      { name: 'redo', run: e => e.chain().redo().run(), can: e => e.can().redo(), keys: mac ? '⌘+Shift+Z' : 'Ctrl+Y' },
      { name: 'clear', run: e => e.chain().clearNodes().unsetAllMarks().run() },
      { name: 'keys', run: () => showKeys(keyRows(settings)), popup: true },
    ] },
    { when: e => e.isActive('table'), label: say('tool.group.table'), tools: [
      inTable('rowBefore', 'addRowBefore'), inTable('rowAfter', 'addRowAfter'), inTable('rowDelete', 'deleteRow'),
      inTable('columnBefore', 'addColumnBefore'), inTable('columnAfter', 'addColumnAfter'), inTable('columnDelete', 'deleteColumn'),
      inTable('merge', 'mergeOrSplit'), inTable('headerRow', 'toggleHeaderRow'), inTable('headerColumn', 'toggleHeaderColumn'), inTable('tableDelete', 'deleteTable'),
    ] },
  ];
}

function innerList({ state: { selection: { $from } } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { name } = $from.node(depth).type;
    if (name === 'bulletList' || name === 'orderedList') {
      return name;
    }
  }
  return null;
}

function keyRows(settings) {
  return [
    ['Alt+F10', say('keys.toolbar')],
    ['Esc', `${say('keys.back')}；${say('keys.leave')}（Esc，Tab）`],
    ['Shift+Enter', say('keys.break')],
    ['Tab', say('keys.cell')],
    ...tools(settings).flatMap(group => group.tools).filter(tool => tool.keys).map(tool => [tool.keys, say(`tool.${tool.name}`)]),
  ];
}

/** A toolbar by the ARIA pattern: one tab stop, arrows inside, pressed states, Escape back to the text. */
export function toolbar(settings, surfaceId) {
  const bar = element('div', { className: 'c-editor__toolbar' });
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', say('editor.toolbar'));
  bar.setAttribute('aria-controls', surfaceId);

  const buttons = [];
  const groups = [];
  let editor = null;

  for (const group of tools(settings)) {
    const box = element('div', { className: 'c-editor__group' });
    if (group.label) {
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', group.label);
    }
    for (const tool of group.tools) {
      const button = element('button', { type: 'button', className: 'c-editor__button', textContent: say(`tool.${tool.name}.text`), tabIndex: -1 });
      if (tool.style) {
        button.classList.add(`c-editor__button--${tool.style}`);
      }
      const label = tool.keys ? `${say(`tool.${tool.name}`)}（${tool.keys}）` : say(`tool.${tool.name}`);
      button.setAttribute('aria-label', label);
      button.title = label;
      if (tool.popup) {
        button.setAttribute('aria-haspopup', 'dialog');
      }
      // The caret must not leave the text when the mouse presses a button.
      button.addEventListener('mousedown', event => event.preventDefault());
      button.addEventListener('click', () => {
        if (button.getAttribute('aria-disabled') !== 'true' && editor) {
          tool.run(editor);
        if (!tool.popup) {
          editor.view.focus();
        }
        }
      });
      box.append(button);
      buttons.push({ button, tool, group });
    }
    groups.push({ box, group });
    bar.append(box);
  }
  buttons[0].button.tabIndex = 0;

  const reachable = () => buttons.filter(({ button }) => !button.parentElement.hidden).map(({ button }) => button);
  const stop = button => {
    for (const other of buttons) {
      other.button.tabIndex = other.button === button ? 0 : -1;
    }
  };

  bar.addEventListener('focusin', event => stop(event.target));
  bar.addEventListener('keydown', event => {
    const all = reachable();
    const at = all.indexOf(document.activeElement);
    const rtl = getComputedStyle(bar).direction === 'rtl';
    const to = { ArrowRight: at + (rtl ? -1 : 1), ArrowLeft: at + (rtl ? 1 : -1), Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      editor?.view.focus();
    }
  });

  const update = () => {
    for (const { box, group } of groups) {
      const hide = group.when ? !group.when(editor) : false;
      if (hide && box.contains(document.activeElement)) {
        editor.view.focus();
      }
      box.hidden = hide;
    }
    for (const { button, tool } of buttons) {
      if (button.parentElement.hidden) {
        continue;
      }
      if (tool.active) {
        button.setAttribute('aria-pressed', String(tool.active(editor)));
      }
      if (tool.can) {
        button.setAttribute('aria-disabled', String(!tool.can(editor)));
      }
    }
    if (!reachable().some(button => button.tabIndex === 0)) {
      stop(reachable()[0]);
    }
  };

  return {
    bar,
    attach(instance) {
      editor = instance;
      editor.on('transaction', update);
      update();
    },
    focus: () => reachable().find(button => button.tabIndex === 0)?.focus(),
  };
}
