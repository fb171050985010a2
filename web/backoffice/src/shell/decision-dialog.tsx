import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import type { FormEvent, ReactNode } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { AttemptNote } from './attempt/attempt-note.tsx';
import { useAttempt } from './attempt/use-attempt.ts';
import { shellTexts } from './text/texts.ts';
import { useText } from './use-text.ts';

interface DecisionDialogProps {
  readonly title: string;
  readonly explanation?: string | undefined;
  readonly confirm: string;
  readonly isDangerous?: boolean;
  /** Whether its fields are good to go. */
  readonly isReady?: boolean;
  /** Does it; what is thrown is shown, and the dialog stays. */
  readonly decide: () => Promise<unknown>;
  /** Said when it was done. */
  readonly done: string;
  readonly close: () => void;
  readonly children?: ReactNode;
}

/** A decision that is confirmed, sent, and only then shown as done. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { title, explanation, confirm, isDangerous = false, isReady = true, decide, done, close, children } = props;
  const { decide: text } = useText(shellTexts);
  const notify = useNotify();
  const refresh = useRefresh();
  const attempt = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt.run(async () => {
      await decide();
      notify(done, { type: 'success' });
      refresh();
      close();
    });
  };
  return (
    <Dialog open onClose={attempt.isBusy ? undefined : close} aria-labelledby="decision-title" fullWidth maxWidth="sm">
      <form onSubmit={submit}>
        <DialogTitle id="decision-title">{title}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          {explanation === undefined ? null : <DialogContentText>{explanation}</DialogContentText>}
          {children}
          <AttemptNote attempt={attempt} />
        </DialogContent>
        <DialogActions>
          <Button onClick={close} disabled={attempt.isBusy}>
            {text.cancel}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={isDangerous ? 'error' : 'primary'}
            disabled={attempt.isBusy || attempt.waitSeconds > 0 || !isReady}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const reasonCharacters = { min: 3, max: 500 } as const;

export const isReason = (text: string): boolean => text.trim().length >= reasonCharacters.min;

export function ReasonField({ value, onChange }: { readonly value: string; readonly onChange: (reason: string) => void }) {
  const { decide: text } = useText(shellTexts);
  return (
    <TextField
      label={text.reason}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      required
      fullWidth
      multiline
      minRows={2}
      margin="dense"
      helperText={text.reasonHint}
      slotProps={{ htmlInput: { maxLength: reasonCharacters.max } }}
    />
  );
}
