import { invalid, SqsError } from './sqs-error.ts';

/** The body of a request, not yet believed. */
export type Input = Readonly<Record<string, unknown>>;

export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') throw new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
  return value;
}

export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a string.`);
  return value;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number within bounds, or undefined when the request leaves it out. */
export function optionalInteger(input: Input, name: string, { min, max }: Bounds): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid(`Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`);
}

export function integer(input: Input, name: string, bounds: Bounds): number {
  const value = optionalInteger(input, name, bounds);
  if (value === undefined) throw new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
  return value;
}

export function texts(input: Input, name: string): string[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a list of strings.`);
  }
  return value;
}

export function record(input: Input, name: string): Input {
  const value = input[name] ?? {};
  if (!isRecord(value)) throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a map.`);
  return value;
}

export function textRecord(input: Input, name: string): Readonly<Record<string, string>> {
  const value = record(input, name);
  for (const key of Object.keys(value)) optionalText(value, key);
  return value as Readonly<Record<string, string>>;
}

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const entriesMax = 10;

/** Entries of a batch: 1 to 10, each with an id of its own. */
export function batchEntries(input: Input): readonly (Input & { readonly Id: string })[] {
  const entries = input['Entries'];
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new SqsError('EmptyBatchRequest', "There should be at least one entry in the request's batch.");
  }
  if (entries.length > entriesMax) {
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${entriesMax}. You have sent ${entries.length}.`,
    );
  }
  const checked = entries.map((entry: unknown) => {
    if (!isRecord(entry)) throw invalid('Every entry of a batch must be a structure.');
    const Id = text(entry, 'Id');
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(Id)) {
      const message =
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw new SqsError('InvalidBatchEntryId', message);
    }
    return entry as Input & { readonly Id: string };
  });
  const repeated = checked.map(({ Id }) => Id).find((id, index, all) => all.indexOf(id) !== index);
  if (repeated !== undefined) throw new SqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return checked;
}

export interface BatchFailure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Does each entry by itself: one that is refused fails alone. */
export function eachEntry<Done>(
  entries: readonly (Input & { readonly Id: string })[],
  work: (entry: Input & { readonly Id: string }) => Done,
): { readonly Successful: Done[]; readonly Failed: BatchFailure[] } {
  const Successful: Done[] = [];
  const Failed: BatchFailure[] = [];
  for (const entry of entries) {
    try {
      Successful.push(work(entry));
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, Failed };
}
