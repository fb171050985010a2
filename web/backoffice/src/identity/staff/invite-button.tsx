import PersonAdd from '@mui/icons-material/PersonAddAlt1';
import { Button, TextField } from '@mui/material';
import { useState } from 'react';
import type { StaffRole } from '#shared/platform/permissions.ts';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { RoleFields } from './role-fields.tsx';
import { staffTexts } from './text.ts';

/** For those who may: invites somebody to the staff. */
export function InviteButton() {
  const text = useText(staffTexts);
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('staff:manage')) return null;
  return (
    <>
      <Button variant="contained" startIcon={<PersonAdd />} onClick={() => setOpen(true)}>
        {text.invite}
      </Button>
      {isOpen ? <InviteDialog close={() => setOpen(false)} /> : null}
    </>
  );
}

function InviteDialog({ close }: { readonly close: () => void }) {
  const api = useApi();
  const text = useText(staffTexts);
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<StaffRole[]>([]);
  return (
    <DecisionDialog
      title={text.inviteTitle}
      explanation={text.inviteText}
      confirm={text.inviteConfirm}
      isReady={email.includes('@') && roles.length > 0}
      decide={() => answer(api.POST('/api/admin/staff/invitations', { body: { email: email.trim(), roles } }))}
      done={text.invited(email.trim())}
      close={close}
    >
      <TextField
        label={text.email}
        type="email"
        value={email}
        required
        fullWidth
        autoFocus
        margin="dense"
        onChange={({ target }) => setEmail(target.value)}
        slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 254 } }}
      />
      <RoleFields roles={roles} onChange={setRoles} />
    </DecisionDialog>
  );
}
