/**
 * Text that is printed as it stands: one line, in characters that can be seen.
 *
 * What comes from a module or a file may otherwise move the cursor, end a line and begin another that looks like ours,
 * or print two different texts alike.
 */

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Whether a text is one line without control characters, and without any that cannot be seen. */
export const isOneLine = (text: string): boolean => !UNSEEN.test(text);

/** The text with everything else written as \u001b. */
export const visible = (text: string): string =>
  text.replace(EACH_UNSEEN, (ch) => `\\u${(ch.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
