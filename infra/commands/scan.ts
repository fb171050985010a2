/**
 * `npm run scan -- [FILE] [--range-bytes N] [--ndjson]`: the Log Scanner's own code on a local file or on standard input.
 *
 * Exit codes: 0 when everything was scanned, 1 when the input could not be scanned to its end (what was found before is printed), 2 for a wrong command line.
 */
import { runFileCommand } from './file-command.ts';
import { openScanInput, ScanInputError } from './scan/input.ts';
import { ndjsonReport, type ScanReport, summaryReport } from './scan/report.ts';
import { scanInput } from './scan/scan-input.ts';

const usage = `npm run scan -- [FILE] [options]
  FILE              a log file, plain or .gz or .zst, in UTF-8 or UTF-16; standard input without one or for -
  --range-bytes N   scan in ranges of N bytes; the result is the same for every N
  --ndjson          one record a line instead of a summary
`;

interface Command {
  readonly file: string;
  readonly rangeBytes: number | undefined;
  readonly ndjson: boolean;
}

await runFileCommand({
  usage,
  options: { 'range-bytes': { type: 'string' }, ndjson: { type: 'boolean', default: false } },
  read(file, { 'range-bytes': bytes, ndjson }): Command | string {
    const rangeBytes = bytes === undefined ? undefined : Number(bytes);
    if (rangeBytes !== undefined && !(Number.isSafeInteger(rangeBytes) && rangeBytes >= 1))
      return '--range-bytes takes a whole number from 1 on.';
    return { file, rangeBytes, ndjson };
  },
  run: scan,
});

async function scan({ file, rangeBytes, ndjson }: Command): Promise<number> {
  const report: ScanReport = ndjson ? ndjsonReport() : summaryReport();
  try {
    await using input = await openScanInput(file);
    const outcome = await scanInput(input, rangeBytes, report);
    report.end(input, outcome);
    if (outcome.failure === undefined) return 0;
    console.error(`${input.name}: ${outcome.failure}`);
  } catch (error) {
    if (!(error instanceof ScanInputError)) throw error;
    console.error(error.message);
  }
  return 1;
}
