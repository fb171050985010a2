import { TextField } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { AttemptForm } from './attempt-form.tsx';

interface RemarkFormProps {
  /** Name of the form, label of its field, label of its button, and what is said once it is sent. */
  readonly words: { readonly form: string; readonly field: string; readonly submit: string; readonly sent: string };
  readonly charactersMax: number;
  /** What is thrown is shown below the field, which keeps its text. */
  readonly send: (remark: string) => Promise<void>;
}

/** A text of some lines that is added to something: a note, a comment. */
export function RemarkForm({ words, charactersMax, send }: RemarkFormProps) {
  const notify = useNotify();
  const [remark, setRemark] = useState('');
  const submit = async (): Promise<void> => {
    await send(remark.trim());
    setRemark('');
    notify(words.sent, { type: 'success' });
  };
  return (
    <AttemptForm
      submitLabel={words.submit}
      submit={submit}
      isReady={remark.trim() !== ''}
      label={words.form}
      sx={{ p: 2, alignItems: 'flex-start' }}
    >
      <TextField
        label={words.field}
        value={remark}
        fullWidth
        multiline
        minRows={2}
        onChange={({ target }) => setRemark(target.value)}
        slotProps={{ htmlInput: { maxLength: charactersMax } }}
      />
    </AttemptForm>
  );
}
