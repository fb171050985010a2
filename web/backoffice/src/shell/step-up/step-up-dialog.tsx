import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { answer } from '../api/client.ts';
import { AttemptNote } from '../attempt/attempt-note.tsx';
import { useAttempt } from '../attempt/use-attempt.ts';
import { CodeField } from '../code-field.tsx';
import { useDesk } from '../desk-context.ts';
import { sessionOf } from '../session/session.ts';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';

/** Opens when a call needs a fresh second factor; the call goes on by itself afterwards. */
export function StepUpDialog() {
  const { stepUp } = useDesk();
  const isOpen = useSyncExternalStore(stepUp.watch, stepUp.isOpen);
  return isOpen ? <OpenDialog /> : null;
}

function OpenDialog() {
  const { api, session, stepUp, now } = useDesk();
  const text = useText(shellTexts).stepUp;
  const [code, setCode] = useState('');
  const attempt = useAttempt();
  const decline = (): void => stepUp.settle(false);
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      session.set(sessionOf(await answer(api.POST('/api/admin/auth/step-up', { body: { code } })), now()));
      stepUp.settle(true);
    });
  };
  return (
    <Dialog open onClose={decline} aria-labelledby="step-up-title" fullWidth maxWidth="xs">
      <form onSubmit={confirm}>
        <DialogTitle id="step-up-title">{text.title}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>{text.explanation}</DialogContentText>
          <CodeField label={text.code} value={code} onChange={setCode} />
          <AttemptNote attempt={attempt} />
        </DialogContent>
        <DialogActions>
          <Button onClick={decline}>{text.cancel}</Button>
          <Button type="submit" variant="contained" disabled={attempt.isBusy || attempt.waitSeconds > 0 || code.length !== 6}>
            {text.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
