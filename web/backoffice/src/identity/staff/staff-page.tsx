import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { RecordAudit } from '../../audit/record-audit.tsx';
import { answer } from '../../shell/api/client.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay, useSession } from '../../shell/desk-context.ts';
import { Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';
import { SessionList } from '../account/session-list.tsx';
import { accountTexts } from '../account/text.ts';
import { type StaffDecision, StaffDecisionDialog } from './staff-decision-dialog.tsx';
import { StaffStatusChip } from './staff-list-page.tsx';
import type { StaffDetail } from './staff-source.ts';
import { staffTexts } from './text.ts';

/** `#/staff/<id>/show`, and below it a tab. */
export function StaffPage() {
  const text = useText(staffTexts);
  return (
    <RecordPage<StaffDetail> resource="staff" title={text.title}>
      {(staff, { tab, back }) => (
        <Page title={staff.name} back={back} actions={<StaffActions staff={staff} />}>
          <StaffTabs staff={staff} tab={tab} />
        </Page>
      )}
    </RecordPage>
  );
}

function StaffTabs({ staff, tab }: { readonly staff: StaffDetail; readonly tab: string | undefined }) {
  const { tabs: labels } = useText(staffTexts);
  const may = useMay();
  const tabs: DeskTab[] = [
    { name: 'overview', label: labels.overview, content: () => <Overview staff={staff} /> },
    { name: 'sessions', label: labels.sessions, content: () => <Sessions staff={staff} /> },
  ];
  if (may('audit:read')) tabs.push({ name: 'audit', label: labels.audit, content: () => <RecordAudit subject={`staff:${staff.id}`} /> });
  return <DeskTabs label={staff.name} tabs={tabs} current={tab} addressOf={(name) => `/staff/${staff.id}/show/${name}`} />;
}

function Overview({ staff }: { readonly staff: StaffDetail }) {
  const { facts } = useText(staffTexts);
  const { roles } = useText(shellTexts);
  return (
    <Facts
      facts={[
        { name: facts.email, value: staff.email },
        { name: facts.id, value: <CopyText text={staff.id} /> },
        { name: facts.roles, value: staff.roles.map((role) => roles[role]).join(', ') },
        { name: facts.status, value: <StaffStatusChip status={staff.status} /> },
        { name: facts.created, value: <Moment iso={staff.createdAt} /> },
        { name: facts.lastSeen, value: <Moment iso={staff.lastSeenAt} /> },
      ]}
    />
  );
}

function Sessions({ staff }: { readonly staff: StaffDetail }) {
  const api = useApi();
  const may = useMay();
  const text = useText(staffTexts);
  const { sessions } = useText(accountTexts);
  const [isEnding, setEnding] = useState(false);
  const end = () => answer(api.DELETE('/api/admin/staff/{staffId}/sessions', { params: { path: { staffId: staff.id } } }));
  return (
    <>
      <SessionList sessions={staff.sessions} />
      {may('staff:manage') && staff.sessions.length > 0 ? (
        <Box sx={{ p: 2 }}>
          <Button variant="outlined" color="error" onClick={() => setEnding(true)}>
            {text.endAll}
          </Button>
        </Box>
      ) : null}
      {isEnding ? (
        <DecisionDialog
          title={text.endAllTitle(staff.name)}
          confirm={text.endAll}
          isDangerous
          decide={end}
          done={sessions.endedAll}
          close={() => setEnding(false)}
        />
      ) : null}
    </>
  );
}

/** Nobody decides about themselves, and only owners about others. */
function StaffActions({ staff }: { readonly staff: StaffDetail }) {
  const text = useText(staffTexts);
  const may = useMay();
  const session = useSession();
  const [decision, setDecision] = useState<StaffDecision>();
  if (!may('staff:manage')) return null;
  if (session?.staff.id === staff.id) {
    return (
      <Typography variant="body2" color="textSecondary">
        {text.oneself}
      </Typography>
    );
  }
  const isActive = staff.status === 'active';
  return (
    <>
      <Button variant="outlined" onClick={() => setDecision('roles')}>
        {text.changeRoles}
      </Button>
      <Button variant="outlined" onClick={() => setDecision('reset')}>
        {text.reset}
      </Button>
      <Button
        variant={isActive ? 'contained' : 'outlined'}
        color={isActive ? 'error' : 'primary'}
        onClick={() => setDecision(isActive ? 'disable' : 'enable')}
      >
        {isActive ? text.disable : text.enable}
      </Button>
      {decision === undefined ? null : <StaffDecisionDialog staff={staff} decision={decision} close={() => setDecision(undefined)} />}
    </>
  );
}
