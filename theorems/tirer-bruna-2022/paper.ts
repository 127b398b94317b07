import { paper } from 'ufm-check';

/**
 * Tom Tirer and Joan Bruna, "Extended Unconstrained Features Model for Exploring Deep Neural Collapse", ICML 2022,
 * arXiv 2202.08087.
 */
export const tirerBruna2022 = paper({
  id: 'tirer-bruna-2022',
  title: 'Extended Unconstrained Features Model for Exploring Deep Neural Collapse',
  authors: 'T. Tirer and J. Bruna',
  reference: 'ICML 2022, arXiv 2202.08087',
});
