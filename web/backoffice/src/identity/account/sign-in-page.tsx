import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { CodeField } from '../../shell/code-field.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { sessionOf } from '../../shell/session/session.ts';
import { useEnter } from '../../shell/session/use-enter.ts';
import { useText } from '../../shell/use-text.ts';
import { EmailField, FreeCodeField, isCode } from './fields.tsx';
import { AccountFrame } from './frame.tsx';
import { PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';

/** Password first, then the second factor. Leads on to where one wanted to go. */
export function SignInPage() {
  const { signIn } = useText(accountTexts);
  const [ticket, setTicket] = useState<string>();
  return (
    <AccountFrame title={ticket === undefined ? signIn.title : signIn.codeTitle}>
      {ticket === undefined ? <PasswordStep passed={setTicket} /> : <CodeStep ticket={ticket} again={() => setTicket(undefined)} />}
    </AccountFrame>
  );
}

function PasswordStep({ passed }: { readonly passed: (ticket: string) => void }) {
  const { openApi } = useDesk();
  const { signIn } = useText(accountTexts);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (): Promise<void> => {
    const { ticket } = await answer(openApi.POST('/api/admin/auth/sign-in', { body: { email, password } }));
    passed(ticket);
  };
  const forgot = (
    <Link to="/forgot" sx={{ textAlign: 'center', mt: 0.5 }}>
      {signIn.forgot}
    </Link>
  );
  return (
    <AttemptForm submitLabel={signIn.next} submit={submit} size="large" more={forgot}>
      <EmailField value={email} onChange={setEmail} />
      <PasswordField label={signIn.password} value={password} onChange={setPassword} autoComplete="current-password" />
    </AttemptForm>
  );
}

interface CodeStepProps {
  readonly ticket: string;
  readonly again: () => void;
}

function CodeStep({ ticket, again }: CodeStepProps) {
  const { openApi, now } = useDesk();
  const { signIn } = useText(accountTexts);
  const enter = useEnter();
  const [usesRecovery, setUsesRecovery] = useState(false);
  const [code, setCode] = useState('');
  const submit = async (): Promise<void> => {
    const session = await answer(openApi.POST('/api/admin/auth/second-factor', { body: { ticket, code: code.trim() } }));
    await enter(sessionOf(session, now()));
  };
  const change = (): void => {
    setUsesRecovery(!usesRecovery);
    setCode('');
  };
  const more = (
    <>
      <Button onClick={change}>{usesRecovery ? signIn.useApp : signIn.useRecovery}</Button>
      <Button onClick={again}>{signIn.again}</Button>
    </>
  );
  return (
    <AttemptForm submitLabel={signIn.submit} submit={submit} isReady={isCode(code)} size="large" more={more}>
      <Typography sx={{ mb: 1 }}>{usesRecovery ? signIn.recoveryHint : signIn.codeHint}</Typography>
      {usesRecovery ? (
        <FreeCodeField key="recovery" label={signIn.recovery} value={code} onChange={setCode} autoComplete="off" autoFocus />
      ) : (
        <CodeField key="app" label={signIn.code} value={code} onChange={setCode} />
      )}
    </AttemptForm>
  );
}
