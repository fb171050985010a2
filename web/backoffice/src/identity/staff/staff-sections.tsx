import { Tab, Tabs } from '@mui/material';
import { useNavigate } from 'react-admin';
import { useText } from '../../shell/use-text.ts';
import { staffTexts } from './text.ts';

/** Between the accounts and the invitations. */
export function StaffSections({ current }: { readonly current: '/staff' | '/invitations' }) {
  const text = useText(staffTexts);
  const navigate = useNavigate();
  return (
    <Tabs
      value={current}
      aria-label={text.title}
      onChange={(_, path: string) => navigate(path)}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
    >
      <Tab value="/staff" label={text.people} />
      <Tab value="/invitations" label={text.invitations} />
    </Tabs>
  );
}
