import { Stack, Typography } from '@mui/material';
import { ChoiceField, DayField, FilterBar } from '../../shell/list/filter-bar.tsx';
import { day, type FilterValues, oneOf, writeAddress } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { type RecordList, useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';
import { ReferenceLink } from '../reference-link.tsx';
import { ExceptionChip } from './exception-chip.tsx';
import type { Exception } from './exception-source.ts';
import { exceptionKinds, gateways } from './kinds.ts';
import { exceptionTexts } from './text.ts';
import { ReconciliationViews } from './views.tsx';

const filters = { state: oneOf(['resolved']), kind: oneOf(exceptionKinds), gateway: oneOf(gateways), from: day, to: day };
type List = RecordList<Exception, typeof filters>;

/** What is not the same here and at a gateway: first what is open. */
export function ExceptionListPage() {
  const text = useText(exceptionTexts);
  const { none } = useText(shellTexts);
  const list: List = useRecordList<Exception, typeof filters>('exceptions', filters);
  const { values } = list;
  const amount = (rupiah: number | null) => (rupiah === null ? none : <Rupiah amount={rupiah} />);
  const columns: readonly Column<Exception>[] = [
    { name: 'kind', label: text.columns.kind, cell: (exception) => <What exception={exception} values={values} /> },
    { name: 'reference', label: text.columns.reference, cell: ({ reference }) => reference && <ReferenceLink reference={reference} /> },
    { name: 'here', label: text.columns.here, cell: ({ amountRupiah }) => amount(amountRupiah), isNumber: true },
    { name: 'there', label: text.columns.there, cell: ({ gatewayAmountRupiah }) => amount(gatewayAmountRupiah), isNumber: true },
    { name: 'state', label: text.columns.state, cell: ({ state }) => <ExceptionChip state={state} /> },
    { name: 'found', label: text.columns.found, cell: ({ createdAt }) => <Moment iso={createdAt} isShort /> },
  ];
  return (
    <Page title={text.title}>
      <ReconciliationViews shown={values.state === 'resolved' ? 'resolved' : 'open'} onState={(state) => list.filterBy({ state })} />
      <ExceptionFilters list={list} />
      <RecordRows
        list={list}
        columns={columns}
        card={(exception) => <ExceptionCard exception={exception} values={values} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
      />
    </Page>
  );
}

function ExceptionFilters({ list }: { readonly list: List }) {
  const text = useText(exceptionTexts);
  const { values } = list;
  return (
    <FilterBar isFiltered={list.isFiltered} clear={list.clear}>
      <ChoiceField
        label={text.kind}
        value={values.kind}
        onChange={(kind) => list.filterBy({ kind })}
        choices={exceptionKinds.map((kind) => ({ value: kind, label: text.kinds[kind] }))}
      />
      <ChoiceField
        label={text.gateway}
        value={values.gateway}
        onChange={(gateway) => list.filterBy({ gateway })}
        choices={gateways.map((gateway) => ({ value: gateway, label: gateway }))}
      />
      <DayField label={text.from} value={values.from} onChange={(from) => list.filterBy({ from })} />
      <DayField label={text.to} value={values.to} onChange={(to) => list.filterBy({ to })} />
    </FilterBar>
  );
}

interface RowProps {
  readonly exception: Exception;
  /** Filters of the list, which the page of the exception leads back to. */
  readonly values: FilterValues;
}

function What({ exception: { id, kind, gateway, detail }, values }: RowProps) {
  const { kinds } = useText(exceptionTexts);
  return (
    <>
      <RowLink to={`/exceptions/${id}/show${writeAddress({ values })}`}>{kinds[kind]}</RowLink>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {gateway} · {detail}
      </Typography>
    </>
  );
}

function ExceptionCard({ exception, values }: RowProps) {
  const { reference, gatewayAmountRupiah, amountRupiah } = exception;
  const rupiah = gatewayAmountRupiah ?? amountRupiah;
  return (
    <Stack sx={{ gap: 0.75 }}>
      <div>
        <What exception={exception} values={values} />
      </div>
      {reference === null ? null : <ReferenceLink reference={reference} />}
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
        <ExceptionChip state={exception.state} />
        {rupiah === null ? null : <Rupiah amount={rupiah} />}
      </Stack>
      <Typography variant="body2" color="textSecondary">
        <Moment iso={exception.createdAt} isShort />
      </Typography>
    </Stack>
  );
}
