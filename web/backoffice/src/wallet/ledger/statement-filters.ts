/**
 * A statement's account and time, as its address has them.
 */
import { day, type Filter, type FilterValues, writeAddress } from '../../shell/list/filters.ts';
import { jakartaDay } from '../jakarta-day.ts';

const account: Filter = (text) => (/^[a-z]+(?::[a-z0-9-]+)*$/.test(text) ? text : undefined);

export const statementFilters = { account, from: day, to: day };
export type StatementValues = FilterValues<typeof statementFilters>;

/** `clearing:midtrans:07` is an account of the book `clearing:midtrans`; a member's book is one account. */
export const bookOf = (name: string): string => (name.startsWith('member:') ? name : name.replace(/:\d\d$/, ''));

export function statementAddress(accountName: string): string {
  const book = bookOf(accountName);
  return `/ledger/${encodeURIComponent(book)}/show${writeAddress({ values: book === accountName ? {} : { account: accountName } })}`;
}

const dayMs = 86_400_000;
/** How far back a statement goes that nobody gave a beginning. */
const daysShown = 30;

export interface Days {
  /** First and last day in Jakarta, both included. */
  readonly from: string;
  readonly to: string;
}

/** Days in Jakarta: what was asked for, or else the last thirty. */
export function daysOf({ from, to }: StatementValues, nowMs: number): Days {
  const last = to ?? jakartaDay(nowMs);
  return { from: from ?? jakartaDay(Date.parse(`${last}T00:00:00+07:00`) - (daysShown - 1) * dayMs), to: last };
}

/** From the first midnight to the one behind the last day, as the API takes it. */
export function timeOf({ from, to }: Days): { readonly from: string; readonly to: string } {
  const end = new Date(Date.parse(`${to}T00:00:00+07:00`) + dayMs);
  return { from: new Date(`${from}T00:00:00+07:00`).toISOString(), to: end.toISOString() };
}
