/**
 * What gives a control sequence or an environment its meaning, by whatever means: `\def`, `\let`, `\newenvironment`,
 * `\newif` and the switch that it makes, `\csname`, hooks, and macros of the paper that do such things themselves.
 *
 * Where a name has only definitions that `definitions.ts` reads, in places where they surely take effect, its uses are
 * replaced by what it stands for. Any other name is *programmed*: nothing is replaced, and the source of all that
 * assigns to it belongs to each statement that uses it (see `dependencies.ts`).
 */
import { isElse, isFi, opensConditional } from './conditionals.js';
import { definitionAt } from './definitions.js';
import { type LatexNode, childrenOf, environmentName, isDeclaration, rawText, sourceText } from './latex.js';
import { constructedIn, namesIn } from './names.js';
import { insideOf, ownMacros, union } from './own-macros.js';
import { isWhole } from './packages.js';
import { LONGEST, type Site, type Targets, isSpace, siteAt } from './sites.js';

export interface Assignment {
  /** Its source, with the conditions under which it is made. */
  readonly text: string;
  /** What its source names in turn. */
  readonly uses: ReadonlySet<string>;
}

export interface Assignments {
  /** In the order of the source. */
  readonly of: ReadonlyMap<string, readonly Assignment[]>;
  readonly programmed: ReadonlySet<string>;
  /** What may change the meaning of anything, such as `\catcode` or a name that is computed. */
  readonly ofAnything: readonly Assignment[];
  /** The conditionals around a node, outermost first, as source. */
  conditionsOf(node: LatexNode): readonly string[];
}

/** The condition that begins at this place, as source; where its test ends nobody can know, so at a space. */
const testText = (nodes: readonly LatexNode[], at: number): string => {
  const ends = (node: LatexNode): boolean =>
    isSpace(node) || node.type === 'parbreak' || node.type === 'environment' || isElse(node) || isFi(node);
  const end = nodes.findIndex((x, k) => k > at && (ends(x) || k > at + LONGEST));
  return sourceText(nodes.slice(at, end < 0 ? undefined : end));
};

/** The macro of which the group at this place may be an argument, with what stands between them. */
const headOf = (nodes: readonly LatexNode[], at: number): readonly LatexNode[] => {
  let k = at - 1;
  const between = (node: LatexNode | undefined): boolean =>
    isSpace(node) || node?.type === 'group' || (node?.type === 'string' && at - k < LONGEST);
  while (between(nodes[k])) k -= 1;
  const head = nodes[k];
  return head?.type === 'macro' && !/^[^A-Za-z@]/.test(head.content) ? nodes.slice(k, at) : [];
};

/** What decides whether the arguments of a macro count at all: the macro, and those before them. */
const argumentOf = (node: LatexNode, index: number): Conditions => {
  if (node.type !== 'macro') return [];
  const before = (node.args ?? []).slice(0, index).map((x) => `{${rawText(x.content)}}`);
  const text = `\\${node.content}${before.join('')}`.replaceAll(/\s+/g, ' ');
  return [{ text, names: new Set([node.content]) }];
};

/** They ask with which options the class and packages are loaded, and whether they are. */
const ASKS_FOR_PACKAGES =
  /^(?:ifdraft|ifoption[a-z]+|@if(?:package|class)(?:loaded|with|later)|If(?:Package|Class)[A-Za-z]+)$/;
const LOADS = /^(?:documentclass|usepackage|RequirePackage|LoadClass|PassOptionsTo(?:Package|Class))(?:WithOptions)?$/;

const isGroupEnd = (name: string): boolean => name === 'endgroup' || name === 'egroup';
const isGroupBegin = (name: string): boolean => name === 'begingroup' || name === 'bgroup';

/**
 * All assignments of a paper. None is sure in the environments that `isTheorem` names, in arguments or conditionals.
 */
export const assignmentsIn = (
  nodes: readonly LatexNode[],
  switches: ReadonlySet<string>,
  isTheorem: (environment: string) => boolean,
): Assignments => {
  const own = ownMacros(nodes);
  const of = new Map<string, Assignment[]>();
  const programmed = constructedIn(nodes);
  const ofAnything: Assignment[] = [];
  const signatures = new Map<string, string>();
  const around = new WeakMap<LatexNode, readonly string[]>();

  const record = (targets: Targets, assignment: Assignment): void => {
    if (targets === 'anything') {
      ofAnything.push(assignment);
      return;
    }
    for (const name of targets) {
      const all = of.get(name);
      if (all === undefined) of.set(name, [assignment]);
      else all.push(assignment);
    }
  };

  const enter = (siblings: readonly LatexNode[], at: number, site: Site, where: Surroundings): void => {
    const { conditions, sure } = where;
    const source = siblings.slice(at, site.end + 1);
    // After a package that counts as a whole stand the names in it.
    const [first] = source;
    const shown = first?.type === 'macro' && isWhole(first.content) ? [first] : source;
    const text = [...conditions.map((x) => x.text), sourceText(shown)].join(' ');
    // All that is given to one name, such as keys, belongs together.
    const around = [...conditions.flatMap((x) => [...x.names]), ...(site.targets === 'anything' ? [] : site.targets)];
    const assignment = { text, uses: namesIn(source, new Set(around)) };
    record(site.targets, assignment);
    const inside = insideOf(site, own);
    record(inside, assignment);
    const unsure = site.plain && sure && conditions.length === 0 ? inside : union(site.targets, inside);
    if (unsure !== 'anything') for (const name of unsure) programmed.add(name);
    const found = definitionAt(siblings, at);
    if (found === undefined) return;
    // The parser knows one signature for each name.
    const signature = signatures.get(found.name) ?? found.definition.signature;
    if (signature !== found.definition.signature) programmed.add(found.name);
    signatures.set(found.name, signature);
  };

  const asksForPackages = [...namesIn(nodes)].some((x) => ASKS_FOR_PACKAGES.test(x));

  const walk = (siblings: readonly LatexNode[], outer: Conditions, sure: boolean): void => {
    const open: Condition[] = [];
    let groups = 0;
    let end = -1;
    siblings.forEach((node, at) => {
      if (at <= end) return;
      const macro = node.type === 'macro' ? node.content : '';
      if (opensConditional(siblings, at, switches)) {
        open.push({ text: testText(siblings, at), names: namesIn([node, ...siblings.slice(at + 1, at + 3)]) });
      } else if (isElse(node)) {
        const last = open.pop();
        if (last !== undefined) open.push({ ...last, text: `${last.text} \\${macro}` });
      } else if (isFi(node)) open.pop();
      if (asksForPackages && LOADS.test(macro)) record('anything', { text: sourceText([node]), uses: new Set() });
      if (isGroupBegin(macro)) groups += 1;
      if (isGroupEnd(macro)) groups = Math.max(0, groups - 1);
      const conditions = [...outer, ...open];
      if (conditions.length > 0) around.set(node, conditions.map((x) => x.text));
      const site = siteAt(siblings, at, own);
      if (site !== undefined) {
        enter(siblings, at, site, { conditions, sure: sure && groups === 0 });
        end = site.end;
        return;
      }
      if (isDeclaration(node)) return;
      const still = sure && groups === 0 && !isTheorem(environmentName(node) ?? '');
      const content = 'content' in node && Array.isArray(node.content) ? node.content : undefined;
      const head = node.type === 'group' ? headOf(siblings, at) : [];
      const inArgument = head.length === 0 ? [] : [{ text: sourceText(head), names: namesIn(head) }];
      childrenOf(node).forEach((children, index) => {
        const own = children === content ? inArgument : argumentOf(node, index);
        walk(children, [...conditions, ...own], still && head.length === 0 && children === content);
      });
    });
  };
  walk(nodes, [], true);
  return { of, programmed, ofAnything, conditionsOf: (node) => around.get(node) ?? [] };
};

interface Condition {
  readonly text: string;
  readonly names: ReadonlySet<string>;
}
type Conditions = readonly Condition[];

interface Surroundings {
  readonly conditions: Conditions;
  readonly sure: boolean;
}
