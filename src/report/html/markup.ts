/** Markup as text. Everything that is not markup goes through `escape`; what is written here is well-formed XML. */
import { escapeXml } from '../../symbolic/mathml.js';

export const escape = escapeXml;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; its attributes are escaped, its children are markup. */
export const el = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const given = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escape(String(value))}"`))
    .join('');
  return `<${name}${given}>${children.join('')}</${name}>`;
};

/** The same without children. */
export const leaf = (name: string, attributes: Attributes): string =>
  el(name, attributes).replace(new RegExp(`></${name}>$`), '/>');

/** Plain text in an element. */
export const say = (name: string, text: string, attributes: Attributes = {}): string =>
  el(name, attributes, escape(text));

/** What may be wider than the page scrolls by itself, also from the keyboard. */
export const scrolling = (label: string, ...children: readonly string[]): string =>
  el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': label }, ...children);

/** A command to paste, whose lines break between its words alone. */
export const command = (text: string): string =>
  el(
    'p',
    { class: 'command' },
    say('span', 'again ', { class: 'label' }),
    el('code', {}, text.split(' ').map((x) => say('span', x)).join(' ')),
  );

/** A name that is safe in an id. */
export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
