import { defineConfig } from 'vitest/config';

/**
 * One project a kind of test. Contract tests and journeys start real engines and processes, so their files run one after the other.
 */
export default defineConfig({
  test: {
    projects: [
      // Properties try hundreds of cases, which takes its time on a busy machine.
      project('unit', { testTimeout: 30_000 }),
      project('contract', { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false }),
      project('stack', { testTimeout: 120_000, hookTimeout: 120_000 }),
      project('journey', { testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false }),
    ],
  },
});

function project(name: string, options: Record<string, unknown> = {}) {
  return { test: { name, include: [`test/${name}/**/*.test.ts`], ...options } };
}
