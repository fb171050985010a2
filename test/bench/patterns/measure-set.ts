/**
 * One set of labelled lines: mined from its raw lines with the production code, scored, and timed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineFeed } from '#shared/logs/patterns/line-feed.ts';
import { mineLines, type ReadLines } from '#shared/logs/patterns/mine-lines.ts';
import { csvRows } from './csv-rows.ts';
import { type Scores, scoresOf } from './metrics.ts';

/** A folder with `*.log` and `*.log_structured.csv`. */
export interface LabelledSet {
  readonly name: string;
  readonly log: string;
  readonly truth: string;
}

export interface Measured extends Scores {
  readonly name: string;
  /** By CPU time of both readings and the resolving. */
  readonly linesPerSecond: number;
}

/** Lines that a set is repeated up to for its speed. */
const timedLines = 200_000;

export function setsIn(folder: string): LabelledSet[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const files = readdirSync(join(folder, name));
      const log = files.find((file) => file.endsWith('.log'));
      const truth = log && files.find((file) => file === `${log}_structured.csv`);
      return log && truth ? [{ name, log: join(folder, name, log), truth: join(folder, name, truth) }] : [];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export async function measureSet({ name, log, truth }: LabelledSet): Promise<Measured> {
  const bytes = readFileSync(log);
  const readLines = linesOf([bytes]);
  const mined = await mineLines(readLines);
  const byLine = new Map<string, string>();
  let line = 0;
  await readLines((...range) => {
    line += 1;
    byLine.set(String(line), mined.patternOfLine(...range)?.template ?? '');
  });
  const rows = csvRows(readFileSync(truth, 'utf8'));
  const scores = scoresOf({
    truth: rows.map((row) => row['EventTemplate'] ?? ''),
    predicted: rows.map((row) => byLine.get(row['LineId'] ?? '') ?? ''),
  });
  return { name, ...scores, linesPerSecond: await speedOf(bytes, line) };
}

async function speedOf(bytes: Buffer, lines: number): Promise<number> {
  const repeated = Array.from({ length: Math.max(1, Math.ceil(timedLines / lines)) }, () => bytes);
  const before = process.cpuUsage();
  await mineLines(linesOf(repeated));
  const { user, system } = process.cpuUsage(before);
  return (lines * repeated.length) / ((user + system) / 1e6);
}

function linesOf(chunks: readonly Uint8Array[]): ReadLines {
  return async (take) => {
    const feed = new LineFeed(take);
    for (const chunk of chunks) feed.push(chunk);
    feed.end();
  };
}
