// The documents as pages for the console's links: Markdown becomes HTML when the product is built, with the console's colours.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { marked, Renderer } from 'marked';

/** As GitHub makes it, so that links into a page lead to the same heading here and there. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/<[^>]*>|&#?\w+;/g, '')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const toPageName = (file: string): string => file.replace(/\.md$/, '.html');

/** `null` where a link leads to what is no page. */
const toHref = (href: string, from: string, files: ReadonlySet<string>): string | null => {
  if (/^(?:https?:|#)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const file = posix.join(posix.dirname(from), path);
  if (!files.has(file)) return null;
  const page = posix.relative(posix.dirname(from), toPageName(file));
  return anchor === undefined ? page : `${page}#${anchor}`;
};

const toHtml = (text: string, from: string, files: ReadonlySet<string>): string => {
  const renderer = new Renderer();
  renderer.heading = function ({ tokens, depth }) {
    const inner = this.parser.parseInline(tokens);
    return `<h${depth} id="${anchorOf(inner)}">${inner}</h${depth}>\n`;
  };
  renderer.link = function ({ href, tokens }) {
    const inner = this.parser.parseInline(tokens);
    const target = toHref(href, from, files);
    return target === null ? inner : `<a href="${target}">${inner}</a>`;
  };
  renderer.table = function (token) {
    return `<div class="table">${Renderer.prototype.table.call(this, token)}</div>`;
  };
  return marked.parse(text, { renderer, async: false });
};

const page = (title: string, content: string, root: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · invitations-mock</title>
<link rel="stylesheet" href="${root}documents.css">
</head>
<body>
<header><a href="${root}../">Console</a> <a href="${root}README.html">All documents</a></header>
<main>
${content}</main>
</body>
</html>
`;

/** Writes a page for the README and for each document of `docs` into `folder`. */
export const writeDocuments = (root: string, folder: string): void => {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`);
  const files = new Set(['README.md', ...inDocs]);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const [, title = file] = /^# (.+)$/m.exec(text) ?? [];
    const target = join(folder, toPageName(file));
    mkdirSync(dirname(target), { recursive: true });
    const up = '../'.repeat(file.split('/').length - 1);
    writeFileSync(target, page(title, toHtml(text, file, files), up));
  }
  const styles = ['tokens', 'documents'].map((name) =>
    readFileSync(join(root, `mock-server/console/styles/${name}.css`), 'utf8'),
  );
  writeFileSync(join(folder, 'documents.css'), styles.join('\n'));
};
