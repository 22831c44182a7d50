// Pasted HTML, above all from Word and WPS, made into clean structure before the editor's schema reads it.
// Pure: HTML in, HTML and a count of what was dropped out.
import { allowedHref } from './schema.js';

export const largest = 5_000_000;

const removed = 'script,style,meta,link,title,base,object,embed,iframe,frame,applet,noscript,template,svg,math,canvas,audio,video,source,'
  + 'input,button,select,option,textarea,xml,head';
const kept = new Set(['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
  'hr', 'br', 'strong', 'em', 'u', 's', 'sup', 'sub', 'a', 'figure', 'figcaption', 'div']);
const renamed = { b: 'strong', i: 'em', strike: 's', del: 's', ins: 'u', h5: 'h4', h6: 'h4' };
const blocks = 'p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,table,hr,section,article,pre';
const cjk = '\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef';
const brokenLine = new RegExp(`([${cjk}])[ \\t]*\\r?\\n[ \\t]*(?=[${cjk}])`, 'g');

/**
 * @param {string} html what the clipboard holds
 * @param {(html: string) => Document} parse
 * @returns {{ html: string, dropped: Record<string, number> }}
 */
export function cleanPastedHtml(html, parse = text => new DOMParser().parseFromString(text, 'text/html')) {
  const dropped = { lists: 0, tables: 0, styles: 0, images: 0, empties: 0, indents: 0, links: 0, active: 0, nested: 0 };

  // Our own copy and paste carries ProseMirror's mark and is clean already.
  if (/data-pm-slice=/.test(html)) {
    return { html, dropped };
  }

  // Renamed before parsing: under the page's policy a style attribute would be refused, and its parsing reported.
  // Word's own style sheet goes first for the same reason.
  const page = parse(html.replace(/<!--[\s\S]*?-->|<(style|xml)\b[\s\S]*?<\/\1\s*>/gi, '').replace(/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, tag => tag.replace(/(\s)style(\s*=)/i, '$1data-pasted-style$2')));
  const { body } = page;

  removeComments(body);
  for (const element of body.querySelectorAll('span')) {
    if (/mso-list:\s*ignore/i.test(styleOf(element))) {
      element.setAttribute('data-marker', '');
    }
  }
  dropActive(body, dropped);
  joinBrokenLines(body);
  rebuildLists(page, body, dropped);
  flattenNestedTables(page, body, dropped);
  const hasTop = body.querySelector('h1') !== null;
  // From the inside out, so that a wrapper sees its content already clean.
  for (const element of [...body.querySelectorAll('*')].reverse()) {
    cleanElement(page, element, hasTop, dropped);
  }
  markHeaderRows(page, body, dropped);
  dropEmpties(body, dropped);

  return { html: body.innerHTML, dropped };
}

function styleOf(element) {
  return element.getAttribute('data-pasted-style') ?? '';
}

function declaration(style, name) {
  const match = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(style);
  return match ? match[1].trim().toLowerCase() : '';
}

function removeComments(root) {
  for (const node of [...root.childNodes]) {
    if (node.nodeType === 8) {
      node.remove();
    } else if (node.nodeType === 1) {
      removeComments(node);
    }
  }
}

function dropActive(body, dropped) {
  for (const element of body.querySelectorAll(removed)) {
    if (!/^(meta|link|style|title|xml|head|base)$/i.test(element.tagName)) {
      dropped.active += 1;
    }
    element.remove();
  }
  for (const element of [...body.querySelectorAll('*')]) {
    // o:p, v:shape, w:sdt, st1:date …: text stays, the wrapper goes.
    if (element.tagName.includes(':')) {
      unwrap(element);
    }
  }
  for (const image of body.querySelectorAll('img')) {
    dropped.images += 1;
    image.remove();
  }
}

// Word breaks its source lines inside Chinese sentences; a browser would show each break as a blank.
function joinBrokenLines(root) {
  for (const node of root.childNodes) {
    if (node.nodeType === 3) {
      node.data = node.data.replace(brokenLine, '$1');
    } else if (node.nodeType === 1) {
      joinBrokenLines(node);
    }
  }
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function listOf(paragraph) {
  const match = /mso-list:\s*l(\d+)\s+level(\d+)\s+lfo(\d+)/i.exec(styleOf(paragraph));
  return match ? { id: `${match[1]}-${match[3]}`, level: Number(match[2]) } : null;
}

function rebuildLists(page, body, dropped) {
  for (const first of [...body.querySelectorAll('p')]) {
    if (!first.isConnected || !listOf(first)) {
      continue;
    }

    const run = [];
    for (let next = first; next?.tagName === 'P' && listOf(next); next = next.nextElementSibling) {
      run.push({ paragraph: next, ...listOf(next), marker: takeMarker(next) });
    }
    // A paragraph taken out of the middle (Chinese numbering) ends one list and starts another.
    let open = [];
    let anchor = null;
    for (const item of run) {
      if (isChineseNumber(item.marker)) {
        // 一、（一）第一条 are part of an official text and stay as text.
        item.paragraph.prepend(page.createTextNode(item.marker));
        item.paragraph.setAttribute('data-pasted-style', '');
        open = [];
        anchor = null;
        continue;
      }

      const ordered = /[0-9０-９a-zA-Z]/.test(item.marker) && !/^[o§·•●■◆➢Øü-]$/u.test(item.marker.trim());
      while (open.length > 0 && open.at(-1).level > item.level) {
        open.pop();
      }
      let top = open.at(-1);
      if (!top || top.level < item.level || top.ordered !== ordered || (top.id !== item.id && top.level === item.level)) {
        if (top && top.level === item.level) {
          open.pop();
        }
        const list = page.createElement(ordered ? 'ol' : 'ul');
        const start = ordered ? startOf(item.marker) : 1;
        if (start > 1) {
          list.setAttribute('start', String(start));
        }
        dropped.lists += 1;
        const parent = open.at(-1)?.list.lastElementChild;
        if (parent) {
          parent.append(list);
        } else if (anchor) {
          anchor.after(list);
          anchor = list;
        } else {
          item.paragraph.before(list);
          anchor = list;
        }
        top = { list, level: item.level, ordered, id: item.id };
        open.push(top);
      }
      const entry = page.createElement('li');
      const inside = page.createElement('p');
      inside.append(...item.paragraph.childNodes);
      entry.append(inside);
      top.list.append(entry);
      item.paragraph.remove();
    }
  }

  for (const marker of [...body.querySelectorAll('[data-marker]')]) {
    unwrap(marker);
  }
}

function takeMarker(paragraph) {
  const span = paragraph.querySelector('[data-marker]');
  const text = (span?.textContent ?? '·').replace(/[\s\u00a0]+/g, '');
  span?.remove();
  return text;
}

function isChineseNumber(marker) {
  return /^[（(]?第?[〇零一二三四五六七八九十百千]+[）)、.．条章节款项]*/.test(marker);
}

function startOf(marker) {
  const digits = /\d+/.exec(marker.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)));
  return digits ? Math.min(Number(digits[0]), 9999) : 1;
}

function flattenNestedTables(page, body, dropped) {
  for (const inner of [...body.querySelectorAll('td table, th table')].reverse()) {
    dropped.nested += 1;
    const paragraphs = [...inner.querySelectorAll('tr')].map(row => {
      const paragraph = page.createElement('p');
      paragraph.textContent = [...row.children].map(cell => cell.textContent.trim()).filter(text => text !== '').join('　');
      return paragraph;
    });
    inner.replaceWith(...paragraphs);
  }
}

function cleanElement(page, element, hasTop, dropped) {
  const tag = element.tagName.toLowerCase();
  const style = styleOf(element);
  const parent = element.closest('td,th');

  const marks = [];
  const weight = declaration(style, 'font-weight');
  if (weight === 'bold' || weight === 'bolder' || Number(weight) >= 600) {
    marks.push('strong');
  }
  if (/italic|oblique/.test(declaration(style, 'font-style'))) {
    marks.push('em');
  }
  const line = `${declaration(style, 'text-decoration')} ${declaration(style, 'text-decoration-line')}`;
  if (line.includes('underline') && tag !== 'a') {
    marks.push('u');
  }
  if (line.includes('line-through')) {
    marks.push('s');
  }
  const vertical = declaration(style, 'vertical-align');
  if (vertical === 'super' || vertical === 'sub') {
    marks.push(vertical === 'super' ? 'sup' : 'sub');
  }
  const align = (declaration(style, 'text-align') || element.getAttribute('align') || '').toLowerCase();

  if ((tag === 'b' || tag === 'i') && /normal/.test(declaration(style, tag === 'b' ? 'font-weight' : 'font-style'))) {
    unwrap(element);
    return;
  }

  let name = renamed[tag] ?? tag;
  if (hasTop && /^h[1-4]$/.test(name)) {
    // The page's title is a field of its own; headings of the body start at the second level.
    name = `h${Math.min(Number(name[1]) + 1, 4)}`;
  } else if (name === 'h1') {
    name = 'h2';
  }
  if (name === 'pre' || name === 'section' || name === 'article' || name === 'center') {
    name = 'div';
  }
  if (name === 'div' && !element.querySelector(blocks)) {
    name = 'p';
  }
  if (parent && /^h[2-4]$/.test(name)) {
    name = 'p';
  }

  if (style !== '' || element.hasAttribute('class') || tag === 'font') {
    dropped.styles += 1;
  }

  if (name === 'a') {
    const href = element.getAttribute('href');
    // Anchors of Word's own cross references lead nowhere on the page.
    if (!href || href.startsWith('#') || !allowedHref(href)) {
      if (href && !href.startsWith('#')) {
        dropped.links += 1;
      }
      unwrap(element);
      return;
    }
  }

  if (!kept.has(name) || (name === 'div')) {
    wrapChildren(page, element, marks);
    unwrap(element);
    return;
  }

  const target = name === tag ? element : page.createElement(name);
  if (target !== element) {
    for (const attribute of ['colspan', 'rowspan', 'href', 'start', 'scope']) {
      if (element.hasAttribute(attribute)) {
        target.setAttribute(attribute, element.getAttribute(attribute));
      }
    }
    target.append(...element.childNodes);
    element.replaceWith(target);
  }

  const allowed = { a: ['href'], ol: ['start'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan', 'scope'] }[name] ?? [];
  for (const attribute of [...target.attributes]) {
    if (!allowed.includes(attribute.name)) {
      target.removeAttribute(attribute.name);
    }
  }

  if (/^(p|h[2-4]|td|th|li|a|u|s|strong|em)$/.test(name)) {
    wrapChildren(page, target, marks.filter(mark => mark !== name && !(mark === 'strong' && (name === 'th' || /^h/.test(name)))));
  }
  if (name === 'p' && /^(center|right)$/.test(align)) {
    target.classList.add(`p-align-${align}`);
  }
  // The first-line indent belongs to the style of the document, never to its text.
  if (name === 'p' && takeLeadingBlanks(target)) {
    dropped.indents += 1;
  }
}

function wrapChildren(page, element, marks) {
  const holders = [...element.childNodes].some(child => child.nodeType === 1 && child.matches(blocks)) ? [...element.querySelectorAll('p')] : [element];
  for (const mark of marks) {
    for (const holder of holders) {
      if (holder.textContent.trim() !== '') {
        const wrapper = page.createElement(mark);
        wrapper.append(...holder.childNodes);
        holder.append(wrapper);
      }
    }
  }
}

// 首行缩进 typed as blanks: two full-width blanks, or several narrow ones.
function takeLeadingBlanks(paragraph) {
  let node = paragraph;
  while (node && node.nodeType !== 3) {
    node = node.firstChild;
  }
  const blanks = node && /^[\t\r\n ]*(?:\u3000+|(?:[\u00a0\u2002\u2003][ \u00a0\u2002\u2003]*){2,})/.exec(node.data);
  if (!blanks || blanks[0].length === node.data.length && paragraph.textContent.trim() === '') {
    return false;
  }
  node.data = node.data.slice(blanks[0].length);
  return true;
}

function markHeaderRows(page, body, dropped) {
  for (const table of body.querySelectorAll('table')) {
    dropped.tables += 1;
    const rows = [...table.querySelectorAll('tr')];
    const cells = [...(rows[0]?.children ?? [])];
    const filled = cells.filter(cell => cell.textContent.trim() !== '');
    const bold = rows.length > 1 && filled.length > 0 && filled.every(isBold);
    const head = rows.filter(row => row.parentElement.tagName === 'THEAD');
    for (const row of new Set([...head, ...(bold ? [rows[0]] : [])])) {
      for (const cell of [...row.children]) {
        const header = page.createElement('th');
        for (const name of ['colspan', 'rowspan']) {
          if (cell.hasAttribute(name)) {
            header.setAttribute(name, cell.getAttribute(name));
          }
        }
        header.setAttribute('scope', 'col');
        header.append(...cell.childNodes);
        for (const strong of [...header.querySelectorAll('strong')]) {
          unwrap(strong);
        }
        cell.replaceWith(header);
      }
    }
    // One body only: the schema knows rows, not sections.
    for (const section of [...table.querySelectorAll('thead,tbody,tfoot')]) {
      unwrap(section);
    }
  }
}

function isBold(cell) {
  if (cell.tagName === 'TH') {
    return true;
  }
  const bold = [...cell.querySelectorAll('strong')].map(strong => strong.textContent).join('').replace(/\s/g, '');
  return bold.length >= cell.textContent.replace(/\s/g, '').length;
}

function dropEmpties(body, dropped) {
  for (const paragraph of [...body.querySelectorAll('p')]) {
    if (paragraph.textContent.replace(/[\s\u00a0\u3000]/g, '') === '' && !paragraph.querySelector('br') && !paragraph.closest('td,th,li')) {
      dropped.empties += 1;
      paragraph.remove();
    }
  }
  for (const heading of [...body.querySelectorAll('h2,h3,h4,strong,em,u,s')]) {
    if (heading.textContent === '') {
      heading.remove();
    }
  }
}
