import { say } from '../strings.zh-CN.js';

/** A table with its caption as a visible field above it. */
export function tableView({ node, editor, getPos }) {
  const dom = document.createElement('div');
  dom.className = 'p-table';

  const field = document.createElement('label');
  field.className = 'c-editor__caption';
  field.contentEditable = 'false';
  const input = document.createElement('input');
  input.type = 'text';
  input.maxLength = 200;
  input.value = node.attrs.caption;
  field.append(say('table.caption.field'), input);

  const table = document.createElement('table');
  const contentDOM = document.createElement('tbody');
  table.append(contentDOM);
  dom.append(field, table);

  input.addEventListener('change', () => {
    const position = getPos();
    if (position === undefined) {
      return;
    }
    editor.view.dispatch(editor.state.tr.setNodeAttribute(position, 'caption', input.value.trim()));
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault(); // never submits the page's form
      input.blur();
      editor.view.focus();
    }
  });

  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== node.type) {
        return false;
      }
      node = next;
      if (document.activeElement !== input) {
        input.value = next.attrs.caption;
      }
      return true;
    },
    stopEvent: event => field.contains(event.target),
    ignoreMutation: mutation => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
  };
}
