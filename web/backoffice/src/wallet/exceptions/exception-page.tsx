import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { asProblem } from '../../shell/api/problem.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { ReferenceLink } from '../reference-link.tsx';
import { ExceptionChip } from './exception-chip.tsx';
import { type Exception, readException } from './exception-source.ts';
import { exceptionTexts } from './text.ts';

/** `#/exceptions/<id>/show` */
export function ExceptionPage() {
  const text = useText(exceptionTexts);
  return (
    <RecordPage<Exception> resource="exceptions" title={text.title}>
      {(exception, { back }) => (
        <Page title={text.kinds[exception.kind]} back={back} actions={<ResolveButton exception={exception} />}>
          <ExceptionFacts exception={exception} />
        </Page>
      )}
    </RecordPage>
  );
}

function ExceptionFacts({ exception }: { readonly exception: Exception }) {
  const text = useText(exceptionTexts);
  const format = useFormat();
  const { facts } = text;
  const { resolution, reference, gatewayReference } = exception;
  const rupiah = (amount: number | null) => amount !== null && <Rupiah amount={amount} />;
  const decided =
    resolution === null
      ? []
      : [
          { name: facts.resolvedBy, value: text.by(resolution.name, format.moment(resolution.at)) },
          { name: facts.reason, value: resolution.reason },
        ];
  return (
    <Facts
      facts={[
        { name: text.columns.state, value: <ExceptionChip state={exception.state} /> },
        ...decided,
        { name: facts.detail, value: exception.detail },
        { name: facts.here, value: rupiah(exception.amountRupiah) || null },
        { name: facts.there, value: rupiah(exception.gatewayAmountRupiah) || null },
        { name: facts.reference, value: reference && <ReferenceLink reference={reference} /> },
        { name: facts.gateway, value: exception.gateway },
        { name: facts.gatewayReference, value: gatewayReference && <CopyText text={gatewayReference} /> },
        { name: facts.found, value: <Moment iso={exception.createdAt} /> },
        { name: facts.id, value: <CopyText text={exception.id} /> },
      ]}
    />
  );
}

function ResolveButton({ exception }: { readonly exception: Exception }) {
  const text = useText(exceptionTexts);
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('reconciliation:decide')) return null;
  return (
    <>
      {exception.state === 'open' ? (
        <Button variant="contained" onClick={() => setOpen(true)}>
          {text.resolve}
        </Button>
      ) : null}
      {isOpen ? <ResolveDialog exception={exception} close={() => setOpen(false)} /> : null}
    </>
  );
}

function ResolveDialog({ exception: { id, kind }, close }: { readonly exception: Exception; readonly close: () => void }) {
  const api = useApi();
  const text = useText(exceptionTexts);
  const format = useFormat();
  const [reason, setReason] = useState('');
  const [by, setBy] = useState<Exception['resolution']>(null);
  const resolve = async (): Promise<void> => {
    const params = { path: { exceptionId: id } };
    try {
      const body = { reason: reason.trim() };
      await answer(api.POST('/api/admin/reconciliation/exceptions/{exceptionId}/resolve', { params, body }));
    } catch (error) {
      if (asProblem(error).code === 'reconciliation.already-resolved') setBy((await readException(api, id)).resolution);
      throw error;
    }
  };
  return (
    <DecisionDialog
      title={`${text.resolve}: ${text.kinds[kind]}`}
      explanation={text.resolveText}
      confirm={text.resolve}
      isReady={isReason(reason)}
      decide={resolve}
      done={text.resolved}
      close={close}
    >
      <ReasonField value={reason} onChange={setReason} />
      {by === null ? null : (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {text.faster(by.name, format.moment(by.at))}
        </Alert>
      )}
    </DecisionDialog>
  );
}
