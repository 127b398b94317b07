/** The exit codes of every command, as --help tells them. */
export const EXIT = { asExpected: 0, different: 1, usage: 2, inconclusive: 3, defect: 70, interrupted: 130 } as const;
