/** Prose of modules on a page: subscripts that it writes as `λ_{W₁}`, `λ_W₁`, `1_N` or `‖X‖_*` are set as such. */
import { escape } from './markup.js';

/** What a subscript may follow: a Greek letter, ∇, the end of a norm, or a letter or digit that stands alone. */
const BASE = String.raw`\p{Script=Greek}\p{M}*|[‖∇]|(?<![\p{L}\p{N}_])[\p{L}\d]\p{M}*`;
const BRACED = String.raw`_\{([^{}]{1,16})\}`;
const BARE = String.raw`_(\*|\p{L}[₀-₉\d]?)(?![\p{L}\p{N}_{])`;
const SUBSCRIPT = new RegExp(`(${BASE})(?:${BRACED}|${BARE})`, 'gu');

/** The text as markup; everything but the subscripts is escaped. */
export const prose = (text: string): string =>
  escape(text).replace(
    SUBSCRIPT,
    (_, base: string, braced?: string, bare?: string) => `${base}<sub>${nested(braced ?? bare ?? '')}</sub>`,
  );

/** `W_1` within the braces of a subscript; it is escaped already. */
const nested = (text: string): string =>
  text.replace(/^(\p{L})_(\p{L}|\d)$/u, (_, base: string, index: string) => `${base}<sub>${index}</sub>`);
