import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useMay } from '../shell/desk-context.ts';
import { monospace } from '../shell/theme.ts';

/** Our id of a deposit or a withdrawal as a way to it; anything else as it is. */
export function ReferenceLink({ reference }: { readonly reference: string }) {
  const may = useMay();
  const style = { fontFamily: monospace, fontSize: '0.8125rem', overflowWrap: 'anywhere', whiteSpace: { sm: 'nowrap' } } as const;
  const resource = reference.startsWith('dep_') ? 'deposits' : reference.startsWith('wd_') ? 'withdrawals' : undefined;
  if (resource === undefined || !may(`${resource}:read`))
    return (
      <Typography component="span" sx={style}>
        {reference}
      </Typography>
    );
  return (
    <Link to={`/${resource}/${reference}/show`} sx={style}>
      {reference}
    </Link>
  );
}
