/** The theorems that ship with ufm-check. */
export { theorem31 } from './tirer-bruna-2022/theorem-3.1.js';
export { theorem32 } from './tirer-bruna-2022/theorem-3.2.js';
export { theorem32Ridge } from './tirer-bruna-2022/theorem-3.2-ridge.js';
export { theorem41 } from './tirer-bruna-2022/theorem-4.1.js';
export { theorem42 } from './tirer-bruna-2022/theorem-4.2.js';
export * from './tirer-bruna-2022/lemmas.js';
