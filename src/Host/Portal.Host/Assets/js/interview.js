// The live page of an interview: adds what is said next. Without it the page loads itself anew.
const live = document.querySelector('[data-live]');
if (live) {
  follow(live);
}

function follow(live) {
  const list = live.querySelector('[data-live-lines]');
  const blank = live.querySelector('[data-live-line]');
  const none = live.querySelector('[data-live-none]');
  const questions = live.querySelector('[data-live-questions]');
  const state = live.querySelector('[data-live-state]');
  const note = live.querySelector('[data-live-note]');
  const told = live.querySelector('[data-live-announce]');
  const waiting = [];
  let timer = 0;

  // Screen readers hear what is new every few seconds, not every line at once.
  function announce(text) {
    waiting.push(text);
    timer ||= setTimeout(() => {
      told.textContent = waiting.length > 3 ? live.querySelector('[data-live-note]').dataset.new.replace('{0}', waiting.length) : waiting.join(' ');
      waiting.length = 0;
      timer = 0;
    }, 3000);
  }

  function paragraphs(box, text) {
    box.replaceChildren(...text.split('\n').filter(line => line).map(line => {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      return paragraph;
    }));
  }

  function fill(item, line) {
    const [role, shade] = line.role.split('-');
    item.className = `p-said__item p-said__item--${role} p-said__item--shade-${shade ? (shade - 1) % 4 + 1 : 0}`;
    item.id = `line-${line.n}`;
    item.dataset.line = line.n;
    item.querySelector('.p-said__role').textContent = line.label;
    item.querySelector('.p-said__name').textContent = line.name;
    item.querySelector('.p-said__at').textContent = line.at;
    const corrected = item.querySelector('.p-said__corrected');
    if (corrected) {
      corrected.hidden = !line.corrected;
    }
    paragraphs(item.querySelector('.p-said__text'), line.text);
  }

  function show(line) {
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 200;
    const known = list.querySelector(`[data-line="${Number(line.n)}"]`);
    const item = blank.content.firstElementChild.cloneNode(true);
    fill(item, line);
    if (known) {
      const before = known.querySelector('.p-said__text').textContent;
      known.replaceWith(item);
      // Who listens has heard the wrong words; a line that only arrives a second time is none.
      if (line.corrected && before !== item.querySelector('.p-said__text').textContent) {
        announce(`${item.querySelector('.p-said__corrected').textContent}：${line.name}：${line.text}`);
      }
    } else {
      list.append(item);
      announce(`${line.name}：${line.text}`);
    }
    none.hidden = true;
    if (atEnd && !known && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      item.scrollIntoView({ block: 'nearest' });
    }
  }

  function say(text) {
    note.textContent = text;
    note.hidden = !text;
  }

  const source = new EventSource(`${live.dataset.live}?after=${live.dataset.after}`);
  const read = handle => event => handle(JSON.parse(event.data));
  source.addEventListener('utterance', read(show));
  source.addEventListener('correction', read(show));
  source.addEventListener('question', read(question => {
    const item = document.createElement('li');
    item.className = 'p-asked__item';
    const name = document.createElement('span');
    name.className = 'p-asked__name';
    name.textContent = `${question.name}：`;
    item.append(name, question.text);
    questions.append(item);
  }));
  source.addEventListener('state', read(now => {
    state.textContent = now.text;
    if (now.over) {
      source.close();
    }
  }));
  source.addEventListener('open', () => say(''));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      // Full, or over: the page itself is asked now and then.
      say(note.dataset.full);
      setTimeout(() => location.reload(), Number(live.dataset.seconds) * 1000);
    } else {
      say(note.dataset.lost);
    }
  });
  addEventListener('pagehide', () => source.close());
}
