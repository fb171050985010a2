import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadingState, ProblemState } from './states.tsx';

interface AnsweredProps<Value> {
  readonly query: UseQueryResult<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** What a call answered, or the state that stands in its place. */
export function Answered<Value>({ query, children }: AnsweredProps<Value>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ProblemState error={query.error} retry={() => void query.refetch()} />;
  return <LoadingState rows={3} />;
}
