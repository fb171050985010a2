import { Typography } from '@mui/material';
import { bankNames } from '../banks.ts';
import type { Withdrawal } from './withdrawal-source.ts';

/** `BCA 1234567890` */
export function bankAccountOf({ bank, accountNumber }: Withdrawal['destination']): string {
  return `${bankNames[bank]} ${accountNumber}`;
}

export function BankAccount({ destination }: Pick<Withdrawal, 'destination'>) {
  return (
    <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
      {bankAccountOf(destination)}
    </Typography>
  );
}
