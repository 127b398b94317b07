import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'ufm-check': fileURLToPath(new URL('./src/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 120_000,
    // All cores: by default one of them is left idle.
    maxWorkers: availableParallelism(),
    // Modules are loaded once for all files: they hold no state but what is remembered of pure functions.
    isolate: false,
    // The built program is loaded as Node loads it, and not transformed.
    server: { deps: { external: [/\/dist\//] } },
  },
});
