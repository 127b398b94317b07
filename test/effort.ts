/** How much a run of the tests does: `npm test` what every change needs, `npm run test:pages` and `test:long` more. */

/** Thousands of cases where `npm test` looks at dozens. */
export const LONG = 'UFM_CHECK_LONG' in process.env;

/** Whole runs of the program, or of all checks on all mutants, that pages of the documentation show. */
export const PAGES = LONG || 'UFM_CHECK_PAGES' in process.env || 'UFM_CHECK_UPDATE' in process.env;
