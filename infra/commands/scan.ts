/**
 * `npm run scan -- [FILE] [--range-bytes N] [--ndjson | --patterns]`: the Log Scanner's own code on a local file or on standard input.
 *
 * Exit codes: 0 when everything was scanned, 1 when the input could not be scanned to its end (what was found before is printed), 2 for a wrong command line.
 */
import { runFileCommand } from './file-command.ts';
import { openScanInput, ScanInputError } from './scan/input.ts';
import { patternsReport } from './scan/patterns-report.ts';
import { ndjsonReport, type ScanReport, summaryReport } from './scan/report.ts';
import { scanInput } from './scan/scan-input.ts';

const usage = `npm run scan -- [FILE] [options]
  FILE              a log file, plain or .gz or .zst, in UTF-8 or UTF-16; standard input without one or for -
  --range-bytes N   scan in ranges of N bytes; the result is the same for every N
  --ndjson          one record a line instead of a summary
  --patterns        counts and patterns as one JSON object: what the system makes of the file
`;

interface Command {
  readonly file: string;
  readonly rangeBytes: number | undefined;
  readonly report: () => ScanReport;
}

await runFileCommand({
  usage,
  options: {
    'range-bytes': { type: 'string' },
    ndjson: { type: 'boolean', default: false },
    patterns: { type: 'boolean', default: false },
  },
  read(file, { 'range-bytes': bytes, ndjson, patterns }): Command | string {
    const rangeBytes = bytes === undefined ? undefined : Number(bytes);
    if (rangeBytes !== undefined && !(Number.isSafeInteger(rangeBytes) && rangeBytes >= 1))
      return '--range-bytes takes a whole number from 1 on.';
    if (ndjson && patterns) return 'Either --ndjson or --patterns.';
    return { file, rangeBytes, report: ndjson ? ndjsonReport : patterns ? patternsReport : summaryReport };
  },
  run: scan,
});

async function scan({ file, rangeBytes, report: newReport }: Command): Promise<number> {
  const report = newReport();
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
