import { Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { EmailField } from './fields.tsx';
import { AccountFrame } from './frame.tsx';
import { accountTexts } from './text.ts';

/** Asks for a link to set a new password by. The answer is the same whether there is an account or not. */
export function ForgotPage() {
  const { openApi } = useDesk();
  const { forgot } = useText(accountTexts);
  const format = useFormat();
  const [email, setEmail] = useState('');
  const [expiresAt, setExpiresAt] = useState<string>();
  const submit = async (): Promise<void> =>
    setExpiresAt((await answer(openApi.POST('/api/admin/auth/password/forgot', { body: { email } }))).expiresAt);
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
      <AttemptForm submitLabel={forgot.submit} submit={submit} size="large" more={back}>
        <Typography sx={{ mb: 1 }}>{forgot.explanation}</Typography>
        <EmailField value={email} onChange={setEmail} />
      </AttemptForm>
    </AccountFrame>
  );
}
