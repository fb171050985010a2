import { Chip, Stack, Typography } from '@mui/material';
import { useFormat, useText } from '../../shell/use-text.ts';
import { withdrawalTexts } from './text.ts';
import type { Withdrawal } from './withdrawal-source.ts';

const colors = {
  submitted: 'warning',
  approved: 'info',
  sent: 'info',
  stalled: 'error',
  completed: 'success',
  failed: 'error',
  reversed: 'error',
  rejected: 'default',
  cancelled: 'default',
} as const satisfies Record<Withdrawal['state'], string>;

/** The state, and of what waits for two people how many have approved. */
export function StateChip({ withdrawal: { state, approvals, approvalsNeeded } }: { readonly withdrawal: Withdrawal }) {
  const text = useText(withdrawalTexts);
  const format = useFormat();
  return (
    <Stack sx={{ alignItems: 'flex-start', gap: 0.25 }}>
      <Chip size="small" variant="outlined" color={colors[state]} label={text.states[state]} />
      {state === 'submitted' && approvalsNeeded > 1 ? (
        <Typography variant="body2" color="textSecondary">
          {text.approvalsOf(format.count(approvals.length), format.count(approvalsNeeded))}
        </Typography>
      ) : null}
    </Stack>
  );
}

/** From this score on it is worth a second look. */
const riskHigh = 50;
const riskMiddle = 20;

/** The score with its reasons: a figure alone helps nobody decide. */
export function Risk({ risk: { score, signals } }: Pick<Withdrawal, 'risk'>) {
  const text = useText(withdrawalTexts);
  const format = useFormat();
  const color = score >= riskHigh ? 'error' : score >= riskMiddle ? 'warning' : 'default';
  return (
    <Stack sx={{ alignItems: 'flex-start', gap: 0.25 }}>
      <Chip size="small" variant="outlined" color={color} label={text.riskScore(format.count(score))} />
      <Typography variant="body2" color="textSecondary">
        {signals.length === 0 ? text.noRisk : signals.map((signal) => text.signals[signal]).join(' · ')}
      </Typography>
    </Stack>
  );
}
