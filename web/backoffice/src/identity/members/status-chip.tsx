import { Chip } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import type { MemberDetail } from './member-source.ts';
import { memberTexts } from './text.ts';

const colors = {
  basic: 'default',
  verified: 'success',
  premium: 'info',
  suspended: 'warning',
  banned: 'error',
  deleted: 'default',
} as const;

export function StatusChip({ status }: { readonly status: MemberDetail['status'] }) {
  const { statuses } = useText(memberTexts);
  return <Chip size="small" variant="outlined" color={colors[status]} label={statuses[status]} />;
}
