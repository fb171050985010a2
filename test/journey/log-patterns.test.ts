import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '#infra/build.ts';
import { generatedLog } from '../bench/generate-log.ts';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';

interface FileView {
  id: string;
  key: string;
  rolledUpAt: string | null;
  counts: { records: number; byLevel: { error: number; fatal: number } };
}

interface PatternView {
  id: string;
  template: string;
  counts: { error: number; fatal: number };
}

interface DashboardView {
  totals: { error: number; fatal: number };
  series: { services: { service: string; totals: { error: number; fatal: number } }[] };
  patterns: { top: (PatternView & { inWindow: { error: number; fatal: number } })[] };
  scan: { files: number; records: number; waiting: number; inFlight: unknown[] };
}

let stack: RunningStack;
beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
});
afterAll(() => stack.dispose());

describe('a log of 16 MiB', () => {
  it('has the patterns and counts on the whole system that one process finds in it', async () => {
    const path = await generatedLog(16 * 1024 ** 2);
    const command = ['--disable-warning=ExperimentalWarning', 'infra/commands/scan.ts', '--patterns', path];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, maxBuffer: 64 * 1024 ** 2 });
    const truth = JSON.parse(stdout) as { records: number; patterns: PatternView[] };
    expect(truth.records).toBeGreaterThan(500);
    expect(truth.patterns.length).toBeGreaterThan(4);

    await stack.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key: 'big.log', Body: readFileSync(path) }));
    const file = await rolledUp('big.log');
    expect(file.counts.records).toBe(truth.records);
    const found = (await allPatterns()).map(({ id, template, counts }) => ({ id, template, counts }));
    expect(byId(found)).toEqual(byId(truth.patterns));

    const { totals, series, patterns, scan } = (await answer(`/api/admin/logs/dashboard?${await windowOf(file)}`)) as DashboardView;
    expect(totals).toEqual(file.counts.byLevel);
    expect(patterns.top[0]?.inWindow).toEqual(truth.patterns[0]?.counts);
    expect(series.services.length).toBeGreaterThan(0);
    expect(scan).toMatchObject({ waiting: 0, inFlight: [] });
    const ofFile = (await answer(`/api/admin/logs/dashboard?${await windowOf(file)}&file=${file.id}`)) as DashboardView;
    expect(ofFile.totals).toEqual(totals);
  });
});

/** The day of the file's records. */
async function windowOf(file: FileView): Promise<string> {
  const { errors } = (await answer(`/api/admin/logs/files/${file.id}/errors?limit=1`)) as { errors: { time: string | null }[] };
  const day = errors[0]?.time?.slice(0, 10) ?? '';
  const last = new Date(Date.parse(day) + 30 * 86_400_000).toISOString().slice(0, 10);
  return `from=${new Date(Date.parse(day) - 30 * 86_400_000).toISOString().slice(0, 10)}&to=${last}`;
}

const byId = <T extends { id: string }>(all: readonly T[]): T[] => all.toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function rolledUp(key: string): Promise<FileView> {
  let found: FileView | undefined;
  await until(async () => {
    const { files } = (await answer('/api/admin/logs/files')) as { files: FileView[] };
    found = files.find((file) => file.key === key && file.rolledUpAt !== null);
    return found !== undefined;
  }, 180_000);
  return found as FileView;
}

async function allPatterns(): Promise<PatternView[]> {
  const all: PatternView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (await answer(`/api/admin/logs/patterns?limit=200${cursor && `&cursor=${cursor}`}`)) as {
      patterns: PatternView[];
      nextCursor: string | null;
    };
    all.push(...page.patterns);
    cursor = page.nextCursor;
  }
  return all;
}

async function answer(path: string): Promise<unknown> {
  const response = await stack.get(path);
  expect(response.status, path).toBe(200);
  return response.json();
}
