import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import type { MemberDetail } from './member-source.ts';
import { membershipStatuses } from './statuses.ts';
import { type MemberTexts, memberTexts } from './text.ts';

interface StatusDialogProps {
  readonly member: MemberDetail;
  readonly isBan: boolean;
  readonly close: () => void;
}

/** What a decision moves to: everything but `deleted`, which the member alone asks for. */
type Target = Exclude<MemberDetail['status'], 'deleted'>;

const expiring: ReadonlySet<string> = new Set<Target>(['premium', 'suspended', 'banned']);

/** Moves a member to another status: with a reason, and for some with an end. */
export function StatusDialog({ member, isBan, close }: StatusDialogProps) {
  const { api, now } = useDesk();
  const { decision: text } = useText(memberTexts);
  const [to, setTo] = useState<Target | ''>(isBan ? 'banned' : '');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const end = expiring.has(to) && until !== '' ? new Date(until) : undefined;
  const isPast = end !== undefined && end.getTime() <= now();
  const { confirm, explanation, isDangerous } = wordingOf(to, useText(memberTexts));
  const decide = async (): Promise<void> => {
    if (to === '') return;
    // What was decided on goes along: if somebody else was faster, the API refuses instead of deciding on top.
    const body = { to, reason: reason.trim(), from: member.status, ...(end && { until: end.toISOString() }) };
    await answer(api.POST('/api/admin/members/{memberId}/status', { params: { path: { memberId: member.id } }, body }));
  };
  return (
    <DecisionDialog
      title={isBan ? text.banTitle(member.handle) : text.title(member.handle)}
      explanation={explanation}
      confirm={confirm}
      isDangerous={isDangerous}
      isReady={to !== '' && isReason(reason) && !isPast}
      decide={decide}
      done={text.done(member.handle)}
      close={close}
    >
      {isBan ? null : <TargetField member={member} value={to} onChange={setTo} />}
      <ReasonField value={reason} onChange={setReason} />
      {expiring.has(to) ? <EndField value={until} onChange={setUntil} isPast={isPast} /> : null}
    </DecisionDialog>
  );
}

interface Wording {
  readonly confirm: string;
  readonly explanation: string | undefined;
  readonly isDangerous: boolean;
}

function wordingOf(to: Target | '', { decision, statuses }: MemberTexts): Wording {
  if (to === 'banned') return { confirm: decision.confirmBan, explanation: decision.banExplanation, isDangerous: true };
  return { confirm: decision.confirm(to === '' ? '…' : statuses[to]), explanation: undefined, isDangerous: to === 'suspended' };
}

interface TargetFieldProps {
  readonly member: MemberDetail;
  readonly value: Target | '';
  readonly onChange: (to: Target) => void;
}

function TargetField({ member, value, onChange }: TargetFieldProps) {
  const { decision: text, statuses } = useText(memberTexts);
  const targets = membershipStatuses.filter((status) => member.moves.includes(status));
  return (
    <TextField
      select
      label={text.to}
      value={value}
      required
      fullWidth
      margin="dense"
      onChange={({ target }) => onChange(target.value as Target)}
    >
      {targets.map((status) => (
        <MenuItem key={status} value={status}>
          {statuses[status]}
        </MenuItem>
      ))}
    </TextField>
  );
}

interface EndFieldProps {
  readonly value: string;
  readonly onChange: (until: string) => void;
  readonly isPast: boolean;
}

function EndField({ value, onChange, isPast }: EndFieldProps) {
  const { decision: text } = useText(memberTexts);
  return (
    <TextField
      type="datetime-local"
      label={text.until}
      value={value}
      fullWidth
      error={isPast}
      helperText={isPast ? text.past : text.untilHint}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
