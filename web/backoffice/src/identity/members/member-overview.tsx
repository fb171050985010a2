import { Stack, Typography } from '@mui/material';
import { CopyText } from '../../shell/copy-text.tsx';
import { Facts } from '../../shell/facts.tsx';
import { languageNames } from '../../shell/language.ts';
import { Moment } from '../../shell/moment.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import type { MemberDetail } from './member-source.ts';
import { StatusChip } from './status-chip.tsx';
import { memberTexts } from './text.ts';

export function MemberOverview({ member }: { readonly member: MemberDetail }) {
  const text = useText(memberTexts);
  const { facts } = text;
  const yesOrNo = (value: boolean): string => (value ? text.yes : text.no);
  const restriction = [
    { name: facts.reason, value: member.statusReason },
    { name: facts.until, value: member.statusUntil && <Moment iso={member.statusUntil} /> },
    { name: facts.before, value: member.statusBefore && text.statuses[member.statusBefore] },
  ];
  return (
    <Facts
      facts={[
        { name: facts.status, value: <Status member={member} /> },
        ...restriction.filter(({ value }) => value !== null),
        { name: facts.id, value: <CopyText text={member.id} /> },
        { name: facts.name, value: member.displayName },
        { name: facts.email, value: member.email },
        { name: facts.phone, value: member.phone },
        { name: facts.kyc, value: text.kycStates[member.kyc] },
        { name: facts.password, value: yesOrNo(member.hasPassword) },
        { name: facts.secondFactor, value: yesOrNo(member.hasSecondFactor) },
        { name: facts.locale, value: languageNames[member.locale] },
        { name: facts.created, value: <Moment iso={member.createdAt} /> },
        { name: facts.lastSeen, value: <Moment iso={member.lastSeenAt} /> },
        ...(member.deletionAt === null ? [] : [{ name: facts.deletion, value: <Moment iso={member.deletionAt} /> }]),
      ]}
    />
  );
}

function Status({ member: { status, statusUntil } }: { readonly member: MemberDetail }) {
  const { until } = useText(memberTexts);
  const format = useFormat();
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      <StatusChip status={status} />
      {statusUntil === null ? null : (
        <Typography variant="body2" color="textSecondary">
          {until(format.moment(statusUntil))}
        </Typography>
      )}
    </Stack>
  );
}
