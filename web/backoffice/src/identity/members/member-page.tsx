import Block from '@mui/icons-material/Block';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../../shell/desk-context.ts';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { useAddedTabs } from '../../shell/added-tabs.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { useText } from '../../shell/use-text.ts';
import { RecordAudit } from '../../audit/record-audit.tsx';
import { MemberKyc } from './member-kyc.tsx';
import { MemberNotes } from './member-notes.tsx';
import { MemberOverview } from './member-overview.tsx';
import { MemberSessions } from './member-sessions.tsx';
import type { MemberDetail } from './member-source.ts';
import { StatusDialog } from './status-dialog.tsx';
import { memberTexts } from './text.ts';

/** `#/members/<id>/show`, and below it a tab. */
export function MemberPage() {
  const text = useText(memberTexts);
  return (
    <RecordPage<MemberDetail> resource="members" title={text.title}>
      {(member, { tab, back }) => (
        <Page title={`@${member.handle}`} back={back} actions={<StatusActions member={member} />}>
          <MemberTabs member={member} tab={tab} />
        </Page>
      )}
    </RecordPage>
  );
}

function MemberTabs({ member, tab }: { readonly member: MemberDetail; readonly tab: string | undefined }) {
  const { tabs: labels } = useText(memberTexts);
  const may = useMay();
  const added = useAddedTabs('members', member.id);
  const kyc: DeskTab = { name: 'kyc', label: labels.kyc, content: () => <MemberKyc member={member} /> };
  const audit: DeskTab = { name: 'audit', label: labels.audit, content: () => <RecordAudit subject={`member:${member.id}`} /> };
  const tabs: DeskTab[] = [
    { name: 'overview', label: labels.overview, content: () => <MemberOverview member={member} /> },
    { name: 'sessions', label: labels.sessions, content: () => <MemberSessions member={member} /> },
    { name: 'notes', label: labels.notes, content: () => <MemberNotes memberId={member.id} /> },
    ...(may('kyc:read') ? [kyc] : []),
    ...added,
    ...(may('audit:read') ? [audit] : []),
  ];
  return <DeskTabs label={member.handle} tabs={tabs} current={tab} addressOf={(name) => `/members/${member.id}/show/${name}`} />;
}

function StatusActions({ member }: { readonly member: MemberDetail }) {
  const text = useText(memberTexts);
  const may = useMay();
  const [open, setOpen] = useState<'any' | 'ban'>();
  if (!may('members:decide') || member.moves.length === 0) return null;
  const mayBan = member.moves.includes('banned');
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen('any')}>
        {text.changeStatus}
      </Button>
      {mayBan ? (
        <Button variant="contained" color="error" startIcon={<Block />} onClick={() => setOpen('ban')}>
          {text.ban}
        </Button>
      ) : null}
      {open === undefined ? null : <StatusDialog member={member} isBan={open === 'ban'} close={() => setOpen(undefined)} />}
    </>
  );
}
