import { Button, Chip, Typography } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import type { Filters } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';
import { InviteButton } from './invite-button.tsx';
import { StaffSections } from './staff-sections.tsx';
import type { Invitation } from './staff-source.ts';
import { staffTexts } from './text.ts';

const filters: Filters = {};
const colors = { open: 'info', accepted: 'success', withdrawn: 'default', expired: 'default' } as const;

/** Who was invited, and what became of it. */
export function InvitationListPage() {
  const text = useText(staffTexts);
  const { roles: names } = useText(shellTexts);
  const may = useMay();
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const list = useRecordList<Invitation, Filters>('invitations', filters);
  const roles = (invitation: Invitation) => invitation.roles.map((role) => names[role]).join(', ');
  const act = (invitation: Invitation) =>
    invitation.status === 'open' && may('staff:manage') ? (
      <Button
        size="small"
        color="error"
        variant="outlined"
        aria-label={text.withdrawOf(invitation.email)}
        onClick={() => setWithdrawing(invitation)}
      >
        {text.withdraw}
      </Button>
    ) : null;
  const columns: readonly Column<Invitation>[] = [
    { name: 'email', label: text.columns.email, cell: ({ email }) => <Email email={email} /> },
    { name: 'roles', label: text.columns.roles, cell: roles },
    { name: 'status', label: text.columns.status, cell: ({ status }) => <InvitationChip status={status} /> },
    { name: 'by', label: text.columns.by, cell: ({ invitedByName }) => invitedByName },
    { name: 'expiresAt', label: text.columns.expires, cell: ({ expiresAt }) => <Moment iso={expiresAt} /> },
    { name: 'act', label: '', cell: act },
  ];
  const card = (invitation: Invitation) => (
    <>
      <Email email={invitation.email} />
      <Typography variant="body2">{roles(invitation)}</Typography>
      <InvitationChip status={invitation.status} /> {act(invitation)}
    </>
  );
  return (
    <Page title={text.invitationTitle} actions={<InviteButton />}>
      <StaffSections current="/invitations" />
      <RecordRows
        list={list}
        columns={columns}
        card={card}
        empty={{ title: text.invitationEmptyTitle, text: text.invitationEmpty }}
        label={text.invitationList}
      />
      {withdrawing === undefined ? null : <WithdrawDialog invitation={withdrawing} close={() => setWithdrawing(undefined)} />}
    </Page>
  );
}

function Email({ email }: { readonly email: string }) {
  return <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{email}</Typography>;
}

function InvitationChip({ status }: { readonly status: Invitation['status'] }) {
  const text = useText(staffTexts);
  return <Chip size="small" variant="outlined" color={colors[status]} label={text.invitationStatuses[status]} />;
}

function WithdrawDialog({ invitation, close }: { readonly invitation: Invitation; readonly close: () => void }) {
  const api = useApi();
  const text = useText(staffTexts);
  const path = { invitationId: invitation.id };
  return (
    <DecisionDialog
      title={text.withdrawOf(invitation.email)}
      explanation={text.withdrawText}
      confirm={text.withdraw}
      isDangerous
      decide={() => answer(api.DELETE('/api/admin/staff/invitations/{invitationId}', { params: { path } }))}
      done={text.withdrawn}
      close={close}
    />
  );
}
