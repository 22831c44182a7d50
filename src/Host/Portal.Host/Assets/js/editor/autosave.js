import { say } from '../strings.zh-CN.js';

const wait = 10_000;
const patience = 15_000;
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });
const dayClock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });

/** A field of the form by its name; the server does not tell Version from version, so neither do we. */
export function fieldOf(form, name) {
  return form ? [...form.elements].find(field => field.name?.toLowerCase() === name) ?? null : null;
}

/** The copy on this machine: the last resort when the server cannot be reached or has forgotten who we are. */
export class LocalDraft {
  constructor(key) {
    this.key = key ? `portal:draft:${key}` : null;
  }

  keep(body, version, conflict = false) {
    if (!this.key) {
      return false;
    }
    try {
      localStorage.setItem(this.key, JSON.stringify({ body, version, conflict, at: Date.now() }));
      return true;
    } catch {
      return false; // full or forbidden: the caller says so
    }
  }

  drop() {
    if (this.key) {
      localStorage.removeItem(this.key);
    }
  }

  /** What was left here and not saved: of the same version, or kept aside because of a conflict. */
  left(version, current) {
    if (!this.key) {
      return null;
    }
    try {
      const draft = JSON.parse(localStorage.getItem(this.key));
      if (!draft || draft.body === current) {
        return null;
      }
      if (!draft.conflict && draft.version !== version) {
        this.drop(); // the server has moved on since: this text was saved by the form
        return null;
      }
      return { ...draft, when: dayClock.format(draft.at) };
    } catch {
      return null;
    }
  }
}

/** The list of what is still to be done, as the answer of a save tells it; the page drew it the same way. */
export function showChecks(list, checks) {
  list?.replaceChildren(...checks.map(({ done, required, text, anchor }) => {
    const item = document.createElement('li');
    item.className = `c-checklist__item c-checklist__item--${done ? 'ok' : required ? 'bad' : 'warn'}`;
    if (done) {
      item.textContent = text;
    } else {
      const link = document.createElement('a');
      link.href = `#${anchor}`;
      link.textContent = text;
      item.append(link);
    }
    return item;
  }));
}

/** The page's own word about its last save: it follows a save, and never stays green beside a failure. */
export function showMark(mark, state, text) {
  if (mark && (state === 'ok' || state === 'bad')) {
    mark.className = state === 'ok' ? 'c-saved c-saved--ok' : 'c-saved';
    mark.textContent = state === 'ok' ? text : '';
  }
}

/**
 * Saves ten seconds after a change and when the focus leaves.
 * The server answers 200 { version, savedAt?, notices?, checks? }, 409 { compare? }, 4xx with a problem.
 */
export class Autosave {
  #timer;
  #running = null;
  #again = false;
  #stopped = false;
  #held = false;
  #saved;

  constructor({ url, form, read, version, token, draft, show, onConflict, onChecks, compare }) {
    Object.assign(this, { url, form, read, version, token, draft, show, onConflict, onChecks, compare });
    this.#saved = read();
  }

  get dirty() {
    return this.read() !== this.#saved;
  }

  changed() {
    if (this.#stopped || !this.url) {
      return;
    }
    this.show('dirty', say('save.dirty'));
    // Not put off by further typing: at most ten seconds of text are at risk.
    this.#timer ??= setTimeout(() => this.save(), wait);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /**
   * A form sent while a save is under way (leaving the text for the button starts one) would carry the version from
   * before it and collide with the writer's own save: it waits for the answer and goes then.
   */
  hold(event) {
    if (!this.#running) {
      return false;
    }
    event.preventDefault();
    if (!this.#held) {
      this.#held = true;
      const { target, submitter } = event;
      this.#running.then(() => {
        this.#held = false;
        target.requestSubmit(submitter);
      });
    }
    return true;
  }

  async save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped || !this.url) {
      return;
    }
    if (this.#running) {
      this.#again = true;
      return;
    }
    const body = this.read();
    if (body === this.#saved) {
      return;
    }
    this.#running = this.#send(body);
    await this.#running;
    this.#running = null;
    if (this.#again) {
      this.#again = false;
      this.changed();
    }
  }

  async #send(body) {
    this.show('busy', say('save.busy'));
    const fields = new URLSearchParams();
    const known = new Set(['body', 'version']);
    if (this.form) {
      for (const [name, value] of new FormData(this.form)) {
        if (typeof value === 'string') {
          fields.append(known.has(name.toLowerCase()) ? name.toLowerCase() : name, value);
        }
      }
    }
    fields.set('body', body);
    fields.set('version', this.version);
    if (this.token) {
      fields.set('_token', this.token);
    }

    let response;
    try {
      response = await fetch(this.url, {
        method: 'POST',
        body: fields,
        headers: { Accept: 'application/json', ...(this.token && { 'X-Portal-Token': this.token }) },
        redirect: 'manual', // a redirect is the sign-in page: nothing was saved
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      this.#keep(body, 'save.local');
      return;
    }

    if (response.ok) {
      const answer = await response.json().catch(() => ({}));
      this.#saved = body;
      if (answer.version !== undefined) {
        this.version = String(answer.version);
        const field = fieldOf(this.form, 'version');
        if (field) {
          field.value = this.version;
        }
      }
      if (answer.checks) {
        this.onChecks?.(answer.checks);
      }
      this.draft.drop();
      this.show('ok', say('save.ok', clock.format(answer.savedAt ? new Date(answer.savedAt) : new Date())));
      if (this.read() === body) {
        this.form?.dispatchEvent(new CustomEvent('portal:saved', { bubbles: true }));
      }
      return;
    }

    if (response.status === 409) {
      const answer = await response.json().catch(() => ({}));
      this.draft.keep(body, this.version, true);
      this.stop();
      this.show('bad', say('save.conflict'));
      this.onConflict(answer.compare ?? this.compare);
      return;
    }
    if (response.status === 401 || response.type === 'opaqueredirect') {
      this.#keep(body, 'save.expired');
    } else if (response.status === 403) {
      this.#keep(body, 'save.forbidden');
    } else if (response.status === 400 || response.status === 422) {
      const answer = await response.json().catch(() => ({}));
      this.draft.keep(body, this.version);
      this.show('bad', say('save.rejected', answer.detail ?? answer.title ?? response.status));
    } else {
      this.#keep(body, 'save.local');
    }
  }

  #keep(body, message) {
    const kept = this.draft.keep(body, this.version);
    this.show('bad', kept ? say(message, clock.format(new Date())) : say('save.nowhere'));
    this.#timer ??= setTimeout(() => this.save(), 3 * wait);
  }
}
