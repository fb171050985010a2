import { Button, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { AttemptNote } from './attempt-note.tsx';
import { Enrolment } from './enrolment.tsx';
import { AccountFrame } from './frame.tsx';
import { PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useAttempt } from './use-attempt.ts';
import { useToken } from './use-token.ts';

/** Opened from the mail of a second factor that was reset: `#/enrol?token=…`. The password proves whose mail it is. */
export function EnrolPage() {
  const { openApi, now } = useDesk();
  const { enrol, accept, signIn } = useText(accountTexts);
  const token = useToken();
  const [password, setPassword] = useState('');
  const [begun, setBegun] = useState<Schemas['TotpEnrolment'] & { readonly ticket: string }>();
  const attempt = useAttempt(now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => setBegun(await answer(openApi.POST('/api/admin/auth/enrolments', { body: { token, password } }))));
  };
  if (begun !== undefined) return <Enrolment enrolment={begun} />;
  return (
    <AccountFrame title={enrol.title}>
      <form onSubmit={submit}>
        <Typography sx={{ mb: 1 }}>{token === '' ? accept.missing : enrol.explanation}</Typography>
        <PasswordField label={signIn.password} value={password} onChange={setPassword} autoComplete="current-password" />
        <AttemptNote attempt={attempt} />
        <Button
          type="submit"
          variant="contained"
          size="large"
          fullWidth
          sx={{ mt: 2 }}
          disabled={attempt.isBusy || attempt.waitSeconds > 0 || token === '' || password === ''}
        >
          {signIn.next}
        </Button>
      </form>
    </AccountFrame>
  );
}
