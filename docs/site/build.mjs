/**
 * Builds the documentation as one static site: `npm run docs`.
 *
 * Pages are the Markdown files of this folder, and one for each shipped theorem and lemma, generated from its module.
 * No page needs a script. A relative link that leads nowhere fails the build.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { formulas } from './formulas.mjs';
import { theoremPages } from './theorems.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const docs = join(root, 'docs');
const out = resolve(root, process.argv[2] ?? 'site');

/** Title and Markdown file of every page, by section; what is not listed here is found below its folder. */
const SECTIONS = [
  ['Start', [['Overview', 'README.md'], ['Tutorial', 'docs/tutorial.md']]],
  [
    'Guides',
    [
      ['Reading a report', 'docs/reading-a-report.md'],
      ['What a verdict means', 'docs/what-a-verdict-means.md'],
      ['What each verdict trusts', 'docs/what-each-verdict-trusts.md'],
      ['Encode your theorem', 'docs/encode-your-theorem.md'],
      ['Your paper and CI', 'docs/your-paper-and-ci.md'],
      ['In your test suite', 'docs/in-your-test-suite.md'],
      ['Points of your own', 'docs/inspect.md'],
      ['The hunt', 'docs/search.md'],
      ['Counterexamples', 'docs/counterexamples/README.md'],
      ['An example paper', 'docs/example-paper/README.md'],
    ],
  ],
  [
    'Reference',
    [
      ['Certificates', 'docs/certificates.md'],
      ['Proof certificates', 'docs/proof-certificates.md'],
      ['Architecture', 'docs/architecture.md'],
      ['Mutants', 'docs/mutants.md'],
      ['Benchmark', 'docs/benchmark.md'],
    ],
  ],
];

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** As GitHub makes them, so that links to headings work in both places. */
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** Where a file of the project stands on the site; undefined for what is not on it. */
const targetOf = (file) => {
  if (file === 'README.md') return 'index.html';
  if (!file.startsWith('docs/')) return undefined;
  const inside = file.slice('docs/'.length);
  return inside.endsWith('.md') ? inside.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html') : inside;
};

const broken = [];

/** A link as it stands in `file`, from the page of that file; undefined for a folder that is not on the site. */
const rewrite = (href, file, page) => {
  if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href;
  const [path, anchor = ''] = href.split('#');
  let linked = posix.join(posix.dirname(file), path).replace(/\/$/, '');
  const absolute = join(root, linked);
  if (!existsSync(absolute)) {
    broken.push(`${file}: ${href}`);
    return href;
  }
  if (statSync(absolute).isDirectory()) {
    linked = `${linked}/README.md`;
    if (targetOf(linked) === undefined || !existsSync(join(root, linked))) return undefined;
  }
  // Outside of the site there are few files, which the package carries: CITATION.cff, LICENSE.
  const target = targetOf(linked) ?? linked;
  if (targetOf(linked) === undefined) extra.add(linked);
  const from = posix.relative(posix.dirname(page), target);
  return anchor === '' ? from : `${from}#${anchor}`;
};
const extra = new Set();

const render = (markdown, file, page) => {
  const marked = new Marked({ gfm: true });
  marked.use(formulas);
  marked.use({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const [target, text] = [rewrite(href, file, page), this.parser.parseInline(tokens)];
        return target === undefined ? text : `<a href="${escape(target)}">${text}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escape(rewrite(href, file, page) ?? href)}" alt="${escape(text)}">`;
      },
      code({ text, lang }) {
        const kind = (lang ?? '').split(' ')[0];
        return `<pre tabindex="0" class="${escape(kind)}"><code>${escape(text)}\n</code></pre>\n`;
      },
      html({ text }) {
        return /^\s*<!--/.test(text) ? '' : escape(text);
      },
    },
  });
  // Wide tables scroll by themselves.
  return marked
    .parse(markdown)
    // A column of names without a heading.
    .replaceAll(/<th([^>]*)><\/th>/g, '<td$1></td>')
    .replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
};

const layout = ({ title, body, page, sections }) => {
  const up = '../'.repeat(page.split('/').length - 1);
  const item = ([name, target]) =>
    `<li><a href="${up}${target}"${target === page ? ' aria-current="page"' : ''}>${escape(name)}</a></li>`;
  const menu = sections
    .map(([name, entries]) => `<h2>${escape(name)}</h2><ul>${entries.map(item).join('')}</ul>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · ufm-check</title>
<link rel="stylesheet" href="${up}style.css">
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header><a class="home" href="${up}index.html">ufm-check</a> <span>theorems of unconstrained features models</span>
<a class="to-pages" href="#pages">All pages</a></header>
<div class="columns">
<nav id="pages" aria-label="Pages">
${menu}
</nav>
<main id="content">
${body}
</main>
</div>
</body>
</html>
`;
};

const write = (target, text) => {
  const path = join(out, target);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Every file below a folder, as paths from the root. */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((x) =>
    x.isDirectory() ? filesIn(join(folder, x.name)) : [relative(root, join(folder, x.name))],
  );

const generated = theoremPages();
const listed = SECTIONS.flatMap(([, entries]) => entries.map(([, file]) => file));
const sections = [
  ...SECTIONS.map(([name, entries]) => [name, entries.map(([title, file]) => [title, targetOf(file)])]),
  ['Theorems', generated.filter((x) => x.kind === 'theorem').map((x) => [x.name, x.page])],
  ['Lemmas', generated.filter((x) => x.kind === 'lemma').map((x) => [x.name, x.page])],
  ['API', [['Every export', 'api/index.html']]],
];

// Of a former build only what this one writes: the API pages are made by typedoc.
for (const name of existsSync(out) ? readdirSync(out) : []) {
  if (name !== 'api') rmSync(join(out, name), { recursive: true });
}
const assets = filesIn(docs).filter((x) => !/^docs\/(api|site|ci)\//.test(x));
for (const file of [...new Set([...listed, ...assets])]) {
  const target = targetOf(file);
  if (!file.endsWith('.md')) {
    mkdirSync(dirname(join(out, target)), { recursive: true });
    cpSync(join(root, file), join(out, target));
    continue;
  }
  const markdown = readFileSync(join(root, file), 'utf8');
  const title = /^# (.*)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? file;
  write(target, layout({ title, body: render(markdown, file, target), page: target, sections }));
}
for (const { name, page, body } of generated) write(page, layout({ title: name, body, page, sections }));
cpSync(join(docs, 'site', 'style.css'), join(out, 'style.css'));
cpSync(join(docs, 'ci'), join(out, 'ci'), { recursive: true });
for (const file of extra) {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  cpSync(join(root, file), join(out, file));
}
if (broken.length > 0) {
  console.error(`links that lead nowhere:\n${broken.join('\n')}`);
  process.exit(1);
}
const written = filesIn(out).filter((x) => x.endsWith('.html') && !x.includes('/api/'));
console.log(`${written.length} pages in ${relative(root, out)}/`);
