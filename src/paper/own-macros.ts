/** The macros of a paper that assign to others when they are called. */
import { type LatexNode, childrenOf } from './latex.js';
import { namesIn } from './names.js';
import { type Own, type Site, type Targets, siteAt } from './sites.js';

export const union = (a: Targets, b: Targets): Targets =>
  a === 'anything' || b === 'anything' ? 'anything' : new Set([...a, ...b]);

const NOTHING: Targets = new Set<string>();

/** What is assigned to anywhere in these nodes. */
const assignedIn = (nodes: readonly LatexNode[], own: Own): Targets => {
  let all: Targets = NOTHING;
  nodes.forEach((node, at) => {
    const site = siteAt(nodes, at, own);
    if (site !== undefined) all = union(all, site.targets);
    for (const children of childrenOf(node)) all = union(all, assignedIn(children, own));
  });
  return all;
};

/** What is assigned to when what this place defines is called. */
export const insideOf = (site: Site, own: Own): Targets =>
  site.inside.map((x) => assignedIn(x, own)).reduce<Targets>(union, NOTHING);

const sizeOf = (targets: Targets | undefined): number =>
  targets === 'anything' ? Infinity : (targets?.size ?? 0);

const ALLOCATING = /^new(?:count|dimen|skip|muskip|toks|length)$/;

/** Found by repetition, as they call each other. */
export const ownMacros = (nodes: readonly LatexNode[]): Own => {
  const defined = new Set<string>();
  const sites: [name: string, site: Site][] = [];
  const registers = new Set<string>();
  const own: Own = { assigning: new Map(), defined, registers };
  const visit = (siblings: readonly LatexNode[]): void => {
    siblings.forEach((node, at) => {
      if (node.type === 'macro' && ALLOCATING.test(node.content)) {
        for (const name of namesIn(siblings.slice(at, at + 2))) if (name !== node.content) registers.add(name);
      }
      const site = siteAt(siblings, at, { assigning: own.assigning, defined: new Set(), registers });
      // A hook has more names in its argument than one, and defines none of them.
      if (site !== undefined && site.targets !== 'anything' && site.targets.size === 1) {
        for (const name of site.targets) {
          if (site.plain) defined.add(name);
          sites.push([name, site]);
        }
      }
      childrenOf(node).forEach(visit);
    });
  };
  visit(nodes);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, site] of sites) {
      const before = own.assigning.get(name);
      const after = union(before ?? NOTHING, insideOf(site, own));
      if (sizeOf(after) > sizeOf(before)) {
        own.assigning.set(name, after);
        changed = true;
      }
    }
  }
  return own;
};
