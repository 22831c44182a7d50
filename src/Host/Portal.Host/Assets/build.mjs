// Builds wwwroot/assets: style sheets, scripts and pictures under content-hashed names, each with .br and .gz beside it,
// and manifest.json that maps plain names to hashed ones. Does nothing when no source changed.
//   node build.mjs            build
//   node build.mjs --force    build though nothing changed
//   node build.mjs --catalogue  also write the catalogue's pages to .catalogue/ (for looking, never served)
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../wwwroot/assets');
const flags = new Set(process.argv.slice(2));

const sheets = ['site', 'console'];
const scripts = ['site', 'console', 'editor', 'interview', 'puzzle'];

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter(e => e.isFile()).map(e => join(e.parentPath ?? e.path, e.name)).sort();
}

async function fingerprint() {
  const sources = [
    join(here, 'build.mjs'),
    join(here, 'package-lock.json'),
    ...(await Promise.all(['scss', 'js', 'img'].map(f => filesUnder(join(here, f))))).flat(),
  ];
  const hash = createHash('sha256');
  for (const file of sources) {
    hash.update(relative(here, file)).update('\0').update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

async function upToDate(mark) {
  const stamp = join(target, '.stamp');
  if (flags.has('--force') || !existsSync(stamp) || (await readFile(stamp, 'utf8')) !== mark) {
    return false;
  }
  const manifest = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'));
  return Object.values(manifest).every(name => existsSync(join(target, name)));
}

async function compileSheets() {
  const [sass, esbuild] = await Promise.all([import('sass'), import('esbuild')]);
  const made = [];
  for (const name of sheets) {
    const { css } = sass.compile(join(here, 'scss', `${name}.scss`), { style: 'expanded', quietDeps: true });
    const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: ['chrome109', 'firefox115', 'safari16'] });
    made.push([`${name}.css`, Buffer.from(code)]);
  }
  return made;
}

async function bundleScripts() {
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    entryPoints: scripts.map(name => join(here, 'js', `${name}.js`)),
    outdir: target,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  });
  return result.outputFiles.map(file => [relative(target, file.path), Buffer.from(file.contents)]);
}

async function pictures() {
  const folder = join(here, 'img');
  return Promise.all((await filesUnder(folder)).map(async file => [relative(folder, file), await readFile(file)]));
}

function hashedName(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
}

// url(pointer.svg) in a sheet means the hashed picture beside it.
function withPictures(css, files) {
  return Buffer.from(files.reduce(
    (text, [name, content]) => text.replaceAll(new RegExp(`url\\("?${name.replace('.', '\\.')}"?\\)`, 'g'), `url(${hashedName(name, content)})`),
    css.toString()));
}

async function build() {
  const began = performance.now();
  const mark = await fingerprint();
  if (await upToDate(mark)) {
    return false;
  }

  const [sheetFiles, scriptFiles, pictureFiles] = await Promise.all([compileSheets(), bundleScripts(), pictures()]);
  const outputs = [...sheetFiles.map(([name, css]) => [name, withPictures(css, pictureFiles)]), ...scriptFiles, ...pictureFiles];
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });

  const manifest = {};
  const sizes = {};
  await Promise.all(outputs.map(async ([name, content]) => {
    const hashed = hashedName(name, content);
    manifest[name] = hashed;
    await mkdir(dirname(join(fresh, hashed)), { recursive: true });
    await writeFile(join(fresh, hashed), content);
    if (!/\.(png|jpe?g|webp|avif|woff2)$/.test(name)) {
      await writeFile(join(fresh, `${hashed}.gz`), await promisify(gzip)(content, { level: 9 }));
      const packed = await promisify(brotliCompress)(content, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_QUALITY]: 10, // 11 gains 1 % and takes twice as long
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      });
      sizes[name] = packed.length;
      await writeFile(join(fresh, `${hashed}.br`), packed);
    }
  }));
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  await writeFile(join(fresh, '.stamp'), mark);

  // Swapped in whole, so that a server that reads meanwhile never sees half a build.
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);

  for (const [name, content] of outputs) {
    const packed = name in sizes ? `${(sizes[name] / 1024).toFixed(1).padStart(7)} KB br` : '';
    console.log(`${name.padEnd(24)} ${(content.length / 1024).toFixed(1).padStart(7)} KB ${packed}`);
  }
  console.log(`assets built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return true;
}

if (!(await build())) {
  console.log('assets are up to date');
}

if (flags.has('--catalogue')) {
  const { writeCatalogue } = await import('./catalogue/write.mjs');
  await writeCatalogue(JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8')));
}
