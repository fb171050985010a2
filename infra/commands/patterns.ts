/**
 * `npm run patterns -- [FILE] [--csv OUT] [--errors] [--json]`: the patterns of a log, mined with the production code.
 *
 * Exit codes: 0 when everything was mined, 1 when the input could not be read or the CSV not written, 2 for a wrong command line.
 */
import { runFileCommand } from './file-command.ts';
import { CsvFile, UnwritableError } from './patterns/csv-file.ts';
import { type MinedInput, mineAllLines, mineErrors, UnreadableError } from './patterns/mine-input.ts';
import { type Rereadable, rereadable } from './patterns/readable-lines.ts';
import { describeFailure } from './scan/failure.ts';
import { ScanInputError } from './scan/input.ts';

const usage = `npm run patterns -- [FILE] [options]
  FILE       a log file, plain or .gz or .zst, in UTF-8 or UTF-16; standard input without one or for -
  --csv OUT  also write LineId,EventId,EventTemplate of each line to OUT
  --errors   mine error records only: each counts once, at its first line
  --json     patterns as one JSON object instead of a table
`;

interface Command {
  readonly file: string;
  readonly csv: string | undefined;
  readonly errors: boolean;
  readonly json: boolean;
}

await runFileCommand({
  usage,
  options: { csv: { type: 'string' }, errors: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  read: (file, { csv, errors, json }): Command | string =>
    csv === '' ? '--csv takes the name of the file to write.' : { file, csv, errors, json },
  run: mine,
});

async function mine({ file, csv, errors, json }: Command): Promise<number> {
  try {
    await using input = await rereadable(file);
    await refuseBinary(input);
    // Before the work, so that a name that cannot be written is told at once.
    const rows = csv === undefined ? undefined : await CsvFile.create(csv, ['LineId', 'EventId', 'EventTemplate']);
    const mined = await (errors ? mineErrors(input) : mineAllLines(input));
    if (rows !== undefined) await writeRows(rows, mined);
    console.log(json ? jsonOf(input, mined) : tableOf(mined, errors ? 'error records' : 'lines'));
    return 0;
  } catch (error) {
    console.error(isForUser(error) ? error.message : `${file}: ${describeFailure(error)}`);
    return 1;
  }
}

function isForUser(error: unknown): error is Error {
  return error instanceof ScanInputError || error instanceof UnreadableError || error instanceof UnwritableError;
}

async function refuseBinary(input: Rereadable): Promise<void> {
  await using opened = await input.open();
  if (opened.content.binary) throw new UnreadableError(`${input.name}: it is no text: binary content is not mined.`);
}

async function writeRows(file: CsvFile, mined: MinedInput): Promise<void> {
  await mined.assignments(
    (line, { id, template }) => file.row([line, id, template]),
    async () => {
      if (file.isFull) await file.flush();
    },
  );
  await file.close();
}

function jsonOf({ name }: Rereadable, { patterns, counted, others }: MinedInput): string {
  return JSON.stringify({ file: name, counted, others, patterns });
}

function tableOf({ patterns, counted, others }: MinedInput, what: string): string {
  const width = Math.max(5, ...patterns.slice(0, 1).map(({ count }) => String(count).length));
  const rows = patterns.map(({ id, template, count }) => `${String(count).padStart(width)}  ${id}  ${template}`);
  const more = others > 0 ? [`${String(others).padStart(width)}  records with other stack traces`] : [];
  return [...rows, ...more, `${patterns.length} patterns of ${counted} ${what}`].join('\n');
}
