import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeUnfinished } from '#infra/synthesis.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xm-synthesis-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The id of a process that was and is no more. */
async function pidOfDead(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('removes what a killed synthesis left, and nothing that is whole, being made or of somebody else', async () => {
  const stale = `assembly.${await pidOfDead()}`;
  const kept = ['assembly', `assembly.${process.pid}`, 'assembly.bak', 'functions', `other.${stale}`];
  for (const name of [stale, ...kept]) {
    mkdirSync(join(folder, name, 'asset.1'), { recursive: true });
    writeFileSync(join(folder, name, 'asset.1', 'index.mjs'), '');
  }
  removeUnfinished(join(folder, 'assembly'));
  expect(readdirSync(folder).toSorted()).toEqual(kept.toSorted());
});

it('is at peace with a fresh clone, which has no folder yet', () => {
  expect(() => removeUnfinished(join(folder, 'none', 'assembly'))).not.toThrow();
});
