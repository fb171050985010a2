import { Typography } from '@mui/material';
import { Link } from 'react-admin';
import { useMay } from '../shell/desk-context.ts';
import { monospace } from '../shell/theme.ts';

/** Whose money it is: a way to their wallet, for whoever may see members. */
export function MemberLink({ memberId }: { readonly memberId: string }) {
  const may = useMay();
  const style = { fontFamily: monospace, fontSize: '0.8125rem', whiteSpace: { xs: 'normal', sm: 'nowrap' } } as const;
  if (!may('members:read'))
    return (
      <Typography component="span" sx={style}>
        {memberId}
      </Typography>
    );
  return (
    <Link to={`/members/${memberId}/show/wallet`} sx={style}>
      {memberId}
    </Link>
  );
}
