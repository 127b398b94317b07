/**
 * A reader for the JSON of certificates: objects, arrays, strings, `true` and `false`, and small whole numbers. It is
 * stricter than JSON.parse: a key that occurs twice is an error, and so are fractions and exponents (exact numbers
 * are strings), `null`, deep nesting, and more values than fit into a moderate memory.
 */
import { ExactError } from '../error.js';

/** What was read. Objects are maps, so that no key has a meaning of its own (`__proto__` is a name like any other). */
export type Json = string | number | boolean | readonly Json[] | ReadonlyMap<string, Json>;

/** The most values of one document: objects, arrays, strings (keys too), numbers, `true` and `false`. */
export const MAXIMUM_VALUES = 500_000;

/** Arrays and objects may lie in one another this deep. */
export const MAXIMUM_DEPTH = 8;

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y;
const WORD = /[^\s"[\]{},:]*/y;
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Reads one JSON document.
 *
 * @throws {ExactError} on anything else; the message names the place by line and column
 */
export function readJson(text: string): Json {
  let position = 0;
  let values = 0;

  function fail(what: string): never {
    let [line, start] = [1, 0];
    for (let end = text.indexOf('\n'); end >= 0 && end < position; end = text.indexOf('\n', start)) {
      [line, start] = [line + 1, end + 1];
    }
    const column = position - start + 1;
    throw new ExactError(`not JSON as certificates use it: ${what} at line ${line}, column ${column}`);
  }

  /** Counts a value before it is built. */
  function count(): void {
    values += 1;
    if (values > MAXIMUM_VALUES) fail(`more than ${MAXIMUM_VALUES} values`);
  }

  /** The match of a sticky expression at the position, which moves behind it. */
  function take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = position;
    const match = expression.exec(text);
    if (match !== null) position = expression.lastIndex;
    return match;
  }

  /** Skips spaces; whether the next character is the given one, which is then skipped too. */
  function next(character: string): boolean {
    take(SPACE);
    if (text[position] !== character) return false;
    position += 1;
    return true;
  }

  function string(): string {
    if (!next('"')) fail(position < text.length ? 'a string was expected' : 'the text ends early');
    let content = take(PLAIN)?.[0] ?? '';
    for (;;) {
      if (text[position] === '"') {
        position += 1;
        return content;
      }
      const escape = take(ESCAPE) ?? fail(position < text.length ? 'no character of a string' : 'the text ends early');
      const [, code, letter = ''] = escape;
      content += code === undefined ? (ESCAPES.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
      content += take(PLAIN)?.[0] ?? '';
    }
  }

  function word(): Json {
    const start = position;
    const found = take(WORD)?.[0] ?? '';
    if (found === 'true' || found === 'false') return found === 'true';
    if (WHOLE_NUMBER.test(found)) return Number(found);
    position = start;
    if (start >= text.length) return fail('the text ends early');
    return fail(found === 'null' ? 'null' : /^-?[\d.]/.test(found) ? 'a number that is not 0, 1, 2, …' : 'no value');
  }

  function value(depth: number): Json {
    count();
    take(SPACE);
    if (depth > MAXIMUM_DEPTH && /[[{]/.test(text.charAt(position))) fail(`nesting deeper than ${MAXIMUM_DEPTH}`);
    if (next('[')) {
      const items: Json[] = [];
      if (next(']')) return items;
      do items.push(value(depth + 1));
      while (next(','));
      return next(']') ? items : fail('"," or "]" was expected');
    }
    if (next('{')) {
      const members = new Map<string, Json>();
      if (next('}')) return members;
      do {
        count();
        const key = string();
        if (members.has(key)) fail('a key that occurs twice');
        if (!next(':')) fail('":" was expected');
        members.set(key, value(depth + 1));
      } while (next(','));
      return next('}') ? members : fail('"," or "}" was expected');
    }
    return text[position] === '"' ? string() : word();
  }

  const document = value(1);
  take(SPACE);
  if (position < text.length) fail('more text after the document');
  return document;
}
