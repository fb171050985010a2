import { Box, Button, List, ListItem, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-admin';
import { answer } from '../shell/api/client.ts';
import { Answered } from '../shell/answered.tsx';
import { useApi, useMay } from '../shell/desk-context.ts';
import { writeAddress } from '../shell/list/filters.ts';
import { Moment } from '../shell/moment.tsx';
import { Rupiah } from '../shell/rupiah.tsx';
import { useText } from '../shell/use-text.ts';
import { StatusChip } from './deposits/status-chip.tsx';
import { Figures } from './figures.tsx';
import { readBook } from './ledger/ledger-source.ts';
import { statementAddress } from './ledger/statement-filters.ts';
import { ledgerTexts } from './ledger/text.ts';
import { methodNames } from './methods.ts';
import { walletTexts } from './text.ts';
import { bankAccountOf } from './withdrawals/destination.tsx';
import { StateChip } from './withdrawals/state-chip.tsx';

/** Entries of each list; the whole ones are a link away. */
const limit = 5;

/** What a member has and what came and went last: a tab of their page. */
export function MemberWallet({ id }: { readonly id: string }) {
  const may = useMay();
  return (
    <>
      {may('ledger:read') ? <Balance memberId={id} /> : null}
      {may('deposits:read') ? <LatestDeposits memberId={id} /> : null}
      {may('withdrawals:read') ? <LatestWithdrawals memberId={id} /> : null}
    </>
  );
}

interface PartProps {
  readonly memberId: string;
}

function Balance({ memberId }: PartProps) {
  const api = useApi();
  const { member: text } = useText(walletTexts);
  const { columns } = useText(ledgerTexts);
  const book = `member:${memberId}`;
  const query = useQuery({ queryKey: ['member-book', memberId], queryFn: () => readBook(api, book) });
  return (
    <Part title={text.balance} more={text.statement} to={statementAddress(book)}>
      <Answered query={query}>
        {({ postedRupiah, heldRupiah, availableRupiah }) => (
          <Figures
            figures={[
              { label: columns.available, amount: availableRupiah },
              { label: columns.held, amount: heldRupiah },
              { label: columns.posted, amount: postedRupiah },
            ]}
          />
        )}
      </Answered>
    </Part>
  );
}

function LatestDeposits({ memberId }: PartProps) {
  const api = useApi();
  const { member: text } = useText(walletTexts);
  const methods = useText(methodNames);
  const query = useQuery({
    queryKey: ['member-deposits', memberId],
    queryFn: () => answer(api.GET('/api/admin/deposits', { params: { query: { memberId, limit } } })),
  });
  return (
    <Part title={text.deposits} more={text.all} to={`/deposits${writeAddress({ values: { memberId } })}`}>
      <Answered query={query}>
        {({ deposits }) => (
          <Rows
            none={text.noDeposits}
            rows={deposits.map((deposit) => ({
              id: deposit.id,
              to: `/deposits/${deposit.id}/show`,
              name: methods[deposit.method],
              amountRupiah: deposit.totalRupiah,
              at: deposit.createdAt,
              status: <StatusChip deposit={deposit} />,
            }))}
          />
        )}
      </Answered>
    </Part>
  );
}

function LatestWithdrawals({ memberId }: PartProps) {
  const api = useApi();
  const { member: text } = useText(walletTexts);
  const query = useQuery({
    queryKey: ['member-withdrawals', memberId],
    queryFn: () => answer(api.GET('/api/admin/withdrawals', { params: { query: { memberId, limit, order: 'newest' } } })),
  });
  return (
    <Part title={text.withdrawals} more={text.all} to={`/withdrawals${writeAddress({ values: { memberId, state: 'all' } })}`}>
      <Answered query={query}>
        {({ withdrawals }) => (
          <Rows
            none={text.noWithdrawals}
            rows={withdrawals.map((withdrawal) => ({
              id: withdrawal.id,
              to: `/withdrawals/${withdrawal.id}/show`,
              name: bankAccountOf(withdrawal.destination),
              amountRupiah: withdrawal.amountRupiah,
              at: withdrawal.createdAt,
              status: <StateChip withdrawal={withdrawal} />,
            }))}
          />
        )}
      </Answered>
    </Part>
  );
}

interface TitledProps {
  readonly title: string;
  /** What the way to all of it is called, and where it leads. */
  readonly more: string;
  readonly to: string;
  readonly children: ReactNode;
}

function Part({ title, more, to, children }: TitledProps) {
  return (
    <Box component="section" aria-label={title} sx={{ p: 2, borderBottom: 1, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 1, mb: 1 }}>
        <Typography variant="h2">{title}</Typography>
        <Button component={Link} to={to} size="small" aria-label={`${title}: ${more}`}>
          {more}
        </Button>
      </Stack>
      {children}
    </Box>
  );
}

interface Row {
  readonly id: string;
  readonly to: string;
  readonly name: string;
  readonly amountRupiah: number;
  readonly at: string;
  readonly status: ReactNode;
}

function Rows({ rows, none }: { readonly rows: readonly Row[]; readonly none: string }) {
  if (rows.length === 0) return <Typography color="textSecondary">{none}</Typography>;
  return (
    <List disablePadding>
      {rows.map(({ id, to, name, amountRupiah, at, status }) => (
        <ListItem key={id} disableGutters divider sx={{ gap: 2, justifyContent: 'space-between' }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Link to={to} sx={{ fontWeight: 600 }}>
              {name}
            </Link>
            <Typography variant="body2" color="textSecondary">
              <Moment iso={at} isShort />
            </Typography>
          </Box>
          <Stack direction={{ xs: 'column-reverse', sm: 'row' }} sx={{ gap: 0.5, alignItems: { xs: 'flex-end', sm: 'center' } }}>
            {status}
            <Box sx={{ minWidth: 120, textAlign: 'end' }}>
              <Rupiah amount={amountRupiah} />
            </Box>
          </Stack>
        </ListItem>
      ))}
    </List>
  );
}
