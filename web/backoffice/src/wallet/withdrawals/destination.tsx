import { Typography } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import { bankNames } from '../banks.ts';
import { withdrawalTexts } from './text.ts';
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

/** Whose account it is, where that is not the member's for certain: whoever sends money there has to have read it. */
export function useHolderNote(): (destination: Withdrawal['destination']) => string | undefined {
  const { holderNotes, checkedAgainst } = useText(withdrawalTexts);
  return ({ nameCheck, holderName, checkedAgainst: against }) => {
    if (nameCheck === 'same' || nameCheck === 'similar') return undefined;
    return holderName === null ? holderNotes.unknown : holderNotes.differs(holderName, checkedAgainst[against]);
  };
}
