import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import { Box, Button, List, ListItem, Stack, type Theme, Typography, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { DataTable, type RaRecord } from 'react-admin';
import { LoadingState, NoteState, OutdatedNote, ProblemState } from '../states.tsx';
import { shellTexts } from '../text/texts.ts';
import { useFormat, useText } from '../use-text.ts';
import { visuallyHidden } from '../visually-hidden.ts';
import type { Filters } from './filters.ts';
import { AllCheckbox, RowCheckbox } from './row-checkbox.tsx';
import type { RecordList } from './use-record-list.ts';
import type { RowSelection } from './use-selection.ts';

export interface Column<Row> {
  readonly name: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** Amounts and counts stand at the right. */
  readonly isNumber?: boolean;
}

export interface RecordListProps<Row extends RaRecord<string>> {
  readonly list: RecordList<Row, Filters>;
  /** Of a table; the first one holds the row's link. */
  readonly columns: readonly Column<Row>[];
  /** The same row on a phone. */
  readonly card: (row: Row) => ReactNode;
  /** While there is nothing at all, whatever the filters. */
  readonly empty: { readonly title: string; readonly text: string; readonly action?: ReactNode };
  readonly label: string;
  /** For lists of which several rows are decided about at once. */
  readonly selection?: RowSelection<Row>;
}

/** Rows of a list, or the state that stands in their place. Rows that could not be asked for again stay, and say how old they are. */
export function RecordRows<Row extends RaRecord<string>>(props: RecordListProps<Row>) {
  const { list, empty } = props;
  const isOutdated = list.error !== null && list.answeredMs > 0;
  if (list.error !== null && !isOutdated) return <ProblemState error={list.error} retry={list.retry} />;
  if (list.isPending) return <LoadingState />;
  return (
    <>
      {isOutdated ? <OutdatedNote answeredMs={list.answeredMs} retry={list.retry} /> : null}
      {list.rows.length === 0 ? <NoRows list={list} empty={empty} /> : <ShownRows {...props} />}
    </>
  );
}

/** As a table or as cards. */
function ShownRows<Row extends RaRecord<string>>({ list, columns, card, label, selection }: RecordListProps<Row>) {
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const text = useText(shellTexts);
  const format = useFormat();
  return (
    <Box sx={{ opacity: list.isStale ? 0.6 : 1 }} aria-busy={list.isStale}>
      <Typography role="status" sx={visuallyHidden}>
        {text.lists.shown(format.count(list.rows.length))}
      </Typography>
      {isPhone ? (
        <Cards rows={list.rows} card={card} label={label} {...(selection && { selection })} />
      ) : (
        <Rows list={list} columns={columns} label={label} {...(selection && { selection })} />
      )}
      <Foot list={list} />
    </Box>
  );
}

type RowsProps<Row extends RaRecord<string>> = Pick<RecordListProps<Row>, 'list' | 'columns' | 'label' | 'selection'>;

function Rows<Row extends RaRecord<string>>({ list, columns, label, selection }: RowsProps<Row>) {
  return (
    <DataTable
      data={[...list.rows]}
      resource={list.resource}
      bulkActionButtons={false}
      rowClick={false}
      hover
      aria-label={label}
      sx={{ '& td, & th': { verticalAlign: 'top', py: 1 }, '& .RaDataTable-tableWrapper': { overflowX: 'auto' } }}
    >
      {selection === undefined ? null : (
        <DataTable.Col
          source="selected"
          label={<AllCheckbox selection={selection} rows={list.rows} />}
          disableSort
          sx={{ width: 40 }}
          render={(row: Row) => <RowCheckbox selection={selection} row={row} />}
        />
      )}
      {columns.map(({ name, label, cell, isNumber = false }) => (
        <DataTable.Col
          key={name}
          source={name}
          label={label}
          disableSort
          align={isNumber ? 'right' : 'left'}
          render={(row: Row) => cell(row)}
        />
      ))}
    </DataTable>
  );
}

function Cards<Row extends RaRecord<string>>({
  rows,
  card,
  label,
  selection,
}: Pick<RecordListProps<Row>, 'card' | 'label' | 'selection'> & { readonly rows: readonly Row[] }) {
  return (
    <List disablePadding aria-label={label}>
      {rows.map((row) => (
        <ListItem key={row.id} divider sx={{ display: 'flex', alignItems: 'flex-start', gap: 1.5, py: 1.5 }}>
          {selection === undefined ? null : <RowCheckbox selection={selection} row={row} />}
          <Box sx={{ flex: 1, minWidth: 0 }}>{card(row)}</Box>
        </ListItem>
      ))}
    </List>
  );
}

/** "Nothing there" and "nothing matches" are different things to be told. */
function NoRows<Row extends RaRecord<string>>({ list, empty }: Pick<RecordListProps<Row>, 'list' | 'empty'>) {
  const { states, lists } = useText(shellTexts);
  if (list.partial || (list.page > 1 && !list.isFiltered)) {
    const title = list.partial ? states.noMatchTitle : states.noPageTitle;
    return (
      <>
        <NoteState title={title} text={list.partial ? states.partial : ''}>
          <Button onClick={() => list.turnTo(1)}>{states.firstPage}</Button>
        </NoteState>
        <Foot list={list} />
      </>
    );
  }
  if (list.isFiltered) {
    return (
      <NoteState title={states.noMatchTitle} text={states.noMatch}>
        <Button variant="outlined" onClick={list.clear}>
          {lists.clear}
        </Button>
      </NoteState>
    );
  }
  return (
    <NoteState title={empty.title} text={empty.text}>
      {empty.action}
    </NoteState>
  );
}

/** No totals: the API knows whether there is more, and counts nothing. */
function Foot<Row extends RaRecord<string>>({ list }: Pick<RecordListProps<Row>, 'list'>) {
  const { lists, states } = useText(shellTexts);
  if (list.page === 1 && !list.hasNext) return null;
  return (
    <Box component="nav" aria-label={lists.pages} sx={{ p: 1 }}>
      {list.partial && list.rows.length > 0 ? (
        <Typography variant="body2" color="textSecondary" sx={{ px: 1, pb: 1 }}>
          {states.partial}
        </Typography>
      ) : null}
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', justifyContent: 'flex-end' }}>
        <Button startIcon={<ChevronLeft />} disabled={list.page === 1} onClick={() => list.turnTo(list.page - 1)}>
          {lists.previous}
        </Button>
        <Typography variant="body2">{lists.page(list.page)}</Typography>
        <Button endIcon={<ChevronRight />} disabled={!list.hasNext} onClick={() => list.turnTo(list.page + 1)}>
          {lists.next}
        </Button>
      </Stack>
    </Box>
  );
}
