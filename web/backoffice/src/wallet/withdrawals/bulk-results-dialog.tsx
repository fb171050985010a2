import {
  Button,
  Chip,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  List,
  ListItem,
  Typography,
} from '@mui/material';
import { useId } from 'react';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useProblemText } from '../../shell/states.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { BulkResult } from './bulk-results.ts';
import { withdrawalTexts } from './text.ts';
import { useFaster } from './use-faster.ts';

interface BulkResultsDialogProps {
  readonly results: readonly BulkResult[];
  readonly close: () => void;
}

/** One line for each withdrawal: decided, or by whom and when somebody else was faster. */
export function BulkResultsDialog({ results, close }: BulkResultsDialogProps) {
  const { bulk } = useText(withdrawalTexts);
  const format = useFormat();
  const titleId = useId();
  const refused = results.filter(({ refusal }) => refusal !== undefined).length;
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{bulk.results}</DialogTitle>
      <DialogContent>
        <DialogContentText role="status">{bulk.summary(format.count(results.length - refused), format.count(refused))}</DialogContentText>
        <List disablePadding>
          {results.map((result) => (
            <ResultRow key={result.withdrawal.id} result={result} />
          ))}
        </List>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={close} autoFocus>
          {bulk.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function ResultRow({ result: { withdrawal, refusal } }: { readonly result: BulkResult }) {
  const { bulk } = useText(withdrawalTexts);
  const note = useNote();
  const isDone = refusal === undefined;
  return (
    <ListItem divider disableGutters sx={{ justifyContent: 'space-between', alignItems: 'flex-start', gap: 1 }}>
      <div>
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{withdrawal.destination.accountName}</Typography>
        <Rupiah amount={withdrawal.amountRupiah} />
        <Typography variant="body2" color="textSecondary">
          {note(withdrawal, refusal)}
        </Typography>
      </div>
      <Chip size="small" variant="outlined" color={isDone ? 'success' : 'warning'} label={isDone ? bulk.done : bulk.refused} />
    </ListItem>
  );
}

function useNote(): (withdrawal: BulkResult['withdrawal'], refusal: string | undefined) => string {
  const { bulk } = useText(withdrawalTexts);
  const faster = useFaster();
  const textOf = useProblemText();
  return (withdrawal, refusal) => {
    const { state, approvals, approvalsNeeded } = withdrawal;
    if (refusal === undefined) return state === 'submitted' && approvals.length < approvalsNeeded ? bulk.needsSecond : '';
    const who = refusal === 'withdrawals.already-decided' ? faster(withdrawal) : undefined;
    return who ?? textOf({ kind: 'conflict', code: refusal });
  };
}
