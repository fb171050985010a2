import { Box, Typography } from '@mui/material';
import { useLocation, useNavigate } from 'react-admin';
import { useDesk } from '../../shell/desk-context.ts';
import { ChoiceField, DayField, FilterBar } from '../../shell/list/filter-bar.tsx';
import { hasFilters, readAddress, writeAddress } from '../../shell/list/filters.ts';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { NoteState } from '../../shell/states.tsx';
import { useText } from '../../shell/use-text.ts';
import { Figures } from '../figures.tsx';
import { ExportButton } from './export-button.tsx';
import type { Book } from './ledger-source.ts';
import { daysOf, statementFilters, type StatementValues, timeOf } from './statement-filters.ts';
import { StatementView } from './statement.tsx';
import { kindOfBook, ledgerTexts } from './text.ts';

/** `#/ledger/<book>/show`: what a book comes to, and the statement of one of its accounts. */
export function BookPage() {
  const text = useText(ledgerTexts);
  return (
    <RecordPage<Book> resource="ledger" title={text.title}>
      {(book) => <BookView book={book} />}
    </RecordPage>
  );
}

function BookView({ book }: { readonly book: Book }) {
  const text = useText(ledgerTexts);
  const { now } = useDesk();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const { values } = readAddress(statementFilters, search);
  const show = (next: StatementValues): void => navigate({ pathname, search: writeAddress({ values: next }) }, { replace: true });
  const account = book.accounts.find((each) => each === values.account) ?? book.accounts[0] ?? book.book;
  const days = daysOf(values, now());
  const isOrdered = days.from <= days.to;
  return (
    <Page title={book.book} back="/ledger" actions={isOrdered ? <ExportButton account={account} days={days} /> : null}>
      <Balances book={book} />
      <FilterBar isFiltered={hasFilters(values)} clear={() => show({})}>
        {book.accounts.length < 2 ? null : (
          <ChoiceField
            label={text.account}
            value={values.account}
            any={book.accounts[0] ?? ''}
            onChange={(chosen) => show({ ...values, account: chosen })}
            choices={book.accounts.slice(1).map((each) => ({ value: each, label: each }))}
          />
        )}
        <DayField label={text.from} value={days.from} onChange={(from) => show({ ...values, from })} />
        <DayField label={text.to} value={days.to} onChange={(to) => show({ ...values, to })} />
      </FilterBar>
      {isOrdered ? <StatementView account={account} time={timeOf(days)} /> : <NoteState title={text.reversed} text="" />}
    </Page>
  );
}

function Balances({ book }: { readonly book: Book }) {
  const text = useText(ledgerTexts);
  const figures = [
    { label: text.columns.posted, amount: book.postedRupiah },
    { label: text.columns.held, amount: book.heldRupiah },
    { label: text.columns.available, amount: book.availableRupiah },
  ];
  return (
    <Box sx={{ p: 2, borderBottom: 1, borderColor: 'divider' }}>
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {text.kinds[kindOfBook(book.book)]} · {text.sides[book.normalSide]}
      </Typography>
      <Figures figures={figures} />
    </Box>
  );
}
