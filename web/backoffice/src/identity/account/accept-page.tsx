import { Button, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, type Schemas } from '../../shell/api/client.ts';
import { useDesk } from '../../shell/desk-context.ts';
import { LoadingState, NoteState, ProblemState } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useLanguage, useText } from '../../shell/use-text.ts';
import { AttemptNote } from './attempt-note.tsx';
import { Enrolment } from './enrolment.tsx';
import { AccountFrame } from './frame.tsx';
import { isNewPassword, PasswordField } from './password-field.tsx';
import { accountTexts } from './text.ts';
import { useAttempt } from './use-attempt.ts';
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
  const { openApi, now } = useDesk();
  const { accept } = useText(accountTexts);
  const { roles } = useText(shellTexts);
  const locale = useLanguage();
  const format = useFormat();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useAttempt(now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () =>
      accepted(await answer(openApi.POST('/api/admin/auth/invitations/accept', { body: { token, name: name.trim(), password, locale } }))),
    );
  };
  return (
    <form onSubmit={submit}>
      <Typography>{accept.invited(invitation.invitedByName, invitation.roles.map((role) => roles[role]).join(', '))}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
        {invitation.email} · {accept.until(format.moment(invitation.expiresAt))}
      </Typography>
      <TextField
        label={accept.name}
        value={name}
        required
        fullWidth
        autoFocus
        margin="dense"
        onChange={({ target }) => setName(target.value)}
        slotProps={{ htmlInput: { autoComplete: 'name', maxLength: 60 } }}
      />
      {/* For password managers: the account that the password belongs to. */}
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <PasswordField
        label={accept.password}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        hint={accept.passwordHint}
      />
      <AttemptNote attempt={attempt} />
      <Button
        type="submit"
        variant="contained"
        size="large"
        fullWidth
        sx={{ mt: 2 }}
        disabled={attempt.isBusy || attempt.waitSeconds > 0 || name.trim() === '' || !isNewPassword(password)}
      >
        {accept.submit}
      </Button>
    </form>
  );
}
