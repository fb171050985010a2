import { Button, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { AttemptNote } from './attempt-note.tsx';
import { AccountFrame } from './frame.tsx';
import { accountTexts } from './text.ts';
import { useAttempt } from './use-attempt.ts';

/** Asks for a link to set a new password by. The answer is the same whether there is an account or not. */
export function ForgotPage() {
  const { openApi, now } = useDesk();
  const { forgot, signIn } = useText(accountTexts);
  const format = useFormat();
  const [email, setEmail] = useState('');
  const [expiresAt, setExpiresAt] = useState<string>();
  const attempt = useAttempt(now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () =>
      setExpiresAt((await answer(openApi.POST('/api/admin/auth/password/forgot', { body: { email } }))).expiresAt),
    );
  };
  const back = (
    <Link to="/login" sx={{ textAlign: 'center' }}>
      {forgot.back}
    </Link>
  );
  if (expiresAt !== undefined) {
    return (
      <AccountFrame title={forgot.sentTitle}>
        <Typography sx={{ mb: 2 }}>{forgot.sent(format.moment(expiresAt))}</Typography>
        {back}
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={forgot.title}>
      <form onSubmit={submit}>
        <Typography sx={{ mb: 1 }}>{forgot.explanation}</Typography>
        <TextField
          label={signIn.email}
          type="email"
          value={email}
          required
          fullWidth
          autoFocus
          margin="dense"
          onChange={({ target }) => setEmail(target.value)}
          slotProps={{ htmlInput: { autoComplete: 'username', maxLength: 254 } }}
        />
        <AttemptNote attempt={attempt} />
        <Stack sx={{ mt: 2, gap: 1.5 }}>
          <Button type="submit" variant="contained" size="large" disabled={attempt.isBusy || attempt.waitSeconds > 0}>
            {forgot.submit}
          </Button>
          {back}
        </Stack>
      </form>
    </AccountFrame>
  );
}
