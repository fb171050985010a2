import { Button, Checkbox, FormControlLabel, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { CodeField } from '../../shell/code-field.tsx';
import { CopyText } from '../../shell/copy-text.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { type Session, sessionOf } from '../../shell/session/session.ts';
import { useEnter } from '../../shell/session/use-enter.ts';
import { useText } from '../../shell/use-text.ts';
import { AccountFrame } from './frame.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { accountTexts } from './text.ts';

interface EnrolmentProps {
  /** With the ticket that the confirming code goes with. */
  readonly enrolment: Schemas['TotpEnrolment'] & { readonly ticket: string };
}

interface Enrolled {
  readonly session: Session;
  readonly codes: readonly string[];
}

/** An authenticator app is set up, confirmed with its first code, and the recovery codes are shown; then one is signed in. */
export function Enrolment({ enrolment }: EnrolmentProps) {
  const [enrolled, setEnrolled] = useState<Enrolled>();
  return enrolled === undefined ? <ScanStep enrolment={enrolment} passed={setEnrolled} /> : <KeepStep enrolled={enrolled} />;
}

function ScanStep({ enrolment, passed }: EnrolmentProps & { readonly passed: (enrolled: Enrolled) => void }) {
  const { openApi, now } = useDesk();
  const { enrol } = useText(accountTexts);
  const [code, setCode] = useState('');
  const submit = async (): Promise<void> => {
    const { recoveryCodes, ...session } = await answer(openApi.POST('/api/admin/auth/enrol', { body: { ticket: enrolment.ticket, code } }));
    passed({ session: sessionOf(session, now()), codes: recoveryCodes });
  };
  return (
    <AccountFrame title={enrol.title}>
      <AttemptForm submitLabel={enrol.submit} submit={submit} isReady={code.length === 6} size="large">
        <Typography>{enrol.scan}</Typography>
        <QrCode text={enrolment.uri} label={enrol.qr} />
        <Typography variant="body2">{enrol.typed}</Typography>
        <CopyText text={enrolment.secret} />
        <CodeField label={enrol.code} value={code} onChange={setCode} />
      </AttemptForm>
    </AccountFrame>
  );
}

function KeepStep({ enrolled: { session, codes } }: { readonly enrolled: Enrolled }) {
  const { recovery } = useText(accountTexts);
  const enter = useEnter();
  const [isKept, setKept] = useState(false);
  return (
    <AccountFrame title={recovery.title}>
      <RecoveryCodes codes={codes} />
      <Stack>
        <FormControlLabel
          control={<Checkbox checked={isKept} onChange={({ target }) => setKept(target.checked)} />}
          label={recovery.kept}
        />
        <Button variant="contained" size="large" disabled={!isKept} onClick={() => void enter(session, '/')}>
          {recovery.done}
        </Button>
      </Stack>
    </AccountFrame>
  );
}
