import { Box } from '@mui/material';
import { useMemo } from 'react';
import { useCountdown } from '../../shell/attempt/use-attempt.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { DepositDetail } from './deposit-source.ts';
import { depositTexts } from './text.ts';

/** What is left of a deposit's time, on the clock of the server: this device's may be wrong. */
export function Countdown({ deposit: { expiresAt, serverTime } }: { readonly deposit: Pick<DepositDetail, 'expiresAt' | 'serverTime'> }) {
  const { now } = useDesk();
  const text = useText(depositTexts);
  const format = useFormat();
  // How far this clock is behind, taken when the answer came.
  const behindMs = useMemo(() => Date.parse(serverTime) - now(), [serverTime, now]);
  const seconds = useCountdown(Date.parse(expiresAt), () => now() + behindMs);
  return (
    <Box component="span" role="timer" sx={{ fontVariantNumeric: 'tabular-nums' }}>
      {seconds === 0 ? text.over : text.left(format.countdown(seconds))}
    </Box>
  );
}
