import { Box, LinearProgress, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { asProblem } from '../../shell/api/problem.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { csvBytesMax, wrongIn } from './report-file.ts';
import { ReportDayField, useYesterday } from './report-day-field.tsx';
import { runTexts } from './text.ts';

type Step = 'reading' | 'comparing';

interface UploadDialogProps {
  readonly day?: string;
  readonly close: () => void;
}

/** Brings Midtrans' export of a day. What cannot be read in it is told by its line, and nothing is compared then. */
export function UploadDialog({ day: givenDay, close }: UploadDialogProps) {
  const api = useApi();
  const text = useText(runTexts);
  const navigate = useNavigate();
  const [day, setDay] = useState(useYesterday(givenDay));
  const [file, setFile] = useState<File>();
  const [step, setStep] = useState<Step>();
  const [wrong, setWrong] = useState<string>();
  const isGood = file !== undefined && file.size > 0 && file.size <= csvBytesMax;
  const upload = async (): Promise<void> => {
    setWrong(undefined);
    try {
      setStep('reading');
      const csv = (await file?.text()) ?? '';
      setStep('comparing');
      const { id } = await answer(api.POST('/api/admin/reconciliation/reports/midtrans', { body: { day, csv } }));
      navigate(`/runs/${id}/show`);
    } catch (error) {
      setWrong(wrongIn(asProblem(error), text.wrong));
      throw error;
    } finally {
      setStep(undefined);
    }
  };
  return (
    <DecisionDialog
      title={text.upload}
      explanation={text.uploadText}
      confirm={text.uploadConfirm}
      isReady={day !== '' && isGood}
      decide={upload}
      done={text.compared}
      close={close}
    >
      <ReportDayField value={day} onChange={setDay} />
      <ReportFileField
        file={file}
        wrong={wrong}
        onChange={(chosen) => {
          setFile(chosen);
          setWrong(undefined);
        }}
      />
      <Progress step={step} />
    </DecisionDialog>
  );
}

interface ReportFileFieldProps {
  readonly file: File | undefined;
  /** What the API found in it. */
  readonly wrong: string | undefined;
  readonly onChange: (file: File | undefined) => void;
}

/** Tells what cannot go well before it is sent. */
function ReportFileField({ file, wrong, onChange }: ReportFileFieldProps) {
  const text = useText(runTexts);
  const { bytes } = useFormat();
  const max = bytes(csvBytesMax);
  const isTooLarge = file !== undefined && file.size > csvBytesMax;
  const isEmpty = file?.size === 0;
  const note = (): string => {
    if (wrong !== undefined) return wrong;
    if (file === undefined) return text.fileMax(max);
    if (isTooLarge) return text.tooLarge(bytes(file.size), max);
    return isEmpty ? text.emptyFile : text.fileOf(bytes(file.size), max);
  };
  return (
    <TextField
      type="file"
      label={text.file}
      required
      fullWidth
      margin="dense"
      error={isTooLarge || isEmpty || wrong !== undefined}
      helperText={note()}
      onChange={({ target }) => onChange((target as HTMLInputElement).files?.[0])}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { accept: '.csv,text/csv' } }}
    />
  );
}

function Progress({ step }: { readonly step: Step | undefined }) {
  const { steps } = useText(runTexts);
  return (
    <Box role="status">
      {step === undefined ? null : (
        <>
          <Typography variant="body2" gutterBottom>
            {steps[step]}
          </Typography>
          <LinearProgress aria-label={steps[step]} />
        </>
      )}
    </Box>
  );
}
