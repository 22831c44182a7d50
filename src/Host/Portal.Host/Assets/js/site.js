// Extras of the public site. Nothing here is needed to read, search, write or answer.
import { announce, copyText } from './announce.js';
import { startCounts } from './count.js';

startCounts();

const words = document.documentElement.lang.startsWith('en')
  ? { copy: 'Copy link', copied: 'Link copied', failed: 'Please copy the address by hand', read: 'Read aloud', stop: 'Stop reading' }
  : { copy: '复制链接', copied: '链接已复制', failed: '请手动复制地址', read: '朗读', stop: '停止朗读' };

for (const row of document.querySelectorAll('[data-share]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'p-share__link';
  button.textContent = words.copy;
  button.addEventListener('click', async () => {
    try {
      await copyText(document.querySelector('link[rel="canonical"]')?.href ?? location.href.split('#')[0]);
      button.textContent = words.copied;
      announce(words.copied);
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    } catch {
      announce(words.failed);
    }
  });
  row.append(button);
}

// A form that was given a turn: the device answers its puzzle, and whoever sends the form then need not wait. The button works
// all the while; without workers or without encryption the turn is waited for, as without any script.
for (const status of document.querySelectorAll('[data-puzzle]')) {
  const answer = status.closest('form')?.querySelector('input[name="TurnAnswer"]');
  const bits = Number.parseInt(status.dataset.puzzle, 10);
  if (answer && bits > 0 && window.Worker && window.crypto?.subtle) {
    const worker = new Worker(status.dataset.puzzleWorker, { type: 'module' });
    const end = (text) => {
      worker.terminate();
      status.textContent = text;
    };
    worker.addEventListener('message', ({ data }) => {
      if (data === null) {
        end(status.dataset.puzzleWaits);
        return;
      }
      answer.value = String(data);
      end(status.dataset.puzzleDone);
    });
    worker.addEventListener('error', () => end(status.dataset.puzzleWaits));
    // A change in a later task is what screen readers notice.
    setTimeout(() => { status.textContent ||= status.dataset.puzzleWorks; }, 50);
    worker.postMessage(status.dataset.puzzle);
  }
}

// G-35: what a reader has selected goes along with the report of an error, with the words around it, so that staff find the place.
const longest = { quote: 300, around: 24 };
for (const link of document.querySelectorAll('[data-report-error]')) {
  const plain = link.href;
  const aim = () => {
    const passage = selectedPassage();
    link.href = passage ? `${plain}&${new URLSearchParams(passage)}` : plain;
  };
  // A press takes the selection away before the click comes.
  link.addEventListener('pointerdown', aim);
  link.addEventListener('focus', aim);
}

function selectedPassage() {
  const selection = getSelection();
  const main = document.querySelector('#main');
  if (!main || !selection || selection.isCollapsed || selection.rangeCount === 0) {
    return null;
  }
  const range = selection.getRangeAt(0);
  const quote = oneLine(range.toString());
  if (!main.contains(range.commonAncestorContainer) || quote === '' || quote.length > longest.quote) {
    return null;
  }
  const before = document.createRange();
  before.setStart(blockOf(range.startContainer, main), 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  const last = blockOf(range.endContainer, main);
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(last, last.childNodes.length);
  return { quote, prefix: oneLine(before.toString()).slice(-longest.around), suffix: oneLine(after.toString()).slice(0, longest.around) };
}

function blockOf(node, main) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest('p, li, th, td, dd, h1, h2, h3, h4, figcaption, caption') ?? main;
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

// E-03: reading aloud on article pages, with a switch.
const article = document.querySelector('[data-read-aloud]');
const aids = article?.querySelector('.p-aids');
if (aids && 'speechSynthesis' in window) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.read;
  button.setAttribute('aria-pressed', 'false');
  aids.append(button);

  const show = reading => {
    button.setAttribute('aria-pressed', String(reading));
    button.textContent = reading ? words.stop : words.read;
  };

  const stop = () => {
    speechSynthesis.cancel();
    show(false);
  };

  button.addEventListener('click', () => {
    if (button.getAttribute('aria-pressed') === 'true') {
      stop();
      return;
    }
    speechSynthesis.cancel();
    const sentences = textOf(article);
    show(sentences.length > 0);
    // Sentence by sentence: browsers stop long utterances after some seconds.
    sentences.forEach((sentence, index) => {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.lang = article.lang || document.documentElement.lang || 'zh-CN';
      if (index === sentences.length - 1) {
        utterance.onend = () => show(false);
      }
      utterance.onerror = () => show(false);
      speechSynthesis.speak(utterance);
    });
  });
  addEventListener('pagehide', stop);
}

function textOf(root) {
  const parts = [root.querySelector('.p-article__title')?.textContent ?? ''];
  for (const block of root.querySelectorAll('.p-body :is(p, h2, h3, h4, li, th, td, figcaption, caption)')) {
    if (!block.querySelector('p, li')) {
      parts.push(block.textContent);
    }
  }
  return parts.flatMap(part => part.replace(/\s+/g, ' ').trim().match(/[^。！？；.!?;]+[。！？；.!?;]?/g) ?? []).filter(part => part.trim() !== '');
}

// What was typed is not lost in silence: leaving asks first, and the switches of the page's head take the form along by its own
// buttons, as the form does without any script.
const dirty = new Set();
for (const form of document.querySelectorAll('form[data-guard]')) {
  if (form.querySelector('[data-returned]')) {
    dirty.add(form);
  }
  form.addEventListener('input', () => dirty.add(form));
  form.addEventListener('submit', () => dirty.delete(form));
}
addEventListener('beforeunload', event => {
  if (dirty.size > 0) {
    event.preventDefault();
  }
});
for (const link of document.querySelectorAll('a[data-mode]')) {
  link.addEventListener('click', event => {
    const [form] = dirty;
    const button = form?.querySelector(`button[data-mode="${link.dataset.mode}"]`);
    if (button && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit(button);
    }
  });
}
