import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useMay } from '../../shell/desk-context.ts';
import { monospace } from '../../shell/theme.ts';
import { statementAddress } from './statement-filters.ts';

/** A way to the account's statement, for whoever may see the ledger. */
export function AccountLink({ account }: { readonly account: string }) {
  const may = useMay();
  const style = { fontFamily: monospace, fontSize: '0.8125rem', overflowWrap: 'anywhere' } as const;
  if (!may('ledger:read'))
    return (
      <Typography component="span" sx={style}>
        {account}
      </Typography>
    );
  return (
    <Link to={statementAddress(account)} sx={style}>
      {account}
    </Link>
  );
}
