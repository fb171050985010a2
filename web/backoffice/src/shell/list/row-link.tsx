import type { ReactNode } from 'react';
import { Link } from 'react-admin';

/** The link of a row: what j and k move among and Enter opens. */
export function RowLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link to={to} data-row sx={{ fontWeight: 600, color: 'primary.main', overflowWrap: 'anywhere' }}>
      {children}
    </Link>
  );
}
