/**
 * On a narrow screen a row becomes a card (CSS): each cell then names its column, and keeps its role, which browsers
 * take away from a table whose parts are no table boxes.
 */
export function startTables() {
  for (const table of document.querySelectorAll('.c-table')) {
    const names = [...table.tHead?.rows[0]?.cells ?? []].map(cell => cell.textContent.trim());
    table.classList.add('c-table--cards');
    table.setAttribute('role', 'table');
    for (const part of table.querySelectorAll('thead, tbody')) {
      part.setAttribute('role', 'rowgroup');
    }
    for (const row of table.rows) {
      row.setAttribute('role', 'row');
      for (const cell of row.cells) {
        const heads = cell.closest('thead');
        cell.setAttribute('role', heads ? 'columnheader' : cell.tagName === 'TH' ? 'rowheader' : 'cell');
        if (!heads && names[cell.cellIndex]) {
          cell.dataset.label = names[cell.cellIndex];
        }
        cell.toggleAttribute('data-empty', !heads && !cell.textContent.trim() && !cell.querySelector('img, input'));
      }
    }
  }
}
