import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { Schemas } from '../shell/api/client.ts';
import { Moment } from '../shell/moment.tsx';
import { Rupiah } from '../shell/rupiah.tsx';
import { useText } from '../shell/use-text.ts';
import { AccountLink } from './ledger/account-link.tsx';
import { walletTexts } from './text.ts';

type Posting = Schemas['WithdrawalPosting'];

/** What the ledger has of it: each posting with the accounts that it touched. */
export function PostingList({ postings }: { readonly postings: readonly Posting[] }) {
  const { postings: text } = useText(walletTexts);
  if (postings.length === 0) return <Typography sx={{ p: 2 }}>{text.empty}</Typography>;
  return postings.map((posting) => (
    <Box key={posting.id} component="section" aria-label={posting.id} sx={{ p: 2, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
        <Typography sx={{ fontWeight: 600 }}>{text.kinds[posting.kind] ?? posting.kind}</Typography>
        <Typography component="span" variant="body2" color="textSecondary">
          <Moment iso={posting.at} isShort />
        </Typography>
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {posting.reason} · {posting.id}
      </Typography>
      <Lines posting={posting} />
    </Box>
  ));
}

function Lines({ posting }: { readonly posting: Posting }) {
  const { postings: text } = useText(walletTexts);
  const hasHeld = posting.lines.some(({ heldRupiah }) => heldRupiah !== 0);
  return (
    <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={text.linesOf(posting.id)}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{text.account}</TableCell>
            <TableCell align="right">{text.amount}</TableCell>
            {hasHeld ? <TableCell align="right">{text.held}</TableCell> : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {posting.lines.map(({ account, amountRupiah, heldRupiah }) => (
            <TableRow key={account}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <AccountLink account={account} />
              </TableCell>
              <TableCell align="right">
                <Rupiah amount={amountRupiah} />
              </TableCell>
              {hasHeld ? (
                <TableCell align="right">
                  <Rupiah amount={heldRupiah} />
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
