import { Button } from '@mui/material';
import { Link, type RaRecord } from 'react-admin';
import type { Filters } from '../shell/list/filters.ts';
import { useRecordList } from '../shell/list/use-record-list.ts';
import { useText } from '../shell/use-text.ts';
import { logTexts } from './text.ts';

interface NeighboursProps {
  readonly resource: string;
  readonly filters: Filters;
  readonly id: string;
  /** The list that the record was opened from, as its address has it. */
  readonly search: string;
}

/** The records before and after one in the list it was opened from: j and k. */
export function Neighbours({ resource, filters, id, search }: NeighboursProps) {
  const { neighbours: text } = useText(logTexts);
  const { rows } = useRecordList<RaRecord<string>, Filters>(resource, filters);
  const at = rows.findIndex((row) => row.id === id);
  const link = (row: RaRecord<string> | undefined, label: string, key: 'j' | 'k') =>
    row === undefined ? null : (
      <Button
        component={Link}
        to={`/${resource}/${encodeURIComponent(row.id)}/show${search}`}
        replace
        data-key={key}
        size="small"
        variant="outlined"
      >
        {label}
      </Button>
    );
  if (at < 0) return null;
  return (
    <>
      {link(rows[at - 1], text.previous, 'k')}
      {link(rows[at + 1], text.next, 'j')}
    </>
  );
}
