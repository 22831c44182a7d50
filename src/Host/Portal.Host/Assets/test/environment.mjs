// A DOM for the tests, before any module that asks for one.
import { Window } from 'happy-dom';

export const window = new Window({ url: 'http://localhost/' });

for (const name of ['window', 'document', 'DOMParser', 'Node', 'Element', 'HTMLElement', 'MutationObserver', 'getSelection']) {
  if (!(name in globalThis) || name === 'window' || name === 'document') {
    globalThis[name] = name === 'window' ? window : window[name];
  }
}
