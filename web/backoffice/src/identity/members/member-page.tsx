import Block from '@mui/icons-material/Block';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useLocation } from 'react-admin';
import { useMay } from '../../shell/desk-context.ts';
import { Page } from '../../shell/page.tsx';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { useRecord } from '../../shell/use-record.ts';
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
  const { pathname } = useLocation();
  const [, , id = '', , tab] = pathname.split('/');
  const { data: member, error, refetch } = useRecord<MemberDetail>('members', id);
  if (member === undefined) {
    return (
      <Page title={text.title} back="/members">
        {error === null ? <LoadingState /> : <ProblemState error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page title={`@${member.handle}`} back="/members" actions={<StatusActions member={member} />}>
      <MemberTabs member={member} tab={tab} />
    </Page>
  );
}

function MemberTabs({ member, tab }: { readonly member: MemberDetail; readonly tab: string | undefined }) {
  const { tabs: labels } = useText(memberTexts);
  const may = useMay();
  const tabs: (DeskTab & { readonly isShown: boolean })[] = [
    { name: 'overview', label: labels.overview, content: () => <MemberOverview member={member} />, isShown: true },
    { name: 'sessions', label: labels.sessions, content: () => <MemberSessions member={member} />, isShown: true },
    { name: 'notes', label: labels.notes, content: () => <MemberNotes memberId={member.id} />, isShown: true },
    { name: 'kyc', label: labels.kyc, content: () => <MemberKyc member={member} />, isShown: may('kyc:read') },
    { name: 'audit', label: labels.audit, content: () => <RecordAudit subject={`member:${member.id}`} />, isShown: may('audit:read') },
  ];
  return (
    <DeskTabs
      label={member.handle}
      tabs={tabs.filter(({ isShown }) => isShown)}
      current={tab}
      addressOf={(name) => `/members/${member.id}/show/${name}`}
    />
  );
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
