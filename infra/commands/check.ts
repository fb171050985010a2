/**
 * `npm test`: format, types, lint, unused code, bundles, and every test. Ends with one line `N passed, N failed` and exits 1 when anything failed.
 *
 * A step that fails does not stop the others: one run shows all there is to mend.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFunctions, root } from '../build.ts';
import { synthesise } from '../synthesis.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Outcome extends Tally {
  /** Told in full once the step is over, so that steps side by side do not speak into each other. */
  readonly output?: string;
}

/** What a tool may say; the linter says most, about a tree in which everything is wrong. */
const outputBytesMax = 64_000_000;

const started = performance.now();
const total: Tally = { passed: 0, failed: 0, skipped: 0 };
const times: string[] = [];
const running = new Set<ChildProcess>();

// Whoever ends this run ends what it has started, too.
process.once('SIGTERM', () => {
  for (const child of running) child.kill('SIGTERM');
  process.exit(143);
});

// Two lanes, since neither keeps two cores busy by itself: the engines' tests wait for time to pass and run one file at a time, stacks wait for
// each other's processes. What fails soonest comes first in each, and every stack and every site wants the template.
await Promise.all([
  inOrder(
    () => step('format', tool('oxfmt', '--check', '.')),
    () => step('types', tool('tsc', '--noEmit')),
    () => step('types of the backoffice', tool('tsc', '--noEmit', '-p', 'web/backoffice')),
    () => step('types of the deposit page', tool('tsc', '--noEmit', '-p', 'web/deposit')),
    () => step('lint', tool('oxlint', '--type-aware', '--deny-warnings')),
    () => step('unused code', tool('knip')),
    () => step('engines', tests('engines')),
  ),
  inOrder(
    () => step('template and bundles', template),
    () => step('unit, stack, contract', tests('unit', 'stack', 'contract')),
    () => step('journeys', tests('journey')),
  ),
]);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${times.join('\n')}\n${secondsSince(started)} in all\n`);
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function inOrder(...steps: readonly (() => Promise<void>)[]): Promise<void> {
  for (const each of steps) await each();
}

async function step(name: string, work: () => Promise<Outcome>): Promise<void> {
  const begun = performance.now();
  const { passed, failed, skipped: left, output = '' } = await work();
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${secondsSince(begun)})`;
  times.push(line);
  console.log(`${output}${line}\n`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += left;
}

/** A program of the packages, which passes when it exits with 0. */
function tool(command: string, ...args: readonly string[]): () => Promise<Outcome> {
  return () =>
    new Promise((resolve) => {
      const child = execFile(command, args, { cwd: root, env: environment(), maxBuffer: outputBytesMax }, (error, stdout, stderr) =>
        resolve(counted(error === null, stdout + stderr || (error?.message ?? ''))),
      );
      noted(child);
    });
}

function noted(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Made once, before whoever wants it asks side by side. */
async function template(): Promise<Outcome> {
  try {
    await synthesise();
    const sizes = builtFunctions().map(({ entry, bytes }) => `${(bytes / 1_000).toFixed(1).padStart(8)} kB  ${entry}\n`);
    return counted(true, sizes.join(''));
  } catch (error) {
    return counted(false, `${(error as Error).message}\n`);
  }
}

function counted(ok: boolean, output: string): Outcome {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output };
}

/** Vitest's own count; a run that leaves no count (a crash, a broken configuration) is a failure. Tells its files as they end. */
function tests(...projects: readonly string[]): () => Promise<Outcome> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xm-test-'));
    const file = join(folder, 'results.json');
    const chosen = projects.flatMap((project) => ['--project', project]);
    const args = ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const child = noted(spawn('vitest', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment() }));
    const [status] = (await once(child, 'exit')) as [number | null];
    const results = readResults(file);
    rmSync(folder, { recursive: true, force: true });
    return {
      passed: results?.numPassedTests ?? 0,
      skipped: results?.numPendingTests ?? 0,
      // A file that cannot be loaded fails without a failed test of its own.
      failed: Math.max(results?.numFailedTests ?? 0, status === 0 ? 0 : 1),
    };
  };
}

function readResults(file: string): { numPassedTests: number; numFailedTests: number; numPendingTests: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  } catch {
    return undefined;
  }
}

function secondsSince(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`;
}

/** What Node has stripped of its types and compiled serves the next process, too: a start of a stack and a file of tests cost a second of a core less each. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
    NODE_COMPILE_CACHE: join(root, '.build', 'compiled'),
  };
}
