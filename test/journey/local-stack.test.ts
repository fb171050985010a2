/**
 * What the journeys stand on: a stack that is not up in time leaves nothing behind.
 */
import { existsSync, globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLocalStackOn, until } from './local-stack.ts';

const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'xm-late-'));

describe('a stack that misses its start limit', () => {
  it('is ended, also with a limit of almost nothing', async () => {
    const folder = freshFolder();
    await expect(startLocalStackOn(folder, { limit: AbortSignal.timeout(1) })).rejects.toThrow(/^The stack was not up after \d+\.\d s\./);
    expect([processesOf(folder), existsSync(folder)]).toEqual([[], false]);
  });

  it('is ended with engine, S3 and the host of its functions, and its last lines are told', async () => {
    const folder = freshFolder();
    const limit = new AbortController();
    const refusal = startLocalStackOn(folder, { limit: limit.signal }).then(
      () => 'It is up.',
      ({ message }: Error) => message,
    );
    let group = 0;
    try {
      // The demo is being loaded: all of them run, and the stack is not up yet.
      await until(() => logged(folder, 'api: POST /api/admin/'), 200_000);
      group = supervisorOf(folder);
      const names = processesOf(folder).map((command) => /dynoxide serve|s3\/child|xm-functions|local\/main/.exec(command)?.[0]);
      expect(new Set(names)).toEqual(new Set(['local/main', 'dynoxide serve', 's3/child', 'xm-functions']));
    } finally {
      limit.abort();
    }
    expect(await refusal).toMatch(/was not up after .* s\. The last it said:\n(.*\n){0,20}.*api: POST \/api\/admin/);
    expect([processesOf(folder, group), existsSync(folder)]).toEqual([[], false]);
  });
});

function logged(folder: string, text: string): boolean {
  const file = join(folder, 'logs', 'stack.log');
  return existsSync(file) && readFileSync(file, 'utf8').includes(text);
}

/** Command lines of the processes that name the folder, and of the group of the supervisor. The engine is for Linux alone, which tells of its processes in /proc. */
function processesOf(folder: string, group = supervisorOf(folder)): string[] {
  return globSync('/proc/[0-9]*').flatMap((path) => {
    const command = textOf(join(path, 'cmdline')).replaceAll('\0', ' ');
    // After the name, which may hold anything: state, parent, group.
    const [state, , processGroup] = textOf(join(path, 'stat')).split(') ').at(-1)?.split(' ') ?? [];
    const isOne = command.includes(folder) || Number(processGroup) === group;
    return isOne && state !== 'Z' ? [command] : [];
  });
}

function supervisorOf(folder: string): number {
  return Number(textOf(join(folder, 'stack.pid'))) || -1;
}

/** Empty for what is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
