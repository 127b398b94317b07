/** Formulas between `$…$` and `$$…$$` in Markdown, as MathML: no page needs a script. A broken one is an error. */
import temml from 'temml';

const mathml = (latex, displayMode) =>
  temml.renderToString(latex, { displayMode, throwOnError: true, strict: true, trust: false });

/** Longer, a formula in a line may be wider than a phone, and scrolls by itself. */
const LONG = 50;

/** Extensions of marked. Code is read first, so a `$` in a command stays what it is. */
export const formulas = {
  extensions: [
    {
      name: 'displayed',
      level: 'block',
      start: (text) => /^\$\$$/m.exec(text)?.index,
      tokenizer(text) {
        const [raw, latex] = /^\$\$\n([^]+?)\n\$\$(?:\n|$)/.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'displayed', raw, latex };
      },
      renderer: ({ latex }) => `<div class="formula" tabindex="0">${mathml(latex, true)}</div>\n`,
    },
    {
      name: 'inline',
      level: 'inline',
      start: (text) => text.indexOf('$'),
      tokenizer(text) {
        const [raw, latex] = /^\$([^\s$](?:[^$\n]*[^\s$])?)\$/.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'inline', raw, latex };
      },
      // A browser breaks no line within a formula.
      renderer: ({ latex }) =>
        latex.length > LONG ? `<span class="long" tabindex="0">${mathml(latex, false)}</span>` : mathml(latex, false),
    },
  ],
};
