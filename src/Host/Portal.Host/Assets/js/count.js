// How much of a text's limit is used. The browser never cuts what somebody pastes: the server says what is too long.
import { announce } from './announce.js';

const english = document.documentElement.lang.startsWith('en');
const words = {
  used: english ? (used, most) => `${used} of ${most} characters` : (used, most) => `已输入${used}字，最多${most}字`,
  over: english ? (used, most) => `${used - most} characters too many` : (used, most) => `已超出${used - most}字，最多${most}字`,
};

export function startCounts() {
  for (const field of document.querySelectorAll('textarea[data-most]')) {
    const most = Number(field.dataset.most);
    const shown = document.createElement('p');
    shown.className = 'govuk-hint p-count';
    field.after(shown);
    let over = false;
    const count = () => {
      const used = [...field.value.trim().replace(/\r\n/g, '\n')].length;
      shown.textContent = used > most ? words.over(used, most) : words.used(used, most);
      shown.classList.toggle('p-count--over', used > most);
      // Said once when the limit is passed, not at every key.
      if (used > most && !over) {
        announce(shown.textContent);
      }
      over = used > most;
    };
    field.addEventListener('input', count);
    count();
  }
}
