/** How reports are asked for, in the order in which they are listed. */
export const REPORTER_NAMES = ['terminal', 'json', 'markdown', 'html', 'junit', 'latex', 'github'] as const;

export type ReporterName = (typeof REPORTER_NAMES)[number];
