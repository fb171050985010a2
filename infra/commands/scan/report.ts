import { once } from 'node:events';
import type { ScanInput } from './input.ts';
import type { NumberedRecord, ScanObserver, ScanOutcome } from './scan-input.ts';

export interface ScanReport extends ScanObserver {
  end(input: ScanInput, outcome: ScanOutcome): void;
}

/** One record a line on standard output: offset, length, line, level, time and the rest of the record. */
export function ndjsonReport(): ScanReport {
  return {
    records: async (batch) => {
      const lines = batch.map((record) => `${JSON.stringify(record)}\n`).join('');
      if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
    },
    progress: progressBar(),
    end: clearBar,
  };
}

const samplesMax = 5;
const sampleCharactersMax = 160;

/** What was found, in a few lines on standard output. */
export function summaryReport(): ScanReport {
  const counts = { error: 0, fatal: 0 };
  const samples: NumberedRecord[] = [];
  return {
    records: async (batch) => {
      for (const record of batch) {
        counts[record.level] += 1;
        if (samples.length < samplesMax) samples.push(record);
      }
    },
    progress: progressBar(),
    end: (input, outcome) => {
      clearBar();
      const { compression, encoding } = input.content;
      const form = compression === 'none' ? encoding : `${encoding}, ${compression}`;
      const speed = outcome.bytes / 1e6 / Math.max(outcome.seconds, 1e-6);
      console.log(`${input.name}  ${(outcome.bytes / 1e6).toFixed(1)} MB, ${form}, ${outcome.lines} lines`);
      console.log(`${counts.error + counts.fatal} error records: ${counts.error} error, ${counts.fatal} fatal`);
      console.log(
        `${outcome.seconds.toFixed(2)} s, ${speed.toFixed(0)} MB/s, in ${outcome.ranges} range${outcome.ranges === 1 ? '' : 's'}`,
      );
      if (samples.length > 0) console.log(`\n${samples.map(sampleOf).join('\n')}`);
    },
  };
}

function sampleOf({ line, time, level, message }: NumberedRecord): string {
  const text = `  line ${line}  ${time ?? 'no time'}  ${level.toUpperCase()}  ${message.replaceAll(/\s+/g, ' ')}`;
  return text.length > sampleCharactersMax ? `${text.slice(0, sampleCharactersMax - 1)}…` : text;
}

const redrawMs = 100;
const barCells = 30;

/** On a terminal alone; nothing when standard error goes elsewhere. */
export function progressBar(): ScanObserver['progress'] {
  if (!process.stderr.isTTY) return () => {};
  let drawnMs = 0;
  return (bytes, total) => {
    const now = performance.now();
    if (now - drawnMs < redrawMs) return;
    drawnMs = now;
    const megabytes = `${(bytes / 1e6).toFixed(0)} MB`;
    if (!total) {
      process.stderr.write(`\r\u001B[K${megabytes}`);
      return;
    }
    const filled = Math.min(barCells, Math.floor((bytes / total) * barCells));
    process.stderr.write(
      `\r\u001B[K[${'█'.repeat(filled)}${' '.repeat(barCells - filled)}] ${Math.floor((bytes / total) * 100)} %  ${megabytes}`,
    );
  };
}

export function clearBar(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}
