import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepAssembly, removeUnfinished } from '#infra/synthesis.ts';

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

it('gives a stack an assembly of its own, which stays whole when the next one takes its place', async () => {
  const [assembly, own] = [join(folder, 'assembly'), join(folder, 'data', 'assembly')];
  const bundle = join('asset.1', 'index.mjs');
  const write = (directory: string, name: string, text: string): void => {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  };
  write(assembly, 'manifest.json', '{}');
  write(assembly, bundle, 'first');
  write(own, 'left.txt', 'of the start before');
  expect(await keepAssembly(assembly, own)).toBe(own);
  rmSync(assembly, { recursive: true });
  write(assembly, bundle, 'second');
  expect(readFileSync(join(own, bundle), 'utf8')).toBe('first');
  expect(readdirSync(own).toSorted()).toEqual(['asset.1', 'manifest.json']);
});
