/** Definitions as TeX sees them at a place: local to the group or environment in which they stand. */
import type { Definition, Found } from './definitions.js';

export interface Scopes {
  /** What is defined at the place that is being read. */
  readonly visible: ReadonlyMap<string, Definition>;
  define(found: Found): void;
  /** Whatever is defined meanwhile, and not globally, is forgotten afterwards. */
  within(read: () => void): void;
}

export const scopes = (): Scopes => {
  const visible = new Map<string, Definition>();
  /** For each open group what was visible before it, of the names that it defines. */
  const before: Map<string, Definition | undefined>[] = [];
  return {
    visible,
    define: ({ name, definition, provided, global }) => {
      if (provided && visible.has(name)) return;
      const innermost = before.at(-1);
      if (global) for (const names of before) names.delete(name);
      else if (innermost !== undefined && !innermost.has(name)) innermost.set(name, visible.get(name));
      visible.set(name, definition);
    },
    within: (read) => {
      const names = new Map<string, Definition | undefined>();
      before.push(names);
      read();
      before.pop();
      for (const [name, definition] of names) {
        if (definition === undefined) visible.delete(name);
        else visible.set(name, definition);
      }
    },
  };
};
