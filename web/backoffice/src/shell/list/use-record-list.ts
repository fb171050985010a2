import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type RaRecord, useGetList, useLocation, useNavigate } from 'react-admin';
import type { ListMeta } from '../data/data-provider.ts';
import { type Filters, type FilterValues, hasFilters, readAddress, writeAddress } from './filters.ts';

const perPage = 25;

export interface RecordList<Row extends RaRecord<string>, Of extends Filters> {
  readonly resource: string;
  readonly rows: readonly Row[];
  readonly values: FilterValues<Of>;
  readonly page: number;
  readonly hasNext: boolean;
  readonly isFiltered: boolean;
  readonly isPending: boolean;
  /** Rows of the page before are shown until the new ones are there. */
  readonly isStale: boolean;
  /** Rows that these filters show; undefined while they are on their way, or failed to come. */
  readonly shown: number | undefined;
  readonly partial: boolean;
  /** With rows: they could not be asked for again, and are as they were. */
  readonly error: unknown;
  /** When the rows were answered, in milliseconds since the epoch. */
  readonly answeredMs: number;
  /** Changes some filters and leaves the others. */
  readonly filterBy: (change: FilterValues<Of>) => void;
  readonly clear: () => void;
  readonly turnTo: (page: number) => void;
  readonly retry: () => void;
}

export interface ListOptions<Row> {
  /** Narrows the list whatever the address says. */
  readonly fixed?: FilterValues;
  /** Pause before these rows are asked for again. */
  readonly againMs?: (rows: readonly Row[]) => number;
}

/** A list of records whose filters and page are in the address. */
export function useRecordList<Row extends RaRecord<string>, const Of extends Filters>(
  resource: string,
  filters: Of,
  { fixed, againMs }: ListOptions<Row> = {},
): RecordList<Row, Of> {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const { values, page } = readAddress(filters, search);
  const found = useGetList<Row>(
    resource,
    { pagination: { page, perPage }, sort: { field: 'id', order: 'DESC' }, filter: { ...values, ...fixed } },
    {
      retry: false,
      placeholderData: keepPreviousData,
      // What failed from the start is asked for again by whoever reads that it failed; otherwise the words would come and go.
      ...(againMs && { refetchInterval: ({ state }) => (state.data === undefined ? false : againMs(state.data.data)) }),
    },
  );
  // The address follows a moment later; a filter that is changed meanwhile joins what was asked for, not what is still shown.
  const asked = useRef<FilterValues<Of>>(undefined);
  useEffect(() => {
    // An address on the way there changes nothing about that.
    if (asked.current !== undefined && writeAddress({ values: asked.current }) === search) asked.current = undefined;
  });
  const show = (next: FilterValues<Of>): void => {
    asked.current = next;
    // Each letter that is typed would be a step back otherwise.
    navigate({ pathname, search: writeAddress({ values: next }) }, { replace: true });
  };
  return {
    resource,
    rows: found.data ?? [],
    values,
    page,
    hasNext: found.pageInfo?.hasNextPage ?? false,
    isFiltered: hasFilters(values),
    isPending: found.isPending,
    isStale: found.isPlaceholderData,
    shown: shownOf(found),
    partial: (found.meta as ListMeta | undefined)?.partial ?? false,
    error: found.error,
    answeredMs: found.dataUpdatedAt,
    filterBy: (change) => show({ ...(asked.current ?? values), ...change }),
    clear: () => show({}),
    turnTo: (next) => navigate({ pathname, search: writeAddress({ values, page: next }) }),
    retry: () => void found.refetch(),
  };
}

type Found = Pick<ReturnType<typeof useGetList>, 'isPlaceholderData' | 'error' | 'data'>;

const shownOf = ({ isPlaceholderData, error, data }: Found): number | undefined =>
  isPlaceholderData || error !== null ? undefined : data?.length;
