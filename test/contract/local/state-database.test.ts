import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderInUseError, openStateDatabase } from '#infra/local/state-database.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'xm-state-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const module = new URL('../../../infra/local/state-database.ts', import.meta.url).href;

/** Another process that holds the folder, writes a thousand rows, and says how many it committed. */
async function holder() {
  const script = `
    const { openStateDatabase } = await import(${JSON.stringify(module)});
    const { database } = openStateDatabase(${JSON.stringify(directory)});
    database.exec('CREATE TABLE IF NOT EXISTS rows (n INTEGER)');
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    for (let n = 1; n <= 1000; n++) insert.run(n);
    process.stdout.write('1000');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the state database', () => {
  it('keeps its seed and its rows from start to start', () => {
    const first = openStateDatabase(directory);
    first.database.exec('CREATE TABLE t (n); INSERT INTO t VALUES (7)');
    first.close();
    const second = openStateDatabase(directory);
    expect(second.seed).toBe(first.seed);
    expect(second.seed.length).toBeGreaterThan(40);
    expect(second.database.prepare('SELECT n FROM t').get()).toEqual({ n: 7 });
    second.close();
  });

  it('lets no second stack into the folder, and names the first', async () => {
    const child = await holder();
    expect(() => openStateDatabase(directory)).toThrow(FolderInUseError);
    expect(() => openStateDatabase(directory)).toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is free again, with all that was committed, once its holder was killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const state = openStateDatabase(directory);
    expect(state.database.prepare('SELECT count(*) AS n FROM rows').get()).toEqual({ n: 1000 });
    state.close();
  });

  it('empties the folder when asked to, but never under a running stack', async () => {
    const child = await holder();
    expect(() => openStateDatabase(directory, { fresh: true })).toThrow(FolderInUseError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    mkdirSync(join(directory, 's3'));
    const state = openStateDatabase(directory, { fresh: true });
    expect(state.database.prepare(`SELECT name FROM sqlite_schema WHERE name = 'rows'`).get()).toBeUndefined();
    expect(existsSync(join(directory, 's3'))).toBe(false);
    state.close();
  });

  it('lets no second stack in from the same process either', () => {
    const state = openStateDatabase(directory);
    expect(() => openStateDatabase(directory)).toThrow(FolderInUseError);
    state.close();
    openStateDatabase(directory).close();
  });
});
