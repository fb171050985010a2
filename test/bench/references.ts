/**
 * Other ways to look for errors in the same file, measured in the same run: ripgrep's count where it is installed, and the loop most people write first.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Measured {
  readonly name: string;
  readonly megabytesPerSecond: number;
  readonly note: string;
}

const words = ['ERROR', 'FATAL', 'SEVERE', 'CRITICAL', 'Exception', 'Traceback', 'panic'];

/** `rg -c -j1`, one thread, an alternation of error words; undefined where ripgrep is not installed. */
export function ripgrepCount(path: string): Measured | undefined {
  const started = performance.now();
  const result = spawnSync('rg', ['-c', '-j1', '--no-mmap', words.join('|'), path], { encoding: 'utf8' });
  if (result.error) return undefined;
  return {
    name: 'rg -c -j1',
    megabytesPerSecond: speed(path, started),
    note: `${result.stdout.trim()} lines match (no records, no levels)`,
  };
}

/** `node:readline` and one regular expression a line. */
export async function readlineLoop(path: string): Promise<Measured> {
  const pattern = new RegExp(words.join('|'));
  const started = performance.now();
  let matches = 0;
  for await (const line of createInterface({ input: createReadStream(path, { highWaterMark: 1 << 20 }), crlfDelay: Infinity })) {
    if (pattern.test(line)) matches += 1;
  }
  return {
    name: 'readline + regular expression',
    megabytesPerSecond: speed(path, started),
    note: `${matches} lines match (no records, no levels)`,
  };
}

function speed(path: string, startedMs: number): number {
  return statSync(path).size / 1e6 / ((performance.now() - startedMs) / 1000);
}
