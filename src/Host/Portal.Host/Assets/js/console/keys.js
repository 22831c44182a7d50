import { say } from '../strings.zh-CN.js';

const preference = 'portal:keys';

/** j k Enter x a r / ? on queues and review pages. One key alone never decides: it goes to the place where one decides. */
export function startKeys() {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229
      || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) {
      return;
    }
    // "?" also works when single keys are switched off: it is where they are switched on again.
    if (event.key !== '?' && localStorage.getItem(preference) === 'off') {
      return;
    }
    const act = acts[event.key];
    if (act && act() !== false) {
      event.preventDefault();
    }
  });

  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-keys-open]')) {
      openDialog();
    }
  });

  document.addEventListener('focusin', event => {
    const row = event.target.closest?.('[data-queue] tbody tr');
    if (row) {
      mark(row);
    }
  });
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  x: () => {
    const box = active()?.querySelector('input[type="checkbox"]');
    if (!box) {
      return false;
    }
    box.click();
  },
  a: () => decide('[data-approve]', '[data-approve-act]'),
  r: () => decide('[data-return]', '[data-return-act]'),
  '/': () => {
    const box = document.querySelector('[data-search]') ?? document.querySelector('main input[type="search"], input[type="search"]');
    if (!box) {
      return false;
    }
    box.focus();
    box.select();
  },
  '?': () => openDialog(),
};

function typing(target) {
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName ?? '') && target.type !== 'checkbox' && target.type !== 'radio';
}

function rows() {
  return [...document.querySelectorAll('[data-queue] tbody tr')].filter(row => row.querySelector('[data-open]'));
}

function active() {
  return document.querySelector('[data-queue] tbody tr[data-active]');
}

function mark(row) {
  for (const other of document.querySelectorAll('[data-queue] tr[data-active]')) {
    other.removeAttribute('data-active');
  }
  row.setAttribute('data-active', '');
}

function move(step) {
  const all = rows();
  if (all.length === 0) {
    return false;
  }
  const at = all.indexOf(active());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  mark(next);
  next.querySelector('[data-open]').focus();
  next.scrollIntoView({ block: 'nearest' });
}

function decide(inRow, onPage) {
  const button = document.querySelector(onPage);
  if (button) {
    const opinion = button.form?.querySelector('[data-opinion]');
    (opinion && opinion.value.trim() === '' ? opinion : button).focus();
    return;
  }
  const link = active()?.querySelector(inRow);
  if (!link) {
    return false;
  }
  link.click();
}

function openDialog() {
  const dialog = document.querySelector('dialog[data-keys]');
  if (!dialog) {
    return false;
  }
  if (!dialog.querySelector('[data-keys-toggle]')) {
    dialog.append(toggle());
  }
  dialog.showModal();
}

// WCAG 2.1.4: single-key shortcuts can be switched off.
function toggle() {
  const foot = document.createElement('div');
  foot.className = 'c-dialog__foot';
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.dataset.keysToggle = '';
  box.checked = localStorage.getItem(preference) !== 'off';
  box.addEventListener('change', () => localStorage.setItem(preference, box.checked ? 'on' : 'off'));
  label.append(box, ` ${say('keys.enable')}`);
  foot.append(label);
  return foot;
}
