/** Long lines of a report, broken where they may be. */

const fill = (pieces: readonly string[], joint: string, width: number): string[] => {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const joined = last === undefined ? piece : `${last}${joint}${piece}`;
    if (last !== undefined && joined.length <= width) lines[lines.length - 1] = joined;
    else lines.push(piece);
  }
  return lines;
};

/** Words in lines of at most `width` characters, where no word is longer. */
export const wrapWords = (text: string, width: number): string[] => fill(text.split(' '), ' ', width);

/** Items joined by dots, in lines of at most `width` characters, where no item is longer. */
export const wrapItems = (items: readonly string[], width: number): string[] => fill(items, ' · ', width);

/** Statements joined by commas, in lines of about `width` characters; none is broken. */
export const wrapList = (items: readonly string[], width: number): string[] => {
  const lines = fill(items, ', ', width);
  return lines.map((text, index) => (index < lines.length - 1 ? `${text},` : text));
};
