import type { ReactNode } from 'react';
import { type RaRecord, useLocation } from 'react-admin';
import { Page } from './page.tsx';
import { LoadingState, ProblemState } from './states.tsx';
import { useRecord } from './use-record.ts';

interface RecordPageProps<Whole extends RaRecord<string>> {
  readonly resource: string;
  /** While the record is not there yet, or cannot be had. */
  readonly title: string;
  readonly againMs?: (record: Whole | undefined) => number | false;
  readonly children: (record: Whole, at: RecordAddress) => ReactNode;
}

interface RecordAddress {
  readonly tab: string | undefined;
  /** The list that one came from, with its filters. */
  readonly back: string;
}

/** The page of one record, `#/<resource>/<id>/show` and below it a tab, or the state that stands in its place. */
export function RecordPage<Whole extends RaRecord<string>>({ resource, title, againMs, children }: RecordPageProps<Whole>) {
  const { pathname, search } = useLocation();
  const [, , id = '', , tab] = pathname.split('/');
  const { data: record, error, refetch } = useRecord<Whole>(resource, decodeURIComponent(id), againMs);
  const back = `/${resource}${search}`;
  if (record !== undefined) return children(record, { tab, back });
  return (
    <Page title={title} back={back}>
      {error === null ? <LoadingState /> : <ProblemState error={error} retry={() => void refetch()} />}
    </Page>
  );
}
