import { announce } from '../announce.js';
import { say } from '../strings.zh-CN.js';

/** Select all, count, and no batch without a selection. */
export function startBatches() {
  document.addEventListener('change', event => {
    const form = event.target.closest?.('[data-batch]');
    if (!form || event.target.type !== 'checkbox') {
      return;
    }
    const all = form.querySelector('[data-select-all]');
    const each = boxes(form);
    if (event.target === all) {
      for (const box of each) {
        box.checked = all.checked;
      }
    }
    const count = each.filter(box => box.checked).length;
    if (all) {
      all.checked = count > 0 && count === each.length;
      all.indeterminate = count > 0 && count < each.length;
    }
    const place = form.querySelector('[data-selected]');
    if (place) {
      place.textContent = count === 0 ? say('selected.none') : say('selected.some', count);
    }
  });

  // In the capture phase: before the guard against double submission counts this as sent.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.matches('[data-batch]') && event.submitter?.hasAttribute('data-needs-selection') && !boxes(form).some(box => box.checked)) {
      event.preventDefault();
      announce(say('selected.needed'));
      boxes(form)[0]?.focus();
    }
  }, true);
}

function boxes(form) {
  return [...form.querySelectorAll('tbody input[type="checkbox"][name]')];
}
