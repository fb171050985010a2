import { Stack, Tab, Tabs, Typography } from '@mui/material';
import { ChoiceField, DayField, FilterBar, SearchField, TextFilter } from '../../shell/list/filter-bar.tsx';
import { day, type FilterValues, oneOf, writeAddress } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { type RecordList, useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useText } from '../../shell/use-text.ts';
import { amount } from '../amount-filter.ts';
import { memberId } from '../member-filter.ts';
import { MemberLink } from '../member-link.tsx';
import { methodNames, paymentMethods } from '../methods.ts';
import { walletTexts } from '../text.ts';
import type { Deposit } from './deposit-source.ts';
import { depositStatuses } from './deposit-statuses.ts';
import { StatusChip } from './status-chip.tsx';
import { depositTexts } from './text.ts';

const filters = {
  review: oneOf(['open']),
  status: oneOf(depositStatuses),
  method: oneOf(paymentMethods),
  memberId,
  from: day,
  to: day,
  amountMin: amount,
  amountMax: amount,
};
type List = RecordList<Deposit, typeof filters>;

/** Deposits, newest first; or those that somebody has to decide about, oldest first. */
export function DepositListPage() {
  const text = useText(depositTexts);
  const methods = useText(methodNames);
  const list: List = useRecordList<Deposit, typeof filters>('deposits', filters);
  const { values } = list;
  const columns: readonly Column<Deposit>[] = [
    { name: 'method', label: text.columns.method, cell: (deposit) => <What deposit={deposit} values={values} /> },
    { name: 'member', label: text.columns.member, cell: (deposit) => <MemberLink memberId={deposit.memberId} /> },
    { name: 'amount', label: text.columns.amount, cell: ({ totalRupiah }) => <Rupiah amount={totalRupiah} />, isNumber: true },
    { name: 'credited', label: text.columns.credited, cell: ({ creditedRupiah }) => <Rupiah amount={creditedRupiah} />, isNumber: true },
    { name: 'status', label: text.columns.status, cell: (deposit) => <Status deposit={deposit} /> },
    { name: 'created', label: text.columns.created, cell: ({ createdAt }) => <Moment iso={createdAt} isShort /> },
  ];
  const isReview = values.review === 'open';
  return (
    <Page title={text.title}>
      <Views list={list} />
      <DepositFilters list={list} methods={methods} />
      <RecordRows
        list={list}
        columns={columns}
        card={(deposit) => <DepositCard deposit={deposit} values={values} />}
        empty={{ title: isReview ? text.emptyReviewTitle : text.emptyTitle, text: isReview ? text.emptyReview : text.empty }}
        label={text.list}
      />
    </Page>
  );
}

function Views({ list }: { readonly list: List }) {
  const text = useText(depositTexts);
  return (
    <Tabs
      value={list.values.review ?? 'all'}
      aria-label={text.views}
      onChange={(_, view: string) => list.filterBy({ review: view === 'open' ? 'open' : undefined })}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
    >
      <Tab value="all" label={text.all} />
      <Tab value="open" label={text.review} />
    </Tabs>
  );
}

interface DepositFiltersProps {
  readonly list: List;
  readonly methods: Readonly<Record<Deposit['method'], string>>;
}

function DepositFilters({ list, methods }: DepositFiltersProps) {
  const text = useText(depositTexts);
  const { wrong } = useText(walletTexts);
  const { values } = list;
  const amounts = { filter: amount, wrong: wrong.amount };
  return (
    <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
      <SearchField
        label={text.member}
        hint={text.memberHint}
        takes={{ filter: memberId, wrong: wrong.memberId }}
        value={values.memberId}
        onChange={(member) => list.filterBy({ memberId: member })}
      />
      <ChoiceField
        label={text.status}
        value={values.status}
        onChange={(status) => list.filterBy({ status })}
        choices={depositStatuses.map((status) => ({ value: status, label: text.statuses[status] }))}
      />
      <ChoiceField
        label={text.method}
        value={values.method}
        onChange={(method) => list.filterBy({ method })}
        choices={paymentMethods.map((method) => ({ value: method, label: methods[method] }))}
      />
      <DayField label={text.from} value={values.from} onChange={(from) => list.filterBy({ from })} />
      <DayField label={text.to} value={values.to} onChange={(to) => list.filterBy({ to })} />
      <TextFilter label={text.amountMin} value={values.amountMin} onChange={(amountMin) => list.filterBy({ amountMin })} takes={amounts} />
      <TextFilter label={text.amountMax} value={values.amountMax} onChange={(amountMax) => list.filterBy({ amountMax })} takes={amounts} />
    </FilterBar>
  );
}

interface RowProps {
  readonly deposit: Deposit;
  /** Filters of the list, which the page of the deposit leads back to. */
  readonly values: FilterValues;
}

function What({ deposit: { id, method, gateway }, values, isShort = false }: RowProps & { readonly isShort?: boolean }) {
  const methods = useText(methodNames);
  return (
    <>
      <RowLink to={`/deposits/${id}/show${writeAddress({ values })}`}>{methods[method]}</RowLink>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {isShort ? gateway : `${gateway} · ${id}`}
      </Typography>
    </>
  );
}

/** What is the matter with the money, where something is. */
function Status({ deposit }: { readonly deposit: Deposit }) {
  const { issues } = useText(depositTexts);
  const issue = deposit.underReview?.issue;
  return (
    <>
      <StatusChip deposit={deposit} />
      {issue ? (
        <Typography variant="body2" color="textSecondary">
          {issues[issue]}
        </Typography>
      ) : null}
    </>
  );
}

function DepositCard({ deposit, values }: RowProps) {
  return (
    <Stack sx={{ gap: 0.75 }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
        <div>
          <What deposit={deposit} values={values} isShort />
        </div>
        <Typography sx={{ fontWeight: 600 }}>
          <Rupiah amount={deposit.totalRupiah} />
        </Typography>
      </Stack>
      <div>
        <Status deposit={deposit} />
      </div>
      <Typography variant="body2" color="textSecondary">
        <Moment iso={deposit.createdAt} isShort />
      </Typography>
    </Stack>
  );
}
