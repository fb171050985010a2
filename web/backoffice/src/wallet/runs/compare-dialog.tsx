import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { ReportDayField, useYesterday } from './report-day-field.tsx';
import type { Gateway } from './run-source.ts';
import { runTexts } from './text.ts';

/** Those that can be asked. */
const asked = ['iris', 'xendit'] as const satisfies readonly Gateway[];

interface CompareDialogProps {
  readonly gateway?: Gateway;
  readonly day?: string;
  readonly close: () => void;
}

/** Has a day compared now, as it is every night. */
export function CompareDialog({ gateway: given, day: givenDay, close }: CompareDialogProps) {
  const api = useApi();
  const text = useText(runTexts);
  const navigate = useNavigate();
  const [gateway, setGateway] = useState<Gateway>(given ?? asked[0]);
  const [day, setDay] = useState(useYesterday(givenDay));
  const compare = async (): Promise<void> => {
    const { id } = await answer(api.POST('/api/admin/reconciliation/runs', { body: { gateway, day } }));
    navigate(`/runs/${id}/show`);
  };
  return (
    <DecisionDialog
      title={given === undefined ? text.compare : text.compareAgain}
      explanation={text.compareText}
      confirm={given === undefined ? text.compare : text.compareAgain}
      isReady={day !== ''}
      decide={compare}
      done={text.compared}
      close={close}
    >
      <TextField
        select
        label={text.gateway}
        value={gateway}
        fullWidth
        margin="dense"
        onChange={({ target }) => setGateway(target.value as Gateway)}
        slotProps={{ inputLabel: { shrink: true } }}
      >
        {asked.map((name) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <ReportDayField value={day} onChange={setDay} />
    </DecisionDialog>
  );
}
