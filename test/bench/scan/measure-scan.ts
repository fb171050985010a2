/**
 * The scan on one core, in processes of their own, so that each figure is of a fresh Node.
 */
import { spawnSync } from 'node:child_process';
import { openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#infra/build.ts';
import type { StageNumbers } from './candidate-stage.ts';

export interface ScanNumbers {
  readonly lines: number;
  readonly records: number;
  /** By processor time of the process, compiling included: what one core does in a process that has just started. */
  readonly megabytesPerCpuSecond: number;
  /** The same of a second scan in the process: what a worker comes to that lives longer than one file. */
  readonly warmMegabytesPerCpuSecond: number;
  /** By the clock: reading overlaps with scanning. */
  readonly megabytesPerSecond: number;
  readonly peakRssAboveStartMegabytes: number;
}

/** Scans the file in one range and throws its records away. */
export function measureScan(path: string): ScanNumbers {
  return bestOfThree(() => inProcess(path) as ScanNumbers);
}

/** The first stage alone: bytes in memory, lines counted, candidate lines found. */
export function measureStage(path: string): StageNumbers {
  return bestOfThree(() => inProcess(path, 'stage') as StageNumbers);
}

/** Noise only ever adds. */
function bestOfThree<Numbers extends { readonly megabytesPerCpuSecond: number }>(run: () => Numbers): Numbers {
  return [run(), run(), run()].reduce((best, other) => (other.megabytesPerCpuSecond > best.megabytesPerCpuSecond ? other : best));
}

function inProcess(...args: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['test/bench/scan/scan-process.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The scan failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** The whole way on one core: the scan command with a line for every record, Node's start included. */
export async function measurePipeline(path: string): Promise<{ readonly megabytesPerCpuSecond: number }> {
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', './test/bench/scan/tell-cpu.ts', join('infra', 'commands', 'scan.ts'), path, '--ndjson'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', openSync('/dev/null', 'w'), 'pipe'] },
  );
  if (status !== 0) throw new Error(`The scan command failed: ${stderr}`);
  return { megabytesPerCpuSecond: statSync(path).size / 1e6 / Number(/cpu-seconds (\S+)/.exec(stderr)?.[1]) };
}
