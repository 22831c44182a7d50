// Answers the puzzle of a turn away from the page, so that the page stays as quick as it is.
import { solve } from './solve.js';

addEventListener('message', async ({ data }) => {
  postMessage(await solve(data));
});
