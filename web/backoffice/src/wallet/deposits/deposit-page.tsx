import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { MemberLink } from '../member-link.tsx';
import { methodNames } from '../methods.ts';
import { PostingList } from '../posting-list.tsx';
import { RefreshButton } from '../refresh-button.tsx';
import { Timeline } from '../timeline.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Countdown } from './countdown.tsx';
import type { DepositDetail } from './deposit-source.ts';
import { PaymentList } from './payment-list.tsx';
import { ReversalDialog } from './reversal-dialog.tsx';
import { StatusChip } from './status-chip.tsx';
import { depositTexts } from './text.ts';

/** While money may come at any time. */
const againMs = 4_000;

const isOpen = ({ status }: Pick<DepositDetail, 'status'>): boolean => status === 'creating' || status === 'pending';
const lookAgain = (deposit: DepositDetail | undefined): number | false => (deposit !== undefined && isOpen(deposit) ? againMs : false);

/** `#/deposits/<id>/show`, and below it a tab. */
export function DepositPage() {
  const text = useText(depositTexts);
  const methods = useText(methodNames);
  const format = useFormat();
  return (
    <RecordPage<DepositDetail> resource="deposits" title={text.title} againMs={lookAgain}>
      {(deposit, { tab, back }) => (
        <Page
          title={`${format.rupiah(deposit.totalRupiah)} · ${methods[deposit.method]}`}
          back={back}
          actions={<DepositActions deposit={deposit} />}
        >
          {deposit.isReversalUnclear ? (
            <Alert severity="error" variant="outlined" sx={{ m: 2, mb: 0, color: 'text.primary' }}>
              {text.reversal.note}
            </Alert>
          ) : null}
          {deposit.underReview === null ? null : (
            <Alert severity="warning" variant="outlined" sx={{ m: 2, mb: 0, color: 'text.primary' }}>
              {text.reviewNote(format.rupiah(deposit.underReview.amountRupiah))}
              {deposit.underReview.issue === null ? '' : ` ${text.issues[deposit.underReview.issue]}.`}
            </Alert>
          )}
          <DepositTabs deposit={deposit} tab={tab} />
        </Page>
      )}
    </RecordPage>
  );
}

function DepositTabs({ deposit, tab }: { readonly deposit: DepositDetail; readonly tab: string | undefined }) {
  const text = useText(depositTexts);
  const format = useFormat();
  const events = deposit.timeline.map(({ at, kind, actor, actorName, status, gatewayStatus, amountRupiah, detail }) => {
    const said = [
      status === null ? null : text.statuses[status],
      amountRupiah === null ? null : format.rupiah(amountRupiah),
      gatewayStatus,
      detail,
    ];
    return {
      at,
      label: text.timeline[kind] ?? kind,
      who: actorName ?? actor,
      detail: said.filter((part) => part !== null).join(' · ') || null,
    };
  });
  const tabs: DeskTab[] = [
    { name: 'overview', label: text.tabs.overview, content: () => <Overview deposit={deposit} /> },
    { name: 'payments', label: text.tabs.payments, content: () => <PaymentList deposit={deposit} /> },
    { name: 'timeline', label: text.tabs.timeline, content: () => <Timeline events={events} /> },
    { name: 'postings', label: text.tabs.postings, content: () => <PostingList postings={deposit.postings} /> },
  ];
  return <DeskTabs label={deposit.id} tabs={tabs} current={tab} addressOf={(name) => `/deposits/${deposit.id}/show/${name}`} />;
}

function Overview({ deposit }: { readonly deposit: DepositDetail }) {
  const text = useText(depositTexts);
  const methods = useText(methodNames);
  const { facts } = text;
  const rupiah = (amount: number | null) => (amount === null || amount === 0 ? null : <Rupiah amount={amount} />);
  const left = isOpen(deposit) ? [{ name: facts.left, value: <Countdown deposit={deposit} /> }] : [];
  return (
    <Facts
      facts={[
        { name: text.status, value: <StatusChip deposit={deposit} /> },
        ...left,
        { name: facts.failure, value: deposit.failure },
        { name: facts.total, value: rupiah(deposit.totalRupiah) },
        { name: facts.code, value: rupiah(deposit.uniqueCode) },
        { name: facts.credited, value: rupiah(deposit.creditedRupiah) },
        { name: facts.suspense, value: rupiah(deposit.suspenseRupiah) },
        { name: facts.refunded, value: rupiah(deposit.refundedRupiah) },
        { name: facts.reversed, value: rupiah(deposit.reversedRupiah) },
        { name: facts.member, value: <MemberLink memberId={deposit.memberId} /> },
        { name: facts.method, value: methods[deposit.method] },
        { name: facts.gateway, value: deposit.gateway },
        { name: facts.transaction, value: deposit.gatewayTransactionId && <CopyText text={deposit.gatewayTransactionId} /> },
        { name: facts.created, value: <Moment iso={deposit.createdAt} /> },
        { name: facts.expires, value: <Moment iso={deposit.expiresAt} /> },
        { name: facts.ended, value: <Moment iso={deposit.endedAt} /> },
        { name: facts.id, value: <CopyText text={deposit.id} /> },
      ]}
    />
  );
}

function DepositActions({ deposit }: { readonly deposit: DepositDetail }) {
  const api = useApi();
  const text = useText(depositTexts);
  const may = useMay();
  const [open, setOpen] = useState<'confirm' | 'reversal'>();
  const close = (): void => setOpen(undefined);
  const params = { path: { depositId: deposit.id } };
  return (
    <>
      {deposit.gateway === 'manual' ? null : (
        <RefreshButton
          label={text.actions.refresh}
          done={text.done.refresh}
          ask={() => answer(api.POST('/api/admin/deposits/{depositId}/refresh', { params }))}
        />
      )}
      {deposit.gateway === 'manual' && may('deposits:decide') ? (
        <Button variant="contained" onClick={() => setOpen('confirm')}>
          {text.actions.confirm}
        </Button>
      ) : null}
      {deposit.isReversalUnclear && may('deposits:decide') ? (
        <Button variant="contained" onClick={() => setOpen('reversal')}>
          {text.actions.reversal}
        </Button>
      ) : null}
      {open === 'confirm' ? <ConfirmDialog deposit={deposit} close={close} /> : null}
      {open === 'reversal' ? <ReversalDialog deposit={deposit} close={close} /> : null}
    </>
  );
}
