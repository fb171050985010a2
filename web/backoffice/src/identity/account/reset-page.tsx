import { Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { FreeCodeField, isCode, NewPasswordField } from './fields.tsx';
import { AccountFrame } from './frame.tsx';
import { isNewPassword } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useToken } from './use-token.ts';

/** Opened from the mail of a forgotten password: `#/reset?token=…`. */
export function ResetPage() {
  const { openApi } = useDesk();
  const { reset, accept, forgot } = useText(accountTexts);
  const token = useToken();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isDone, setDone] = useState(false);
  const submit = async (): Promise<void> => {
    await answer(openApi.POST('/api/admin/auth/password/reset', { body: { token, code: code.trim(), password } }));
    setDone(true);
  };
  if (isDone) {
    return (
      <AccountFrame title={reset.doneTitle}>
        <Typography sx={{ mb: 2 }}>{reset.done}</Typography>
        <Link to="/login">{forgot.back}</Link>
      </AccountFrame>
    );
  }
  const isReady = token !== '' && isNewPassword(password) && isCode(code);
  return (
    <AccountFrame title={reset.title}>
      <AttemptForm submitLabel={reset.submit} submit={submit} isReady={isReady} size="large">
        <Typography sx={{ mb: 1 }}>{token === '' ? accept.missing : reset.explanation}</Typography>
        <NewPasswordField label={reset.password} value={password} onChange={setPassword} />
        <FreeCodeField label={reset.anyCode} value={code} onChange={setCode} autoComplete="one-time-code" />
      </AttemptForm>
    </AccountFrame>
  );
}
