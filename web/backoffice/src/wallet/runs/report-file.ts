/**
 * Midtrans' export as these pages know it: how large it may be, and what the API says is wrong with it.
 */
import type { ApiProblem } from '../../shell/api/problem.ts';

/** The API's own bound, which would bring its schemas with it. */
export const csvBytesMax = 4 * 1024 * 1024;

interface Words {
  readonly column: (name: string) => string;
  readonly line: (line: string) => string;
  readonly long: string;
}

/** In the reader's words what the API tells of a line; undefined for everything that is not about the file. */
export function wrongIn({ code, detail }: Pick<ApiProblem, 'code' | 'detail'>, words: Words): string | undefined {
  if (code !== 'reconciliation.report-unreadable' || detail === undefined) return undefined;
  const [, column] = /column "(.+)" is missing/.exec(detail) ?? [];
  if (column !== undefined) return words.column(column);
  if (detail.includes('too many lines')) return words.long;
  const [, line] = /^Line (\d+): /.exec(detail) ?? [];
  return line === undefined ? detail : words.line(line);
}
