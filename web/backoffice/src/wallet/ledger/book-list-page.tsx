import { Button, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-admin';
import type { Filters } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { RowLink } from '../../shell/list/row-link.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { Page } from '../../shell/page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useText } from '../../shell/use-text.ts';
import { memberId } from '../member-filter.ts';
import type { Book } from './ledger-source.ts';
import { statementAddress } from './statement-filters.ts';
import { kindOfBook, ledgerTexts } from './text.ts';

const noFilters: Filters = {};

/** The platform's books with what they come to, and a way to a member's. */
export function BookListPage() {
  const text = useText(ledgerTexts);
  const list = useRecordList<Book, Filters>('ledger', noFilters);
  const columns: readonly Column<Book>[] = [
    { name: 'book', label: text.columns.book, cell: (book) => <BookName book={book} /> },
    { name: 'side', label: text.columns.side, cell: ({ normalSide }) => text.sides[normalSide] },
    { name: 'posted', label: text.columns.posted, cell: ({ postedRupiah }) => <Rupiah amount={postedRupiah} />, isNumber: true },
    { name: 'held', label: text.columns.held, cell: ({ heldRupiah }) => <Rupiah amount={heldRupiah} />, isNumber: true },
    {
      name: 'available',
      label: text.columns.available,
      cell: ({ availableRupiah }) => <Rupiah amount={availableRupiah} />,
      isNumber: true,
    },
  ];
  const card = (book: Book) => (
    <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
      <div>
        <BookName book={book} />
      </div>
      <Rupiah amount={book.postedRupiah} />
    </Stack>
  );
  return (
    <Page title={text.title}>
      <MemberBookForm />
      <Typography variant="body2" color="textSecondary" sx={{ px: 2, pb: 1 }}>
        {text.sign}
      </Typography>
      <RecordRows list={list} columns={columns} card={card} empty={{ title: text.emptyTitle, text: text.empty }} label={text.list} />
    </Page>
  );
}

function BookName({ book: { book } }: { readonly book: Book }) {
  const { kinds } = useText(ledgerTexts);
  return (
    <>
      <RowLink to={statementAddress(book)}>{book}</RowLink>
      <Typography variant="body2" color="textSecondary">
        {kinds[kindOfBook(book)]}
      </Typography>
    </>
  );
}

function MemberBookForm() {
  const text = useText(ledgerTexts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const id = memberId(typed);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (id !== undefined) navigate(statementAddress(`member:${id}`));
  };
  return (
    <Stack component="form" role="search" aria-label={text.member} direction="row" onSubmit={open} sx={{ gap: 1, p: 2 }}>
      <TextField
        type="search"
        label={text.member}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        sx={{ flex: 1, maxWidth: { sm: 320 } }}
        slotProps={{
          htmlInput: { ...({ 'data-search': '' } as object), inputMode: 'numeric', placeholder: text.memberHint },
          inputLabel: { shrink: true },
        }}
      />
      <Button type="submit" variant="outlined" disabled={id === undefined}>
        {text.open}
      </Button>
    </Stack>
  );
}
