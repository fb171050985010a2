import { defineConfig } from 'vitest/config';

/**
 * One project a kind of test. What starts engines, processes and whole stacks waits more than it computes, so two files run side by side; tests of the
 * engines themselves, which are about time and about what is left behind, run alone.
 */
export default defineConfig({
  test: {
    projects: [
      // Properties try hundreds of cases, which takes its time on a busy machine.
      project('unit', ['test/unit/**'], { testTimeout: 30_000 }),
      project('stack', ['test/stack/**'], { testTimeout: 120_000, hookTimeout: 120_000 }),
      project('engines', ['test/contract/local/**'], { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false }),
      project('contract', ['test/contract/!(local)/**'], { testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 2 }),
      project('journey', ['test/journey/**'], { testTimeout: 300_000, hookTimeout: 240_000, maxWorkers: 2 }),
    ].map((one, groupOrder) => ({ test: { ...one.test, sequence: { groupOrder } } })),
  },
});

function project(name: string, folders: readonly string[], options: Record<string, unknown> = {}) {
  return { test: { name, include: folders.map((folder) => `${folder}/*.test.ts`), ...options } };
}
