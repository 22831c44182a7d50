let region;

/** Says something politely to screen readers; the same place every time. */
export function announce(text) {
  if (!region) {
    region = document.createElement('div');
    region.className = 'p-hidden';
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  region.textContent = '';
  // A change in a later task is what screen readers notice.
  setTimeout(() => { region.textContent = text; }, 50);
}

export async function copyText(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'p-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) {
    throw new Error('copy');
  }
}
