import { announce, copyText } from '../announce.js';
import { say } from '../strings.zh-CN.js';

const dirty = new Set();
const sent = new WeakSet();

/** Error summary takes focus; unsaved text asks; a form goes once; copy buttons; standard phrases. */
export function startForms() {
  focusErrorSummary(document);
  document.addEventListener('htmx:afterSwap', event => focusErrorSummary(event.target));

  document.addEventListener('input', event => {
    const form = event.target.form ?? event.target.closest?.('form');
    if (form?.hasAttribute('data-guard')) {
      dirty.add(form);
    }
  });
  document.addEventListener('portal:saved', event => dirty.delete(event.target.closest('form')));
  addEventListener('beforeunload', event => {
    for (const form of dirty) {
      if (!form.isConnected) {
        dirty.delete(form);
      }
    }
    if (dirty.size > 0) {
      event.preventDefault();
    }
  });

  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented) {
      return;
    }
    if (form.hasAttribute('data-once')) {
      if (sent.has(form)) {
        event.preventDefault();
        announce(say('sending'));
        return;
      }
      sent.add(form);
      for (const button of form.querySelectorAll('button:not([type="button"])')) {
        button.setAttribute('aria-disabled', 'true');
      }
      // A download or a lost connection leaves the page: it must be possible to try again.
      setTimeout(() => release(form), 15_000);
    }
    dirty.delete(form);
  });
  addEventListener('pageshow', event => {
    if (event.persisted) {
      document.querySelectorAll('form[data-once]').forEach(release);
    }
  });
  document.addEventListener('htmx:afterRequest', event => {
    const form = event.target.closest?.('form[data-once]');
    if (form) {
      release(form);
    }
  });

  document.addEventListener('click', async event => {
    const copy = event.target.closest?.('[data-copy]');
    if (copy) {
      event.preventDefault();
      try {
        await copyText(copy.dataset.copy || copy.href || location.href);
        announce(say('copied'));
        flash(copy, say('copied'));
      } catch {
        announce(say('copy.failed'));
      }
      return;
    }

    const phrase = event.target.closest?.('[data-phrase]');
    if (phrase) {
      const box = phrase.closest('form')?.querySelector('[data-opinion]');
      if (box) {
        box.value = box.value.trim() === '' ? phrase.dataset.phrase : `${box.value.trimEnd()}\n${phrase.dataset.phrase}`;
        box.dispatchEvent(new Event('input', { bubbles: true }));
        box.focus();
      }
    }
  });
}

function release(form) {
  sent.delete(form);
  for (const button of form.querySelectorAll('button[aria-disabled]')) {
    button.removeAttribute('aria-disabled');
  }
}

function focusErrorSummary(root) {
  const summary = root.querySelector?.('[data-error-summary], .govuk-error-summary');
  if (summary) {
    summary.setAttribute('tabindex', '-1');
    summary.focus();
  }
}

function flash(button, text) {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = before; }, 2000);
}
