import { Typography } from '@mui/material';
import { useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { Enrolment } from './enrolment.tsx';
import { AccountFrame } from './frame.tsx';
import { PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useToken } from './use-token.ts';

/** Opened from the mail of a second factor that was reset: `#/enrol?token=…`. The password proves whose mail it is. */
export function EnrolPage() {
  const { openApi } = useDesk();
  const { enrol, accept, signIn } = useText(accountTexts);
  const token = useToken();
  const [password, setPassword] = useState('');
  const [begun, setBegun] = useState<Schemas['TotpEnrolment'] & { readonly ticket: string }>();
  const submit = async (): Promise<void> =>
    setBegun(await answer(openApi.POST('/api/admin/auth/enrolments', { body: { token, password } })));
  if (begun !== undefined) return <Enrolment enrolment={begun} />;
  return (
    <AccountFrame title={enrol.title}>
      <AttemptForm submitLabel={signIn.next} submit={submit} isReady={token !== '' && password !== ''} size="large">
        <Typography sx={{ mb: 1 }}>{token === '' ? accept.missing : enrol.explanation}</Typography>
        <PasswordField label={signIn.password} value={password} onChange={setPassword} autoComplete="current-password" />
      </AttemptForm>
    </AccountFrame>
  );
}
