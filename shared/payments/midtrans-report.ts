/**
 * Midtrans' daily report of payments, as its dashboard exports it: there is no API for it, so that a person or a transfer of files brings it.
 */
import { rupiahOf } from './amount.ts';
import { reportLimits, reportLineSchema, type ReportLine } from './report.ts';

/** What cannot be read; `line` counts from 1, which is the head. */
export interface ReportProblem {
  readonly line: number;
  readonly detail: string;
}

const columns = ['Order ID', 'Transaction ID', 'Transaction status', 'Amount', 'Settlement time'] as const;
type Column = (typeof columns)[number];

/** Money has come in, whatever became of it since. */
const paid = new Set(['settlement', 'capture', 'refund', 'partial_refund', 'chargeback', 'partial_chargeback']);

/**
 * Lines of an export in CSV (RFC 4180); columns in any order, and others among them. Times without an offset are those of Jakarta. Rows of
 * transactions that nobody has paid are left out.
 */
export function midtransReport(csv: string): { readonly lines: ReportLine[] } | { readonly problem: ReportProblem } {
  const [head = [], ...body] = rowsOf(csv.replace(/^\uFEFF/, ''));
  const places = new Map(columns.map((name) => [name, head.findIndex((cell) => cell.trim().toLowerCase() === name.toLowerCase())]));
  const missing = columns.find((name) => (places.get(name) ?? -1) < 0);
  if (missing !== undefined) return { problem: { line: 1, detail: `The column "${missing}" is missing.` } };
  if (body.length > reportLimits.linesMax) return { problem: { line: reportLimits.linesMax + 1, detail: 'It has too many lines.' } };
  const lines: ReportLine[] = [];
  for (const [index, row] of body.entries()) {
    const cellOf = (name: Column): string => (row[places.get(name) ?? -1] ?? '').trim();
    if (!paid.has(cellOf('Transaction status').toLowerCase())) continue;
    const { data } = reportLineSchema.safeParse(lineOf(cellOf));
    if (data === undefined) return { problem: { line: index + 2, detail: 'Id, amount or settlement time cannot be read.' } };
    lines.push(data);
  }
  return { lines };
}

const lineOf = (cellOf: (name: Column) => string) => ({
  what: 'payment',
  gatewayId: cellOf('Transaction ID'),
  reference: cellOf('Order ID') || null,
  amountRupiah: rupiahOf(cellOf('Amount')),
  atMs: Date.parse(`${cellOf('Settlement time').replace(' ', 'T')}+07:00`),
});

/** One pass over the text: quotes may hold commas, line ends and doubled quotes. Empty lines are none. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (const [whole, quoted, plain = '', end] of csv.matchAll(cells)) {
    if (whole === '' && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.some((cell) => cell !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
