import { Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { useDesk } from '../../shell/desk-context.ts';
import { LoadingState, NoteState, ProblemState } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useLanguage, useText } from '../../shell/use-text.ts';
import { Enrolment } from './enrolment.tsx';
import { NameField, NewPasswordField } from './fields.tsx';
import { AccountFrame } from './frame.tsx';
import { isNewPassword } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useToken } from './use-token.ts';

type Accepted = Schemas['TotpEnrolment'] & { readonly ticket: string };

/** Opened from the mail of an invitation: `#/accept?token=…`. */
export function AcceptPage() {
  const { openApi } = useDesk();
  const { accept } = useText(accountTexts);
  const token = useToken();
  const [accepted, setAccepted] = useState<Accepted>();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answer(openApi.POST('/api/admin/auth/invitations/read', { body: { token } })),
    enabled: token !== '',
  });
  if (accepted !== undefined) return <Enrolment enrolment={accepted} />;
  return (
    <AccountFrame title={accept.title}>
      {token === '' ? <NoteState title={accept.title} text={accept.missing} /> : null}
      {token !== '' && invitation.isPending ? <LoadingState rows={3} /> : null}
      {invitation.error === null ? null : <ProblemState error={invitation.error} retry={() => void invitation.refetch()} />}
      {invitation.data === undefined ? null : <AcceptForm token={token} invitation={invitation.data} accepted={setAccepted} />}
    </AccountFrame>
  );
}

interface AcceptFormProps {
  readonly token: string;
  readonly invitation: Pick<Schemas['Invitation'], 'email' | 'roles' | 'invitedByName' | 'expiresAt'>;
  readonly accepted: (accepted: Accepted) => void;
}

function AcceptForm({ token, invitation, accepted }: AcceptFormProps) {
  const { openApi } = useDesk();
  const { accept } = useText(accountTexts);
  const { roles } = useText(shellTexts);
  const locale = useLanguage();
  const format = useFormat();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (): Promise<void> => {
    const body = { token, name: name.trim(), password, locale };
    accepted(await answer(openApi.POST('/api/admin/auth/invitations/accept', { body })));
  };
  return (
    <AttemptForm submitLabel={accept.submit} submit={submit} isReady={name.trim() !== '' && isNewPassword(password)} size="large">
      <Typography>{accept.invited(invitation.invitedByName, invitation.roles.map((role) => roles[role]).join(', '))}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {invitation.email} · {accept.until(format.moment(invitation.expiresAt))}
      </Typography>
      <NameField label={accept.name} value={name} onChange={setName} autoFocus />
      {/* For password managers: the account that the password belongs to. */}
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <NewPasswordField label={accept.password} value={password} onChange={setPassword} />
    </AttemptForm>
  );
}
