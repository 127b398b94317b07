/** Runs every benchmark: `npm run bench`, after `npm run build`. Timings are printed, never asserted. */
await import('./gd-steps.mjs');
