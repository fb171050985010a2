import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { shellTexts } from '../shell/text/texts.ts';
import { useText } from '../shell/use-text.ts';
import { monospace } from '../shell/theme.ts';
import { changesOf } from './changes.ts';
import type { AuditRecord } from './audit-source.ts';
import { auditTexts } from './text.ts';

/** Before and after, side by side; what changed stands out by more than its colour. */
export function ChangeTable({ record }: { readonly record: Pick<AuditRecord, 'before' | 'after'> }) {
  const text = useText(auditTexts);
  const { none } = useText(shellTexts);
  const changes = changesOf(record.before, record.after);
  if (changes.length === 0) return <Typography color="textSecondary">{text.unchanged}</Typography>;
  return (
    <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={text.change}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{text.field}</TableCell>
            <TableCell>{text.before}</TableCell>
            <TableCell>{text.after}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(({ name, before, after, isChanged }) => (
            <TableRow key={name}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              <TableCell sx={{ fontFamily: monospace, overflowWrap: 'anywhere', color: isChanged ? 'error.main' : 'text.secondary' }}>
                {before === undefined ? none : isChanged ? <del>{before}</del> : before}
              </TableCell>
              <TableCell sx={{ fontFamily: monospace, overflowWrap: 'anywhere', color: isChanged ? 'success.main' : 'text.secondary' }}>
                {after === undefined ? none : isChanged ? <strong>{after}</strong> : after}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
