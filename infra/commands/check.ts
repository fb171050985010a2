/**
 * `npm test`: format, types, lint, unused code, bundles, and every test. Ends with one line `N passed, N failed` and exits 1 when anything failed.
 *
 * A step that fails does not stop the others: one run shows all there is to mend.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };

step('format', ['oxfmt', '--check', '.']);
step('types', ['tsc', '--noEmit']);
step('types of the backoffice', ['tsc', '--noEmit', '-p', 'web/backoffice']);
step('types of the deposit page', ['tsc', '--noEmit', '-p', 'web/deposit']);
step('lint', ['oxlint', '--type-aware', '--deny-warnings']);
step('unused code', ['knip']);
step('bundles', ['node', 'infra/commands/build.ts']);
// The engines are tested one file at a time, which leaves a core idle; a whole stack, or a browser, wants what there is.
await Promise.all([tests('unit', 'stack', 'contract'), tests('engines')]);
await tests('journey');

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 ? 0 : 1;

function step(name: string, command: readonly string[]): void {
  const started = performance.now();
  const ok = run(command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (ok) total.passed += 1;
  else total.failed += 1;
}

/** Vitest's own count is added; a run that leaves no count (a crash, a broken configuration) is a failure. */
async function tests(...projects: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xm-test-'));
  const file = join(folder, 'results.json');
  const chosen = projects.flatMap((project) => ['--project', project]);
  const ok = await runAside('vitest', ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const results = readResults(file);
  rmSync(folder, { recursive: true, force: true });
  total.passed += results?.numPassedTests ?? 0;
  total.skipped += results?.numPendingTests ?? 0;
  // A file that cannot be loaded fails without a failed test of its own.
  total.failed += Math.max(results?.numFailedTests ?? 0, ok ? 0 : 1);
}

function readResults(file: string): { numPassedTests: number; numFailedTests: number; numPendingTests: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  } catch {
    return undefined;
  }
}

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment() }).status === 0;
}

/** Lets others run meanwhile. */
async function runAside(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment() });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status === 0;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}` };
}
