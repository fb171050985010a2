import { answer, type QueryOf, type Schemas } from '../../shell/api/client.ts';
import type { RecordSource } from '../../shell/capability.ts';
import { type FilterValues, instant, oneOf, textUpTo } from '../../shell/list/filters.ts';
import { spanOf, windowFilters, type WindowValues } from '../time-window.ts';

export type Pattern = Schemas['LogIssueInList'];
export type PatternDetail = Schemas['LogIssueDetail'];

export const patternStates = ['open', 'assigned', 'resolved', 'muted'] as const;
export const patternFlags = ['new', 'regressed', 'spiking'] as const;
export const patternLevels = ['error', 'fatal'] as const;

/** The API's own limit of each text. */
const textCharactersMax = 200;
const idOf = (text: string): string | undefined => (/^[\w-]{1,64}$/.test(text) ? text : undefined);

/** Filters of the list, as its address has them. */
export const patternFilters = {
  text: textUpTo(textCharactersMax),
  exclude: textUpTo(textCharactersMax),
  level: oneOf(patternLevels),
  state: oneOf(patternStates),
  flag: oneOf(patternFlags),
  service: textUpTo(textCharactersMax),
  assignee: idOf,
  file: idOf,
  sort: oneOf(['count']),
  firstFrom: instant,
  ...windowFilters,
};
export const patternSource: RecordSource = {
  async list(api, { filter, limit, cursor, signal, nowMs }) {
    const { window, from, to, ...others } = filter as WindowValues & FilterValues;
    const query = { ...others, ...spanOf({ window, from, to }, nowMs), limit, cursor } as QueryOf<'/api/admin/logs/patterns'>;
    const found = await answer(api.GET('/api/admin/logs/patterns', { params: { query }, signal: signal ?? null }));
    // By count, a page that has not looked at all patterns has no cursor to go on with: what it has not seen is rarer or older.
    return { records: found.patterns, nextCursor: found.nextCursor, partial: found.partial };
  },
  one: (api, patternId, signal) =>
    answer(api.GET('/api/admin/logs/patterns/{patternId}', { params: { path: { patternId } }, signal: signal ?? null })),
};
