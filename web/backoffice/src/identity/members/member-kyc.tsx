import LockOutlined from '@mui/icons-material/LockOutlined';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { AttemptNote } from '../../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../../shell/attempt/use-attempt.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { useText } from '../../shell/use-text.ts';
import type { MemberDetail } from './member-source.ts';
import { memberTexts } from './text.ts';

/** Identity card data: closed until somebody asks for them, as each look is kept. They are shown while the tab is open and cached nowhere. */
export function MemberKyc({ member }: { readonly member: MemberDetail }) {
  const api = useApi();
  const { kycPage: text } = useText(memberTexts);
  const [kyc, setKyc] = useState<Schemas['Kyc']>();
  const attempt = useAttempt();
  const open = (): Promise<void> =>
    attempt.run(async () =>
      setKyc(await answer(api.GET('/api/admin/members/{memberId}/kyc', { params: { path: { memberId: member.id } } }))),
    );
  if (member.kyc === 'none') return <Typography sx={{ p: 2 }}>{text.nothing}</Typography>;
  if (kyc !== undefined) return <OpenKyc member={member} kyc={kyc} decided={() => setKyc(undefined)} />;
  return (
    <Box sx={{ p: 2 }}>
      <Typography sx={{ mb: 2 }}>{text.closed}</Typography>
      <AttemptNote attempt={attempt} />
      <Button variant="contained" startIcon={<LockOutlined />} disabled={attempt.isBusy} onClick={() => void open()}>
        {text.open}
      </Button>
    </Box>
  );
}

interface OpenKycProps {
  readonly member: MemberDetail;
  readonly kyc: Schemas['Kyc'];
  readonly decided: () => void;
}

function OpenKyc({ member, kyc, decided }: OpenKycProps) {
  const { kycPage: text, facts, kycStates } = useText(memberTexts);
  const may = useMay();
  const [decision, setDecision] = useState<'approved' | 'rejected'>();
  const { data } = kyc;
  return (
    <>
      <Facts
        facts={[
          { name: facts.kyc, value: kycStates[kyc.state] },
          { name: text.nik, value: data && <CopyText text={data.nik} /> },
          { name: text.fullName, value: data?.fullName },
          { name: text.birthDate, value: data?.birthDate },
          { name: text.address, value: data?.address },
          { name: text.submitted, value: <Moment iso={kyc.submittedAt} /> },
          { name: text.decidedBy, value: kyc.decidedBy },
          { name: text.decidedAt, value: <Moment iso={kyc.decidedAt} /> },
          { name: facts.reason, value: kyc.reason },
        ]}
      />
      {kyc.state === 'submitted' && may('kyc:decide') ? (
        <Stack direction="row" sx={{ p: 2, gap: 1 }}>
          <Button variant="contained" onClick={() => setDecision('approved')}>
            {text.approve}
          </Button>
          <Button variant="outlined" color="error" onClick={() => setDecision('rejected')}>
            {text.reject}
          </Button>
        </Stack>
      ) : null}
      {decision === undefined ? null : (
        <KycDialog memberId={member.id} decision={decision} decided={decided} close={() => setDecision(undefined)} />
      )}
    </>
  );
}

interface KycDialogProps {
  readonly memberId: string;
  readonly decision: 'approved' | 'rejected';
  readonly decided: () => void;
  readonly close: () => void;
}

function KycDialog({ memberId, decision, decided, close }: KycDialogProps) {
  const api = useApi();
  const { kycPage: text } = useText(memberTexts);
  const [reason, setReason] = useState('');
  const isApproval = decision === 'approved';
  const decide = async (): Promise<void> => {
    const body = { decision, reason: reason.trim() };
    await answer(api.POST('/api/admin/members/{memberId}/kyc/decision', { params: { path: { memberId } }, body }));
    decided();
  };
  return (
    <DecisionDialog
      title={isApproval ? text.approveTitle : text.rejectTitle}
      explanation={isApproval ? text.approveText : text.rejectText}
      confirm={isApproval ? text.approve : text.reject}
      isDangerous={!isApproval}
      isReady={isReason(reason)}
      decide={decide}
      done={isApproval ? text.approved : text.rejected}
      close={close}
    >
      <ReasonField value={reason} onChange={setReason} />
    </DecisionDialog>
  );
}
