import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Journeys that take longest, longest first: begun last, one of them would run alone at the end. */
const longJourneys = [
  'backoffice-logs',
  'backoffice-wallet',
  'route-access',
  'backoffice',
  'wallet-crash',
  'backoffice-pages',
  'deposit-page',
  'backoffice-lists',
];

/** Vitest's own order, by the last run's times or by size, behind the journeys that are known to be long. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longJourneys.findIndex((name) => moduleId.endsWith(`/journey/${name}.test.ts`));
      return found === -1 ? longJourneys.length : found;
    };
    const ordered = await super.sort.call(this, files);
    return ordered.toSorted((a, b) => groupOf(a) - groupOf(b) || rank(a) - rank(b));
  }
}

const groupOf = ({ project: { config } }: TestSpecification): number => config.sequence.groupOrder;

/**
 * One project a kind of test. What starts engines, processes and whole stacks waits as much as it computes, so two files run side by side; tests of the
 * engines themselves, which are about time and about what is left behind, run alone.
 *
 * Patience is for a busy machine, where a test takes ten times as long as alone; no promise is about it.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // Pure code: a process and its imports for each of 140 files took as long as the tests.
      project('unit', ['test/unit/**'], { groupOrder: 0, maxWorkers: '100%', isolate: false, testTimeout: 120_000 }),
      project('stack', ['test/stack/**'], { groupOrder: 0, maxWorkers: '100%', testTimeout: 120_000, hookTimeout: 120_000 }),
      project('engines', ['test/contract/local/**'], { groupOrder: 1, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 60_000 }),
      project('contract', ['test/contract/!(local)/**'], { groupOrder: 2, maxWorkers: 2, testTimeout: 120_000, hookTimeout: 60_000 }),
      project('journey', ['test/journey/**'], { groupOrder: 3, maxWorkers: 2, testTimeout: 300_000, hookTimeout: 240_000 }),
    ],
  },
});

interface Options {
  /** Projects of one group run side by side, and groups one after the other. */
  readonly groupOrder: number;
  readonly maxWorkers: number | string;
  readonly testTimeout: number;
  readonly hookTimeout?: number;
  /** False: files of one worker share their modules. Default true. */
  readonly isolate?: boolean;
}

function project(name: string, folders: readonly string[], { groupOrder, ...options }: Options) {
  return { test: { name, include: folders.map((folder) => `${folder}/*.test.ts`), sequence: { groupOrder }, ...options } };
}
