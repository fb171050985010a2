import { type RaRecord, useGetOne, type UseGetOneHookValue } from 'react-admin';

/**
 * One whole record. react-admin would show a row of a list that was loaded before as if it were the record; ours hold less, so this is kept
 * apart from them (`meta` is part of the key).
 */
export function useRecord<Whole extends RaRecord<string>>(
  resource: string,
  id: string,
  /** Pause before it is asked for again; without it, it is not. */
  againMs?: (record: Whole | undefined) => number | false,
): UseGetOneHookValue<Whole> {
  return useGetOne<Whole>(
    resource,
    { id, meta: { whole: true } },
    { retry: false, ...(againMs && { refetchInterval: ({ state }: { state: { data?: Whole | undefined } }) => againMs(state.data) }) },
  );
}
