/**
 * `npm run bench:patterns -- --data DIR [--json FILE]`: mines each labelled set in DIR (a folder of `X.log` and `X.log_structured.csv`) from its raw
 * lines and prints GA, FGA, PA and FTA beside what others reach, and lines per second of one core.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { anchors, piplupGA, tuningSets } from './anchors.ts';
import { type Measured, measureSet, setsIn } from './measure-set.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, json: { type: 'string' } } });
process.exitCode = await main(values.data);

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    console.error('npm run bench:patterns -- --data DIR [--json FILE]: name the folder of labelled sets.');
    return 2;
  }
  const sets = setsIn(folder);
  if (sets.length === 0) {
    console.error(`${folder} holds no folder with X.log and X.log_structured.csv.`);
    return 1;
  }
  const measured: Measured[] = [];
  for (const set of sets) measured.push(await measureSet(set));
  print(measured);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, undefined, 2)}\n`);
  return 0;
}

function print(measured: readonly Measured[]): void {
  console.log(row(['set', 'GA', 'FGA', 'PA', 'FTA', 'groups', 'true', 'lines/s', 'PIPLUP GA']));
  for (const set of measured) console.log(row([set.name, ...numbers(set), piplupGA[set.name]?.toFixed(3) ?? '']));
  console.log('');
  printMean('mean', measured);
  printMean(
    'tuning',
    measured.filter(({ name }) => tuningSets.has(name)),
  );
  printMean(
    'held out',
    measured.filter(({ name }) => !tuningSets.has(name)),
  );
  console.log('\nothers, one configuration, mean of 16 sets (Brain tuned: one per set)');
  for (const anchor of anchors)
    console.log(row([anchor.parser, ...(['GA', 'FGA', 'PA', 'FTA'] as const).map((name) => anchorScore(anchor, name))]));
}

function anchorScore(anchor: Readonly<Record<string, number | string>>, name: string): string {
  const score = anchor[name];
  return typeof score === 'number' ? score.toFixed(3) : '';
}

function numbers({ GA, FGA, PA, FTA, groups, trueGroups, linesPerSecond }: Omit<Measured, 'name'>): string[] {
  return [...[GA, FGA, PA, FTA].map((score) => score.toFixed(4)), String(groups), String(trueGroups), linesPerSecond.toFixed(0)];
}

function printMean(name: string, measured: readonly Measured[]): void {
  if (measured.length === 0) return;
  const mean = (value: (set: Measured) => number) => measured.reduce((sum, set) => sum + value(set), 0) / measured.length;
  // Lines per second of all: each set has as many lines.
  const linesPerSecond = 1 / mean((set) => 1 / set.linesPerSecond);
  const scores = (['GA', 'FGA', 'PA', 'FTA'] as const).map((score) => mean((set) => set[score]).toFixed(4));
  console.log(row([name, ...scores, '', '', linesPerSecond.toFixed(0)]));
}

function row([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(22)}${cells.map((cell) => cell.padStart(9)).join('')}`;
}
