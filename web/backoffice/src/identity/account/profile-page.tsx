import { Alert, Box, Button, Card, MenuItem, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNotify, useSetLocale } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { AttemptForm } from '../../shell/attempt/attempt-form.tsx';
import { AttemptNote } from '../../shell/attempt/attempt-note.tsx';
import { useAttempt } from '../../shell/attempt/use-attempt.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useDesk, useSession } from '../../shell/desk-context.ts';
import { languageNames, languageOf, languages } from '../../shell/language.ts';
import { Page } from '../../shell/page.tsx';
import { type Session, sessionOf } from '../../shell/session/session.ts';
import { LoadingState, ProblemState } from '../../shell/states.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { NameField, NewPasswordField } from './fields.tsx';
import { isNewPassword, PasswordField } from './password-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SessionList } from './session-list.tsx';
import { accountTexts } from './text.ts';

/** Fewer than this and one is told to make new ones. */
const recoveryCodesFew = 3;

/** Oneself: name and language, password, sessions, recovery codes. */
export function ProfilePage() {
  const { profile } = useText(accountTexts);
  const session = useSession();
  if (session === undefined) return null;
  return (
    <Page title={profile.title} isBare>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
          alignItems: 'start',
        }}
      >
        <AccountCard session={session} />
        <PasswordCard />
        <SessionsCard />
        <CodesCard left={session.staff.recoveryCodesLeft} />
      </Box>
    </Page>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card component="section" variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2" gutterBottom>
        {title}
      </Typography>
      {children}
    </Card>
  );
}

function AccountCard({ session: { staff } }: { readonly session: Session }) {
  const { api, session } = useDesk();
  const { profile } = useText(accountTexts);
  const { roles } = useText(shellTexts);
  const notify = useNotify();
  const setLocale = useSetLocale();
  const [name, setName] = useState(staff.name);
  const [locale, setLanguage] = useState(staff.locale);
  const save = async (): Promise<void> => {
    const changed = await answer(api.PATCH('/api/admin/me', { body: { name: name.trim(), locale } }));
    const current = session.current();
    if (current !== undefined) session.set({ ...current, staff: changed });
    setLocale(changed.locale);
    notify(profile.saved, { type: 'success' });
  };
  return (
    <Section title={profile.account}>
      <Typography sx={{ overflowWrap: 'anywhere' }}>{staff.email}</Typography>
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {profile.roles}: {staff.roles.map((role) => roles[role]).join(', ')}
      </Typography>
      <AttemptForm submitLabel={profile.save} submit={save} isReady={name.trim() !== ''}>
        <NameField label={profile.name} value={name} onChange={setName} />
        <TextField
          select
          label={profile.language}
          value={locale}
          margin="dense"
          helperText={profile.languageHint}
          onChange={({ target }) => setLanguage(languageOf(target.value))}
        >
          {languages.map((language) => (
            <MenuItem key={language} value={language}>
              {languageNames[language]}
            </MenuItem>
          ))}
        </TextField>
      </AttemptForm>
    </Section>
  );
}

function PasswordCard() {
  const { api, session, now } = useDesk();
  const { profile, reset } = useText(accountTexts);
  const notify = useNotify();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = async (): Promise<void> => {
    session.set(sessionOf(await answer(api.POST('/api/admin/me/password', { body: { password, newPassword } })), now()));
    setPassword('');
    setNewPassword('');
    notify(profile.changed, { type: 'success' });
  };
  return (
    <Section title={profile.password}>
      <Typography variant="body2" color="textSecondary">
        {profile.passwordExplanation}
      </Typography>
      <AttemptForm submitLabel={reset.submit} submit={change} isReady={password !== '' && isNewPassword(newPassword)}>
        <PasswordField label={profile.current} value={password} onChange={setPassword} autoComplete="current-password" />
        <NewPasswordField label={reset.password} value={newPassword} onChange={setNewPassword} />
      </AttemptForm>
    </Section>
  );
}

function SessionsCard() {
  const { api, session } = useDesk();
  const { profile, sessions: text } = useText(accountTexts);
  const [isEnding, setEnding] = useState(false);
  const found = useQuery({ queryKey: ['desk-sessions'], queryFn: () => answer(api.GET('/api/admin/me/sessions')) });
  const endAll = async (): Promise<void> => {
    await answer(api.DELETE('/api/admin/me/sessions'));
    session.set(undefined);
  };
  return (
    <Section title={profile.sessions}>
      {found.isPending ? <LoadingState rows={2} /> : null}
      {found.error === null ? null : <ProblemState error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? null : (
        <SessionList
          sessions={found.data.sessions}
          end={(sessionId) => answer(api.DELETE('/api/admin/me/sessions/{sessionId}', { params: { path: { sessionId } } }))}
        />
      )}
      <Button color="error" onClick={() => setEnding(true)} sx={{ mt: 1 }}>
        {text.endAll}
      </Button>
      {isEnding ? (
        <DecisionDialog
          title={text.endAll}
          explanation={text.endAllConfirm}
          confirm={text.endAll}
          isDangerous
          decide={endAll}
          done={text.endedAll}
          close={() => setEnding(false)}
        />
      ) : null}
    </Section>
  );
}

function CodesCard({ left }: { readonly left: number }) {
  const { api, session } = useDesk();
  const { profile } = useText(accountTexts);
  const format = useFormat();
  const [codes, setCodes] = useState<readonly string[]>();
  const attempt = useAttempt();
  const renew = (): Promise<void> =>
    attempt.run(async () => {
      const { recoveryCodes } = await answer(api.POST('/api/admin/me/recovery-codes'));
      setCodes(recoveryCodes);
      const current = session.current();
      if (current !== undefined) session.set({ ...current, staff: { ...current.staff, recoveryCodesLeft: recoveryCodes.length } });
    });
  return (
    <Section title={profile.codes}>
      <Typography gutterBottom>{profile.codesLeft(format.count(left))}</Typography>
      {left < recoveryCodesFew ? (
        <Alert severity="warning" variant="outlined" sx={{ mb: 1, color: 'text.primary' }}>
          {profile.codesFew}
        </Alert>
      ) : null}
      {codes === undefined ? null : <RecoveryCodes codes={codes} />}
      <AttemptNote attempt={attempt} />
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {profile.renewExplanation}
      </Typography>
      <Button variant="outlined" disabled={attempt.isBusy} onClick={() => void renew()}>
        {profile.renew}
      </Button>
    </Section>
  );
}
