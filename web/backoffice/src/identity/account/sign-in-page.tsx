import { Button, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { CodeField } from '../../shell/code-field.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { sessionOf } from '../../shell/session/session.ts';
import { useEnter } from '../../shell/session/use-enter.ts';
import { useText } from '../../shell/use-text.ts';
import { AttemptNote } from './attempt-note.tsx';
import { AccountFrame } from './frame.tsx';
import { PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { type Attempt, useAttempt } from './use-attempt.ts';

/** Password first, then the second factor. Leads on to where one wanted to go. */
export function SignInPage() {
  const { now } = useDesk();
  const { signIn } = useText(accountTexts);
  const [ticket, setTicket] = useState<string>();
  const attempt = useAttempt(now);
  return (
    <AccountFrame title={ticket === undefined ? signIn.title : signIn.codeTitle}>
      {ticket === undefined ? (
        <PasswordStep attempt={attempt} passed={setTicket} />
      ) : (
        <CodeStep attempt={attempt} ticket={ticket} again={() => setTicket(undefined)} />
      )}
    </AccountFrame>
  );
}

function PasswordStep({ attempt, passed }: { readonly attempt: Attempt; readonly passed: (ticket: string) => void }) {
  const { openApi } = useDesk();
  const { signIn } = useText(accountTexts);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      const { ticket } = await answer(openApi.POST('/api/admin/auth/sign-in', { body: { email, password } }));
      passed(ticket);
    });
  };
  return (
    <form onSubmit={submit}>
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
      <PasswordField label={signIn.password} value={password} onChange={setPassword} autoComplete="current-password" />
      <AttemptNote attempt={attempt} />
      <Stack sx={{ mt: 2, gap: 1.5 }}>
        <Button type="submit" variant="contained" size="large" disabled={attempt.isBusy || attempt.waitSeconds > 0}>
          {signIn.next}
        </Button>
        <Link to="/forgot" sx={{ textAlign: 'center' }}>
          {signIn.forgot}
        </Link>
      </Stack>
    </form>
  );
}

interface CodeStepProps {
  readonly attempt: Attempt;
  readonly ticket: string;
  readonly again: () => void;
}

function CodeStep({ attempt, ticket, again }: CodeStepProps) {
  const { openApi, now } = useDesk();
  const { signIn } = useText(accountTexts);
  const enter = useEnter();
  const [usesRecovery, setUsesRecovery] = useState(false);
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      const session = await answer(openApi.POST('/api/admin/auth/second-factor', { body: { ticket, code: code.trim() } }));
      await enter(sessionOf(session, now()));
    });
  };
  const change = (): void => {
    setUsesRecovery(!usesRecovery);
    setCode('');
  };
  return (
    <form onSubmit={submit}>
      <Typography sx={{ mb: 1 }}>{usesRecovery ? signIn.recoveryHint : signIn.codeHint}</Typography>
      {usesRecovery ? (
        <TextField
          key="recovery"
          label={signIn.recovery}
          value={code}
          required
          fullWidth
          autoFocus
          margin="dense"
          onChange={({ target }) => setCode(target.value)}
          slotProps={{ htmlInput: { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false, maxLength: 32 } }}
        />
      ) : (
        <CodeField key="app" label={signIn.code} value={code} onChange={setCode} />
      )}
      <AttemptNote attempt={attempt} />
      <Stack sx={{ mt: 2, gap: 1 }}>
        <Button
          type="submit"
          variant="contained"
          size="large"
          disabled={attempt.isBusy || attempt.waitSeconds > 0 || code.trim().length < 6}
        >
          {signIn.submit}
        </Button>
        <Button onClick={change}>{usesRecovery ? signIn.useApp : signIn.useRecovery}</Button>
        <Button onClick={again}>{signIn.again}</Button>
      </Stack>
    </form>
  );
}
