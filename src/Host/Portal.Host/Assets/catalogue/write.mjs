// Puts the catalogue's pages together: <!-- part: name --> from parts/, {{name}} from the manifest. For looking, never served.
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../.catalogue');

export async function writeCatalogue(manifest) {
  const parts = {};
  for (const file of await readdir(join(here, 'parts'))) {
    parts[file.replace('.html', '')] = await readFile(join(here, 'parts', file), 'utf8');
  }

  await mkdir(out, { recursive: true });
  const pages = (await readdir(here)).filter(name => name.endsWith('.html')).map(name => join(here, name));
  for (const page of [join(here, '../catalogue.html'), ...pages]) {
    const text = (await readFile(page, 'utf8'))
      .replace(/<!-- part: ([\w-]+) -->/g, (_, name) => parts[name])
      .replace(/<!-- part: ([\w-]+) -->/g, (_, name) => parts[name])
      .replace(/\{\{([\w.-]+)\}\}/g, (_, name) => `../../wwwroot/assets/${manifest[name] ?? name}`);
    await writeFile(join(out, page.slice(page.lastIndexOf('/') + 1)), text);
  }
  await cp(join(here, 'img'), join(out, 'img'), { recursive: true });
  console.log(`catalogue written to ${out}`);
}
