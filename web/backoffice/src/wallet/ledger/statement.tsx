import {
  Alert,
  Box,
  Button,
  List,
  ListItem,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  type Theme,
  Typography,
  useMediaQuery,
} from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer } from '../../shell/api/client.ts';
import { useApi } from '../../shell/desk-context.ts';
import { Moment } from '../../shell/moment.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { Figures } from '../figures.tsx';
import { ReferenceLink } from '../reference-link.tsx';
import { sumRupiah } from '../sum-rupiah.ts';
import { walletTexts } from '../text.ts';
import type { LedgerRow } from './ledger-source.ts';
import { ledgerTexts } from './text.ts';

interface StatementProps {
  readonly account: string;
  readonly time: { readonly from: string; readonly to: string };
}

const limit = 50;

/** Opening, what was booked, closing; and whether it adds up, as soon as all of it is there to be added. */
export function StatementView({ account, time }: StatementProps) {
  const api = useApi();
  const text = useText(ledgerTexts);
  const query = useInfiniteQuery({
    queryKey: ['ledger-statement', account, time],
    initialPageParam: 0,
    queryFn: ({ pageParam: behind, signal }) => {
      const params = { path: { account }, query: { ...time, behind, limit } };
      return answer(api.GET('/api/admin/ledger/accounts/{account}/statement', { params, signal }));
    },
    getNextPageParam: ({ nextBehind }) => nextBehind,
  });
  const [first] = query.data?.pages ?? [];
  if (query.error !== null) return <ProblemState error={query.error} retry={() => void query.refetch()} />;
  if (first === undefined) return <LoadingState />;
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Box component="section" aria-label={text.statement}>
      <Sums opening={first.openingRupiah} closing={first.closingRupiah} rows={rows} isWhole={!query.hasNextPage} />
      {rows.length === 0 ? <Typography sx={{ p: 2 }}>{text.none}</Typography> : <Rows rows={rows} />}
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage} sx={{ m: 1 }}>
          {text.more}
        </Button>
      ) : null}
    </Box>
  );
}

interface SumsProps {
  readonly opening: number;
  readonly closing: number;
  readonly rows: readonly LedgerRow[];
  readonly isWhole: boolean;
}

function Sums({ opening, closing, rows, isWhole }: SumsProps) {
  const text = useText(ledgerTexts);
  const format = useFormat();
  const sum = isWhole ? sumRupiah(rows) : closing - opening;
  const addsUp = opening + sum === closing;
  const figures = [
    { label: text.opening, amount: opening },
    { label: text.sum, amount: sum },
    { label: text.closing, amount: closing },
  ];
  return (
    <Box sx={{ p: 2 }}>
      <Figures figures={figures} />
      {addsUp ? (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
          {isWhole ? `✓ ${text.addsUp}` : text.notWhole(format.count(rows.length))}
        </Typography>
      ) : (
        <Alert severity="error" variant="outlined" sx={{ mt: 1, color: 'text.primary' }}>
          {text.differs}
        </Alert>
      )}
    </Box>
  );
}

function Rows({ rows }: { readonly rows: readonly LedgerRow[] }) {
  const text = useText(ledgerTexts);
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const { postings } = useText(walletTexts);
  if (isPhone) return <Cards rows={rows} />;
  return (
    <Table size="small" aria-label={text.statement}>
      <TableHead>
        <TableRow>
          <TableCell align="right">{text.rows.number}</TableCell>
          <TableCell>{text.rows.time}</TableCell>
          <TableCell>{text.rows.kind}</TableCell>
          <TableCell>{text.rows.reference}</TableCell>
          <TableCell align="right">{text.rows.amount}</TableCell>
          <TableCell align="right">{text.rows.balance}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.number}>
            <TableCell align="right">{row.number}</TableCell>
            <TableCell>
              <Moment iso={row.at} />
            </TableCell>
            <TableCell>{postings.kinds[row.kind] ?? row.kind}</TableCell>
            <TableCell>
              <ReferenceLink reference={row.reference} />
            </TableCell>
            <TableCell align="right">
              <Rupiah amount={row.amountRupiah} />
            </TableCell>
            <TableCell align="right">
              <Rupiah amount={row.balanceRupiah} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Cards({ rows }: { readonly rows: readonly LedgerRow[] }) {
  const text = useText(ledgerTexts);
  const { postings } = useText(walletTexts);
  return (
    <List disablePadding aria-label={text.statement}>
      {rows.map((row) => (
        <ListItem key={row.number} divider sx={{ display: 'block' }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1 }}>
            <Typography sx={{ fontWeight: 600 }}>{postings.kinds[row.kind] ?? row.kind}</Typography>
            <Rupiah amount={row.amountRupiah} />
          </Stack>
          <ReferenceLink reference={row.reference} />
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, color: 'text.secondary', fontSize: '0.875rem' }}>
            <Moment iso={row.at} isShort />
            <span>
              {text.rows.balance}: <Rupiah amount={row.balanceRupiah} />
            </span>
          </Stack>
        </ListItem>
      ))}
    </List>
  );
}
