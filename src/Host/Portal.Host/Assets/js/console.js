// The console works without this file; it adds keys, guards and partial updates.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { startCounts } from './count.js';
import { readStrings } from './strings.zh-CN.js';
import { startForms } from './console/forms.js';
import { startKeys } from './console/keys.js';
import { startBatches } from './console/batches.js';
import { startTables } from './console/tables.js';

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // staff pages never go into localStorage
  scrollBehavior: 'auto',
});

// A validation error (422) and a conflict (409) come back as a page part to show.
document.addEventListener('htmx:beforeSwap', event => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

readStrings();
startCounts();
startForms();
startKeys();
startBatches();
startTables();
