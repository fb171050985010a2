import { Button, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { AttemptNote } from './attempt-note.tsx';
import { AccountFrame } from './frame.tsx';
import { isNewPassword, PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useAttempt } from './use-attempt.ts';
import { useToken } from './use-token.ts';

/** Opened from the mail of a forgotten password: `#/reset?token=…`. */
export function ResetPage() {
  const { openApi, now } = useDesk();
  const { reset, accept, forgot } = useText(accountTexts);
  const token = useToken();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isDone, setDone] = useState(false);
  const attempt = useAttempt(now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      await answer(openApi.POST('/api/admin/auth/password/reset', { body: { token, code: code.trim(), password } }));
      setDone(true);
    });
  };
  if (isDone) {
    return (
      <AccountFrame title={reset.doneTitle}>
        <Typography sx={{ mb: 2 }}>{reset.done}</Typography>
        <Link to="/login">{forgot.back}</Link>
      </AccountFrame>
    );
  }
  const isReady = token !== '' && isNewPassword(password) && code.trim().length >= 6;
  return (
    <AccountFrame title={reset.title}>
      <form onSubmit={submit}>
        <Typography sx={{ mb: 1 }}>{token === '' ? accept.missing : reset.explanation}</Typography>
        <PasswordField
          label={reset.password}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          hint={accept.passwordHint}
        />
        <TextField
          label={reset.anyCode}
          value={code}
          required
          fullWidth
          margin="dense"
          onChange={({ target }) => setCode(target.value)}
          slotProps={{ htmlInput: { autoComplete: 'one-time-code', autoCapitalize: 'off', spellCheck: false, maxLength: 32 } }}
        />
        <AttemptNote attempt={attempt} />
        <Button
          type="submit"
          variant="contained"
          size="large"
          fullWidth
          sx={{ mt: 2 }}
          disabled={attempt.isBusy || attempt.waitSeconds > 0 || !isReady}
        >
          {reset.submit}
        </Button>
      </form>
    </AccountFrame>
  );
}
