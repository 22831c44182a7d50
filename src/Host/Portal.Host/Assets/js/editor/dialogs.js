import { say } from '../strings.zh-CN.js';

let counter = 0;

/**
 * Opens a form in a dialog and answers its values, or null when it was cancelled.
 * @param {{ title: string, submit: string, fields: object[], extra?: (body: HTMLElement, values: () => object) => void,
 *           check?: (values: object) => Record<string, string>, send?: (values: object) => Promise<object>, remove?: string }} options
 */
export function askForm({ title, submit, fields, extra, check, send, remove }) {
  const id = `dialog-${counter += 1}`;
  const dialog = element('dialog', { className: 'c-dialog', ariaLabelledby: `${id}-title` });
  const form = element('form', { noValidate: true });
  const head = element('div', { className: 'c-dialog__head' });
  head.append(element('h2', { className: 'c-dialog__title', id: `${id}-title`, textContent: title }));
  const body = element('div', { className: 'c-dialog__body' });
  const foot = element('div', { className: 'c-dialog__foot' });
  const ok = element('button', { className: 'govuk-button', textContent: submit });
  const cancel = element('button', { className: 'govuk-button govuk-button--secondary', type: 'button', textContent: say('dialog.cancel') });
  foot.append(ok, cancel);

  const inputs = {};
  for (const field of fields) {
    const { group, input } = fieldGroup(id, field);
    inputs[field.name] = input;
    body.append(group);
  }

  const values = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name,
    input.type === 'checkbox' ? input.checked : input.type === 'file' ? input.files[0] ?? input.preset ?? null : input.value.trim()]));

  extra?.(body, inputs);
  form.append(head, body, foot);
  dialog.append(form);
  document.body.append(dialog);

  return new Promise(resolve => {
    // At once, not on the later close event: what is typed next belongs behind what is inserted.
    let open = true;
    const finish = answer => {
      if (open) {
        open = false;
        dialog.close();
        dialog.remove();
        resolve(answer);
      }
    };
    if (remove) {
      const button = element('button', { className: 'govuk-button govuk-button--secondary', type: 'button', textContent: remove });
      button.addEventListener('click', () => finish({ removed: true }));
      foot.append(button);
    }
    cancel.addEventListener('click', () => finish(null));
    dialog.addEventListener('close', () => finish(null));
    // Keys of the page and of the editor stay out of the dialog.
    dialog.addEventListener('keydown', event => event.stopPropagation());

    form.addEventListener('submit', async event => {
      event.preventDefault();
      event.stopPropagation();
      const given = values();
      const errors = check?.(given) ?? {};
      showErrors(id, inputs, errors);
      if (Object.keys(errors).length > 0) {
        return;
      }
      if (!send) {
        finish(given);
        return;
      }
      ok.disabled = true;
      ok.textContent = say('dialog.uploading');
      try {
        finish(await send(given));
      } catch (failure) {
        ok.disabled = false;
        ok.textContent = submit;
        showErrors(id, inputs, { [fields[0].name]: failure.message });
      }
    });

    dialog.showModal();
    Object.values(inputs)[0]?.focus();
  });
}

function fieldGroup(id, { name, label, type = 'text', value = '', hint, accept, max, preset }) {
  const key = `${id}-${name}`;
  const group = element('div', { className: 'govuk-form-group', id: `${key}-group` });

  if (type === 'checkbox') {
    group.classList.add('govuk-checkboxes', 'govuk-checkboxes--small');
    const item = element('div', { className: 'govuk-checkboxes__item' });
    const input = element('input', { className: 'govuk-checkboxes__input', type, id: key, checked: value === true });
    item.append(input, element('label', { className: 'govuk-label govuk-checkboxes__label', htmlFor: key, textContent: label }));
    group.append(item);
    return { group, input };
  }

  group.append(element('label', { className: 'govuk-label', htmlFor: key, textContent: label }));
  if (hint) {
    group.append(element('div', { className: 'govuk-hint', id: `${key}-hint`, textContent: hint }));
  }
  const input = element('input', { className: type === 'file' ? 'govuk-file-upload' : 'govuk-input', type, id: key });
  if (type === 'file') {
    input.accept = accept ?? '';
    input.preset = preset;
    if (preset) {
      group.append(element('p', { className: 'govuk-hint', textContent: preset.name }));
    }
  } else {
    input.value = value;
    if (type === 'number') {
      input.type = 'text';
      input.inputMode = 'numeric';
      input.classList.add('govuk-input--width-3');
    }
    input.maxLength = max ?? 500;
  }
  if (hint) {
    input.setAttribute('aria-describedby', `${key}-hint`);
  }
  group.append(input);
  return { group, input };
}

function showErrors(id, inputs, errors) {
  let first;
  for (const [name, input] of Object.entries(inputs)) {
    const group = document.getElementById(`${id}-${name}-group`);
    group.querySelector('.govuk-error-message')?.remove();
    group.classList.toggle('govuk-form-group--error', name in errors);
    input.toggleAttribute('aria-invalid', name in errors);
    const described = [document.getElementById(`${input.id}-hint`) && `${input.id}-hint`, name in errors && `${input.id}-error`].filter(Boolean).join(' ');
    described ? input.setAttribute('aria-describedby', described) : input.removeAttribute('aria-describedby');
    if (name in errors) {
      const message = element('p', { className: 'govuk-error-message', id: `${input.id}-error` });
      message.append(element('span', { className: 'p-hidden', textContent: say('error') }), errors[name]);
      (input.type === 'checkbox' ? group.firstChild : input).before(message);
      first ??= input;
    }
  }
  first?.focus();
}

export function element(tag, { ariaLabelledby, ...properties } = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  if (ariaLabelledby) {
    made.setAttribute('aria-labelledby', ariaLabelledby);
  }
  return made;
}

export function showKeys(rows) {
  const dialog = element('dialog', { className: 'c-dialog', ariaLabelledby: 'editor-keys-title' });
  const head = element('div', { className: 'c-dialog__head' });
  const close = element('button', { className: 'c-dialog__close', type: 'button', textContent: say('dialog.close') });
  close.addEventListener('click', () => dialog.close());
  head.append(element('h2', { className: 'c-dialog__title', id: 'editor-keys-title', textContent: say('keys.title') }), close);
  const list = element('dl', { className: 'c-keys' });
  for (const [keys, what] of rows) {
    const term = element('dt');
    term.append(...keys.split('+').flatMap((key, index) => [...(index > 0 ? ['+'] : []), element('kbd', { textContent: key })]));
    list.append(term, element('dd', { textContent: what }));
  }
  const body = element('div', { className: 'c-dialog__body' });
  body.append(list);
  dialog.append(head, body);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
