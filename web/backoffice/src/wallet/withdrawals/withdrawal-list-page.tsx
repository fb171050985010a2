import { Box, Stack, Tab, Tabs, Typography } from '@mui/material';
import { useState } from 'react';
import { useMay, useSession } from '../../shell/desk-context.ts';
import { ChoiceField, DayField, FilterBar, SearchField } from '../../shell/list/filter-bar.tsx';
import { day, type FilterValues, oneOf, writeAddress } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { type RecordList, useRecordList } from '../../shell/list/use-record-list.ts';
import { useSelection } from '../../shell/list/use-selection.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { MemberLink } from '../member-link.tsx';
import { memberId } from '../member-filter.ts';
import { walletTexts } from '../text.ts';
import { BulkBar, type BulkDecision } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import type { BulkResult } from './bulk-results.ts';
import { BulkResultsDialog } from './bulk-results-dialog.tsx';
import { BankAccount, bankAccountOf } from './destination.tsx';
import { Risk, StateChip } from './state-chip.tsx';
import { withdrawalTexts } from './text.ts';
import type { Withdrawal } from './withdrawal-source.ts';
import { withdrawalStates } from './withdrawal-states.ts';

/** Scores that a list may begin at: about one plain signal, two, and a name that differs. */
const riskSteps = ['20', '35', '50'] as const;

const filters = {
  state: oneOf([...withdrawalStates, 'all']),
  order: oneOf(['riskiest']),
  riskMin: oneOf(riskSteps),
  memberId,
  from: day,
  to: day,
};
type List = RecordList<Withdrawal, typeof filters>;

/** The queue, by age or by risk; or withdrawals of any other state, newest first. */
export function WithdrawalListPage() {
  const text = useText(withdrawalTexts);
  const list: List = useRecordList<Withdrawal, typeof filters>('withdrawals', filters);
  const columns = useColumns(list.values);
  const isQueue = list.values.state === undefined;
  return (
    <Page title={text.title}>
      <Views list={list} />
      <WithdrawalFilters list={list} />
      <DecidableRows list={list} columns={columns} empty={isQueue ? { title: text.emptyQueueTitle, text: text.emptyQueue } : text} />
    </Page>
  );
}

interface DecidableRowsProps {
  readonly list: List;
  readonly columns: readonly Column<Withdrawal>[];
  readonly empty: { readonly title: string; readonly text: string } | { readonly emptyTitle: string; readonly empty: string };
}

/** The rows, with checkboxes for those that whoever looks may decide about. */
function DecidableRows({ list, columns, empty }: DecidableRowsProps) {
  const text = useText(withdrawalTexts);
  const may = useMay();
  const oneself = useSession()?.staff.id;
  const [decision, setDecision] = useState<BulkDecision>();
  const [results, setResults] = useState<readonly BulkResult[]>();
  const selection = useSelection(list.rows, {
    isSelectable: ({ state }) => state === 'submitted',
    nameOf: ({ destination }) => `${destination.accountName}, ${bankAccountOf(destination)}`,
  });
  const mayDecide = may('withdrawals:decide') && list.rows.some(selection.isSelectable);
  return (
    <>
      {mayDecide ? <BulkBar selection={selection} decide={setDecision} /> : null}
      <RecordRows
        list={list}
        columns={columns}
        card={(withdrawal) => <WithdrawalCard withdrawal={withdrawal} values={list.values} />}
        empty={'emptyTitle' in empty ? { title: empty.emptyTitle, text: empty.empty } : empty}
        label={text.list}
        {...(mayDecide && { selection })}
      />
      {decision === undefined ? null : (
        <BulkDialog
          decision={decision}
          withdrawals={selection.rows}
          oneself={oneself}
          decided={(decided) => {
            setResults(decided);
            selection.clear();
          }}
          close={() => setDecision(undefined)}
        />
      )}
      {results === undefined ? null : <BulkResultsDialog results={results} close={() => setResults(undefined)} />}
    </>
  );
}

function useColumns(values: FilterValues): readonly Column<Withdrawal>[] {
  const { columns } = useText(withdrawalTexts);
  return [
    { name: 'account', label: columns.account, cell: (withdrawal) => <Who withdrawal={withdrawal} values={values} /> },
    { name: 'member', label: columns.member, cell: ({ memberId }) => <MemberLink memberId={memberId} /> },
    { name: 'amount', label: columns.amount, cell: ({ amountRupiah }) => <Rupiah amount={amountRupiah} />, isNumber: true },
    { name: 'risk', label: columns.risk, cell: ({ risk }) => <Risk risk={risk} /> },
    { name: 'state', label: columns.state, cell: (withdrawal) => <StateChip withdrawal={withdrawal} /> },
    { name: 'age', label: columns.age, cell: ({ createdAt }) => <Moment iso={createdAt} isShort /> },
  ];
}

/** The states that are worked off have a place of their own; the others are a filter away. */
function Views({ list }: { readonly list: List }) {
  const text = useText(withdrawalTexts);
  const views = [
    { state: undefined, label: text.queue },
    { state: 'stalled', label: text.stalled },
    { state: 'all', label: text.all },
  ];
  const current = views.findIndex(({ state }) => state === list.values.state);
  return (
    <Tabs
      value={current === -1 ? 2 : current}
      aria-label={text.views}
      onChange={(_, view: number) => list.filterBy({ state: views[view]?.state, order: undefined })}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
    >
      {views.map(({ label }) => (
        <Tab key={label} label={label} />
      ))}
    </Tabs>
  );
}

function WithdrawalFilters({ list }: { readonly list: List }) {
  const text = useText(withdrawalTexts);
  const { wrong } = useText(walletTexts);
  const format = useFormat();
  const { values } = list;
  const isQueue = values.state === undefined;
  return (
    <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
      <SearchField
        label={text.member}
        hint={text.memberHint}
        takes={{ filter: memberId, wrong: wrong.memberId }}
        value={values.memberId}
        onChange={(member) => list.filterBy({ memberId: member })}
      />
      {isQueue ? (
        <ChoiceField
          label={text.order}
          value={values.order}
          any={text.oldest}
          onChange={(order) => list.filterBy({ order })}
          choices={[{ value: 'riskiest', label: text.riskiest }]}
        />
      ) : (
        <ChoiceField
          label={text.state}
          value={values.state}
          any={text.queue}
          onChange={(state) => list.filterBy({ state })}
          choices={[
            { value: 'all', label: text.all },
            ...withdrawalStates.filter((state) => state !== 'submitted').map((state) => ({ value: state, label: text.states[state] })),
          ]}
        />
      )}
      <ChoiceField
        label={text.risk}
        value={values.riskMin}
        any={text.anyRisk}
        onChange={(riskMin) => list.filterBy({ riskMin })}
        choices={riskSteps.map((score) => ({ value: score, label: text.riskFrom(format.count(Number(score))) }))}
      />
      <DayField label={text.from} value={values.from} onChange={(from) => list.filterBy({ from })} />
      <DayField label={text.to} value={values.to} onChange={(to) => list.filterBy({ to })} />
    </FilterBar>
  );
}

interface RowProps {
  readonly withdrawal: Withdrawal;
  /** Filters of the list, which the page of the withdrawal leads back to. */
  readonly values: FilterValues;
}

function Who({ withdrawal: { id, destination }, values }: RowProps) {
  return (
    // A name may be broken anywhere, and so would be left no room beside columns that may not.
    <Box sx={{ minWidth: { sm: 150 } }}>
      <RowLink to={`/withdrawals/${id}/show${writeAddress({ values })}`}>{destination.accountName}</RowLink>
      <BankAccount destination={destination} />
    </Box>
  );
}

function WithdrawalCard({ withdrawal, values }: RowProps) {
  return (
    <Stack sx={{ gap: 0.75 }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
        <div>
          <Who withdrawal={withdrawal} values={values} />
        </div>
        <Typography sx={{ fontWeight: 600 }}>
          <Rupiah amount={withdrawal.amountRupiah} />
        </Typography>
      </Stack>
      <StateChip withdrawal={withdrawal} />
      <Risk risk={withdrawal.risk} />
      <Typography variant="body2" color="textSecondary">
        <Moment iso={withdrawal.createdAt} isShort />
      </Typography>
    </Stack>
  );
}
