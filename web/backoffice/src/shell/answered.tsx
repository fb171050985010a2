import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadingState, OutdatedNote, ProblemState } from './states.tsx';

interface AnsweredProps<Value> {
  readonly query: UseQueryResult<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** What a call answered, or the state that stands in its place. What it answered before stays when it is asked again and fails. */
export function Answered<Value>({ query, children }: AnsweredProps<Value>) {
  const retry = (): void => void query.refetch();
  if (query.data === undefined)
    return query.error === null ? <LoadingState rows={3} /> : <ProblemState error={query.error} retry={retry} />;
  if (query.error === null) return children(query.data);
  return (
    <>
      <OutdatedNote answeredMs={query.dataUpdatedAt} retry={retry} />
      {children(query.data)}
    </>
  );
}
