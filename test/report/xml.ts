/** Whether a text is well-formed markup: every element closed, every attribute quoted, every & an entity. */
const ATTRIBUTES = /((?:\s+[a-zA-Z_:][\w:.-]*="[^"<]*")*)/.source;
const TAG = new RegExp(`<(/?)([a-zA-Z][\\w-]*)${ATTRIBUTES}\\s*(/?)>`).source;
const ENTITY = /&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot);/.source;
const TOKEN = new RegExp(`<!--[^]*?-->|<!doctype html>|${TAG}|${ENTITY}|[^<&]+`, 'gy');

/** The first defect, with what surrounds it; undefined for well-formed markup. */
export const markupDefect = (text: string): string | undefined => {
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return `not markup: ${text.slice(at, at + 80)}`;
    at = TOKEN.lastIndex;
    const [, closing, name, attributes = '', empty] = match;
    if (name === undefined) continue;
    const named = [...attributes.matchAll(/([\w:.-]+)="/g)].map((x) => x[1]);
    if (new Set(named).size < named.length) return `an attribute twice: ${match[0]}`;
    if (closing === '/') {
      const expected = open.pop();
      if (expected !== name) return `</${name}> closes <${expected ?? 'nothing'}>: ${text.slice(at - 120, at)}`;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0 ? undefined : `never closed: ${open.join(' ')}`;
};

/** The text between the tags, with entities read and white space joined. */
export const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
