/**
 * Lint rules: typescript-eslint's strict type-checked set, the house style, and two laws of the architecture that
 * no reviewer should have to watch over: who may import whom, and who may mint evidence.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/** The folders of src, and what each may import besides itself. `src/errors.ts` is open to all but `exact`. */
const MAY_IMPORT = {
  exact: [],
  symbolic: ['exact'],
  model: ['exact'],
  numeric: ['model', 'exact'],
  theorem: ['symbolic', 'model', 'numeric', 'exact'],
  check: ['theorem', 'symbolic', 'model', 'numeric', 'exact'],
  report: ['check', 'paper', 'theorem', 'symbolic', 'model', 'numeric', 'exact'],
  paper: ['theorem', 'symbolic', 'exact'],
  search: ['check', 'theorem', 'symbolic', 'model', 'numeric', 'exact'],
  cli: [
    ...['report', 'search', 'paper', 'check', 'theorem', 'symbolic', 'model', 'numeric', 'exact'],
    ...['index.ts', 'theorems'],
  ],
  'index.ts': ['report', 'search', 'check', 'theorem', 'symbolic', 'model', 'numeric', 'exact'],
  vitest: ['cli', 'report', 'check', 'theorem', 'symbolic', 'model', 'numeric', 'exact'],
};

/** Arrows along which only types may pass: a report reads evidence and computes nothing. */
const TYPES_ONLY = new Set(['report → check', 'report → paper']);

/** The path of a file from the root of the project, with slashes. */
function place(file) {
  return relative(root, file).split(sep).join('/');
}

/** What a specifier in a file leads to: a path from the root of the project, or undefined for a package. */
function target(file, specifier) {
  return specifier.startsWith('.') ? place(resolve(dirname(file), specifier)).replace(/\.js$/, '.ts') : undefined;
}

/** The part of the architecture that a path belongs to: a folder or file of src, or the theorems. */
function part(path) {
  const [top, second] = path.split('/');
  return top === 'src' ? second : top;
}

/** Calls `visit` with every module specifier of a file: static, dynamic, re-exported, and in types. */
function onEveryImport(visit) {
  const declaration = (node) => {
    if (node.source !== null) {
      visit(node, node.source.value);
    }
  };
  return {
    ImportDeclaration: declaration,
    ExportNamedDeclaration: declaration,
    ExportAllDeclaration: declaration,
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') {
        visit(node, String(node.source.value));
      }
    },
    TSImportType: (node) => {
      visit(node, String(node.source.value));
    },
  };
}

/** Whether an import vanishes when the file is compiled. */
function isTypeOnly(node) {
  const all = node.specifiers ?? [];
  return (
    node.type === 'TSImportType' ||
    node.importKind === 'type' ||
    node.exportKind === 'type' ||
    (all.length > 0 && all.every((each) => each.importKind === 'type' || each.exportKind === 'type'))
  );
}

/** cli → report, search, check → theorem → symbolic, model, numeric → exact; theorems → the public API. */
const importDirections = {
  meta: { type: 'problem', schema: [], messages: { direction: '{{from}} must not import {{to}}: {{why}}' } },
  create(context) {
    const file = place(context.filename);
    const from = part(file);
    const report = (node, to, why) => {
      context.report({ node, messageId: 'direction', data: { from, to, why } });
    };

    const inTheorems = (node, specifier) => {
      const path = target(context.filename, specifier);
      const own = file.split('/').length > 2 ? `${file.split('/').slice(0, 2).join('/')}/` : 'theorems/';
      if (path === undefined ? specifier !== 'ufm-check' : !path.startsWith(own)) {
        report(node, specifier, "a theorem uses 'ufm-check' and its own siblings only");
      }
    };

    const inSource = (node, specifier) => {
      const path = target(context.filename, specifier);
      if (path === undefined) {
        if (from === 'exact') {
          report(node, specifier, 'exact arithmetic and its checker depend on nothing');
        } else if (specifier === 'ufm-check' || specifier.startsWith('ufm-check/')) {
          report(node, specifier, 'inside the package, import the file itself');
        }
        return;
      }
      const to = part(path);
      if (to === from || (path === 'src/errors.ts' && from !== 'exact')) {
        return;
      }
      if (!(MAY_IMPORT[from] ?? []).includes(to)) {
        report(node, to, 'see docs/architecture.md for the direction of the arrows');
      } else if (TYPES_ONLY.has(`${from} → ${to}`) && !isTypeOnly(node)) {
        report(node, to, 'only its types may be imported here');
      }
    };

    return onEveryImport(file.startsWith('theorems/') ? inTheorems : inSource);
  },
};

const EVIDENCE = 'src/check/evidence.ts';
const MINT = 'mintEvidence';

/** Evidence is minted by checks alone, and the way to mint it does not leave their folder. */
const mintingStaysInside = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      mint: `${MINT} may be used in src/check only`,
      whole: `import names from ${EVIDENCE}, not the whole of it: ${MINT} may be used in src/check only`,
      passedOn: `${MINT} must not be exported again`,
    },
  },
  create(context) {
    const file = place(context.filename);
    // The tests of the checks mirror them.
    const inside = /^(src|test)\/check\//.test(file);
    const nameOf = (node) => node.name ?? node.value;
    return {
      ImportSpecifier(node) {
        if (!inside && nameOf(node.imported) === MINT) {
          context.report({ node, messageId: 'mint' });
        }
      },
      ExportSpecifier(node) {
        if (file !== EVIDENCE && nameOf(node.local) === MINT) {
          context.report({ node, messageId: 'passedOn' });
        }
      },
      ...onEveryImport((node, specifier) => {
        if (target(context.filename, specifier) !== EVIDENCE) {
          return;
        }
        const whole = (node.specifiers ?? []).some((each) => each.type === 'ImportNamespaceSpecifier');
        if (node.type === 'ExportAllDeclaration' && node.exportKind !== 'type') {
          context.report({ node, messageId: 'whole' });
        } else if (!inside && !isTypeOnly(node) && (whole || node.type === 'ImportExpression')) {
          context.report({ node, messageId: 'whole' });
        }
      }),
    };
  },
};

const CLOCK = 'results must not depend on the clock; take a time limit as a function';

/** What would make a run differ from its replay, or run a text that a user wrote. */
const determinism = {
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'draw from the seeded generator of src/numeric' },
    { object: 'Date', property: 'now', message: CLOCK },
    { object: 'globalThis', property: 'eval', message: 'texts of users are parsed, never evaluated' },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  ],
  'no-eval': 'error',
  'no-new-func': 'error',
};

/** Timing, for those who do not merely print it. */
const noClock = {
  'no-restricted-globals': ['error', { name: 'performance', message: CLOCK }],
  '@typescript-eslint/no-restricted-imports': [
    'error',
    { paths: ['perf_hooks', 'node:perf_hooks'].map((name) => ({ name, message: CLOCK })) },
  ],
};

/** The house style, as far as a rule can tell. */
const style = {
  'max-len': ['error', { code: 120, ignoreUrls: true }],
  'no-tabs': 'error',
  'no-trailing-spaces': 'error',
  'eol-last': 'error',
  quotes: ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
  semi: 'error',
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-constant-binary-expression': 'error',
  'no-self-compare': 'error',
  'no-unreachable': 'error',
  'no-useless-assignment': 'error',
  'use-isnan': 'error',
};

const sources = ['src/**/*.ts', 'theorems/**/*.ts'];

export default defineConfig(
  globalIgnores(['dist/', 'docs/api/', 'site/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.test.json'], tsconfigRootDir: root } },
    rules: {
      ...style,
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'lib', name: ['bigint', 'BigInt'] }] },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/prefer-for-of': 'off',
      // A block of a point is looked up by name: blocks['W1'].
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // An index beyond an array yields undefined, which its type does not say: a test for it is no mistake.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Objects here are records of functions, which do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Loops over flat arrays, whose indices are right by construction; in tests a missing entry fails the test.
    files: ['src/model/**/*.ts', 'src/numeric/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    plugins: {
      local: { rules: { 'import-directions': importDirections, 'minting-stays-inside': mintingStaysInside } },
    },
    rules: { 'local/minting-stays-inside': 'error' },
  },
  { files: sources, rules: { ...determinism, 'local/import-directions': 'error' } },
  { files: sources, ignores: ['src/cli/**'], rules: noClock },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A mock, or a callback that must not be called, is empty; a fixture is typed as loosely as a user's module.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
