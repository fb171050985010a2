import { Button, Stack, Typography } from '@mui/material';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { RowSelection } from '../../shell/list/use-selection.ts';
import { sumRupiah } from '../sum-rupiah.ts';
import { withdrawalTexts } from './text.ts';
import type { Withdrawal } from './withdrawal-source.ts';

export type BulkDecision = 'approve' | 'reject';

interface BulkBarProps {
  readonly selection: RowSelection<Withdrawal>;
  readonly decide: (decision: BulkDecision) => void;
}

/** What was picked comes to, and what can be done with it. It stays in sight while the list is scrolled. */
export function BulkBar({ selection, decide }: BulkBarProps) {
  const { lists } = useText(shellTexts);
  const { actions } = useText(withdrawalTexts);
  const format = useFormat();
  const { rows } = selection;
  const isNone = rows.length === 0;
  return (
    <Stack
      direction="row"
      sx={{
        position: 'sticky',
        top: { xs: 56, sm: 48 },
        zIndex: 2,
        px: 2,
        py: 1,
        gap: 1,
        flexWrap: 'wrap',
        alignItems: 'center',
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Typography role="status" sx={{ flex: '1 1 88px', fontVariantNumeric: 'tabular-nums' }}>
        {lists.selected(format.count(rows.length))}
        {isNone ? '' : ` · ${format.rupiah(sumRupiah(rows))}`}
      </Typography>
      {isNone ? null : <Button onClick={selection.clear}>{lists.unselect}</Button>}
      <Button variant="outlined" color="error" disabled={isNone} onClick={() => decide('reject')}>
        {actions.reject}
      </Button>
      <Button variant="contained" disabled={isNone} onClick={() => decide('approve')}>
        {actions.approve}
      </Button>
    </Stack>
  );
}
