import { Stack, Typography } from '@mui/material';
import { ChoiceField, FilterBar } from '../../shell/list/filter-bar.tsx';
import { type FilterValues, oneOf, writeAddress } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { type RecordList, useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { gateways } from '../exceptions/kinds.ts';
import { exceptionTexts } from '../exceptions/text.ts';
import { ReconciliationViews } from '../exceptions/views.tsx';
import { RunActions } from './run-actions.tsx';
import { RunChip } from './run-chip.tsx';
import type { Run } from './run-source.ts';
import { runTexts } from './text.ts';

const filters = { gateway: oneOf(gateways) };

/** Days that were compared with the gateways' reports, and those on which that failed. */
export function RunListPage() {
  const { title } = useText(exceptionTexts);
  const text = useText(runTexts);
  const list = useRecordList<Run, typeof filters>('runs', filters);
  const columns = useColumns(list.values);
  return (
    <Page title={title} actions={<RunActions />}>
      <ReconciliationViews shown="runs" />
      <RunFilters list={list} />
      <RecordRows
        list={list}
        columns={columns}
        card={(run) => <RunCard run={run} values={list.values} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
      />
      <Typography variant="body2" color="textSecondary" sx={{ p: 2 }}>
        {text.shown}
      </Typography>
    </Page>
  );
}

function useColumns(values: FilterValues): readonly Column<Run>[] {
  const { columns } = useText(runTexts);
  const { count } = useFormat();
  const ofCompared = (run: Run, value: number): string => (run.state === 'failed' ? '–' : count(value));
  return [
    { name: 'day', label: columns.day, cell: (run) => <RunName run={run} values={values} /> },
    { name: 'lines', label: columns.lines, cell: (run) => ofCompared(run, run.lines), isNumber: true },
    { name: 'matched', label: columns.matched, cell: (run) => ofCompared(run, run.matched), isNumber: true },
    { name: 'findings', label: columns.findings, cell: (run) => ofCompared(run, run.findings), isNumber: true },
    { name: 'state', label: columns.state, cell: (run) => <RunChip run={run} /> },
    { name: 'at', label: columns.at, cell: ({ at }) => <Moment iso={at} isShort /> },
  ];
}

function RunFilters({ list }: { readonly list: RecordList<Run, typeof filters> }) {
  const text = useText(runTexts);
  return (
    <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
      <ChoiceField
        label={text.gateway}
        value={list.values.gateway}
        onChange={(gateway) => list.filterBy({ gateway })}
        choices={gateways.map((gateway) => ({ value: gateway, label: gateway }))}
      />
    </FilterBar>
  );
}

interface RowProps {
  readonly run: Run;
  /** Filters of the list, which the page of the run leads back to. */
  readonly values: FilterValues;
}

function RunName({ run: { id, day, gateway, askedBy }, values }: RowProps) {
  return (
    <>
      <RowLink to={`/runs/${id}/show${writeAddress({ values })}`}>{`${day} · ${gateway}`}</RowLink>
      <Typography variant="body2" color="textSecondary">
        {askedBy}
      </Typography>
    </>
  );
}

function RunCard({ run, values }: RowProps) {
  const { columns } = useText(runTexts);
  const { count } = useFormat();
  return (
    <Stack sx={{ gap: 0.75 }}>
      <div>
        <RunName run={run} values={values} />
      </div>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
        <RunChip run={run} />
        <Typography variant="body2" color="textSecondary">
          <Moment iso={run.at} isShort />
        </Typography>
      </Stack>
      {run.state === 'failed' ? null : (
        <Typography variant="body2">{`${columns.matched}: ${count(run.matched)} / ${count(run.lines)} · ${columns.findings}: ${count(run.findings)}`}</Typography>
      )}
    </Stack>
  );
}
