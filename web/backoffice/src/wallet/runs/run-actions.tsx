import { Button } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { CompareDialog } from './compare-dialog.tsx';
import type { Gateway } from './run-source.ts';
import { runTexts } from './text.ts';
import { UploadDialog } from './upload-dialog.tsx';

interface RunActionsProps {
  /** Of the run that is looked at; of none, every gateway has its way. */
  readonly gateway?: Gateway;
  readonly day?: string;
}

/** Gateways are asked for their reports; that of Midtrans is brought by people, since nothing there can be asked. */
export function RunActions({ gateway, day }: RunActionsProps) {
  const text = useText(runTexts);
  const may = useMay();
  const [open, setOpen] = useState<'compare' | 'upload'>();
  if (!may('reconciliation:decide')) return null;
  const close = (): void => setOpen(undefined);
  const at = { ...(day !== undefined && { day }), close };
  return (
    <>
      {gateway === 'midtrans' ? null : (
        <Button variant="outlined" onClick={() => setOpen('compare')}>
          {gateway === undefined ? text.compare : text.compareAgain}
        </Button>
      )}
      {gateway === undefined || gateway === 'midtrans' ? (
        <Button variant="contained" onClick={() => setOpen('upload')}>
          {text.upload}
        </Button>
      ) : null}
      {open === 'compare' ? <CompareDialog {...at} {...(gateway !== undefined && { gateway })} /> : null}
      {open === 'upload' ? <UploadDialog {...at} /> : null}
    </>
  );
}
