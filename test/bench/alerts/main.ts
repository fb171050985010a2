/**
 * `node test/bench/alerts/main.ts --data DIR`: replays each log in DIR (folders of `X.log`) through the spike detector and prints how often it would
 * have called. Nobody has labelled the spikes of these logs, so every call counts as a false one, which makes the rate an upper bound; the same
 * counts in another order have no spikes but chance's.
 */
import { parseArgs } from 'node:util';
import { tuningSets } from '../patterns/anchors.ts';
import { setsIn } from '../patterns/measure-set.ts';
import { recall, replayOf, shuffled, tally, type Tally } from './replay.ts';

const columns = ['bucket', 'patterns', 'judged', 'alarms', 'episodes', 'per 10k', 'shuffled', 'found 5x', 'found 10x'];

function print(folder: string): void {
  console.log(row(['set', '', ...columns]));
  const totals = { tuning: empty(), 'held out': empty() };
  for (const { name, log } of setsIn(folder)) {
    const split = tuningSets.has(name) ? 'tuning' : 'held out';
    const replay = replayOf(log);
    if (replay === undefined) {
      console.log(row([name, split, 'too short']));
      continue;
    }
    const told = tally(replay);
    const chance = tally(shuffled(replay, 1));
    add(totals[split], { told, chance });
    const found = [5, 10].map((times) => recall(replay, { times, tries: 5, seed: 7 }).toFixed(2));
    const width = `${replay.bucketSeconds} s`;
    console.log(row([name, split, width, String(replay.series.length), ...numbers(told), rate(chance), ...found]));
  }
  for (const [split, { told, chance }] of Object.entries(totals)) console.log(row(['all', split, '', '', ...numbers(told), rate(chance)]));
}

interface Totals {
  told: Tally;
  chance: Tally;
}

const empty = (): Totals => ({ told: { judged: 0, alarms: 0, episodes: 0 }, chance: { judged: 0, alarms: 0, episodes: 0 } });

function add(totals: Totals, { told, chance }: Totals): void {
  totals.told = sum(totals.told, told);
  totals.chance = sum(totals.chance, chance);
}

const sum = (a: Tally, b: Tally): Tally => ({
  judged: a.judged + b.judged,
  alarms: a.alarms + b.alarms,
  episodes: a.episodes + b.episodes,
});

/** Episodes in ten thousand judged buckets. */
const rate = ({ judged, episodes }: Tally): string => ((10_000 * episodes) / judged).toFixed(2);

const numbers = (one: Tally): string[] => [String(one.judged), String(one.alarms), String(one.episodes), rate(one)];

function row([name = '', split = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(12)}${split.padEnd(10)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) {
  console.error('node test/bench/alerts/main.ts --data DIR: name the folder of logs.');
  process.exitCode = 2;
} else {
  print(values.data);
}
