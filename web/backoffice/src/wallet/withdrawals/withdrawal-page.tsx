import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { type Api, answer } from '../../shell/api/client.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { useApi, useMay, useSession } from '../../shell/desk-context.ts';
import { Facts } from '../../shell/facts.tsx';
import { Moment } from '../../shell/moment.tsx';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { Rupiah } from '../../shell/rupiah.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { MemberLink } from '../member-link.tsx';
import { PostingList } from '../posting-list.tsx';
import { RefreshButton } from '../refresh-button.tsx';
import { Timeline } from '../timeline.tsx';
import { type WithdrawalDecision, WithdrawalDialog } from './decision.tsx';
import { bankAccountOf } from './destination.tsx';
import { Risk, StateChip } from './state-chip.tsx';
import { withdrawalTexts } from './text.ts';
import { mayBePaid, type Withdrawal, type WithdrawalDetail } from './withdrawal-source.ts';

/** While the gateway has it, news may come at any time. */
const againMs = 5_000;
const lookAgain = (withdrawal: Withdrawal | undefined): number | false =>
  withdrawal?.state === 'approved' || withdrawal?.state === 'sent' ? againMs : false;

/** `#/withdrawals/<id>/show`, and below it a tab. */
export function WithdrawalPage() {
  const text = useText(withdrawalTexts);
  const format = useFormat();
  return (
    <RecordPage<WithdrawalDetail> resource="withdrawals" title={text.title} againMs={lookAgain}>
      {(withdrawal, { tab, back }) => (
        <Page
          title={`${format.rupiah(withdrawal.amountRupiah)} · ${withdrawal.destination.accountName}`}
          back={back}
          actions={<WithdrawalActions withdrawal={withdrawal} />}
        >
          <ApprovalNote withdrawal={withdrawal} />
          <WithdrawalTabs withdrawal={withdrawal} tab={tab} />
        </Page>
      )}
    </RecordPage>
  );
}

function WithdrawalTabs({ withdrawal, tab }: { readonly withdrawal: WithdrawalDetail; readonly tab: string | undefined }) {
  const { tabs: labels, timeline } = useText(withdrawalTexts);
  const events = withdrawal.timeline.map(({ at, what, actor, actorName, detail }) => ({
    at,
    label: timeline[what],
    who: actorName ?? actor,
    detail,
  }));
  const tabs: DeskTab[] = [
    { name: 'overview', label: labels.overview, content: () => <Overview withdrawal={withdrawal} /> },
    { name: 'timeline', label: labels.timeline, content: () => <Timeline events={events} /> },
    { name: 'postings', label: labels.postings, content: () => <PostingList postings={withdrawal.postings} /> },
  ];
  return <DeskTabs label={withdrawal.id} tabs={tabs} current={tab} addressOf={(name) => `/withdrawals/${withdrawal.id}/show/${name}`} />;
}

function Overview({ withdrawal }: { readonly withdrawal: WithdrawalDetail }) {
  const text = useText(withdrawalTexts);
  const format = useFormat();
  const { facts } = text;
  const { destination, approvals, decidedBy, attempt } = withdrawal;
  const said = ({ name, at }: { readonly name: string; readonly at: string }): string => text.by(name, format.moment(at));
  return (
    <Facts
      facts={[
        { name: text.state, value: <StateChip withdrawal={withdrawal} /> },
        { name: facts.reason, value: withdrawal.reason },
        { name: text.columns.risk, value: <Risk risk={withdrawal.risk} /> },
        { name: facts.amount, value: <Rupiah amount={withdrawal.amountRupiah} /> },
        { name: facts.fee, value: <Rupiah amount={withdrawal.feeRupiah} /> },
        { name: facts.payout, value: <Rupiah amount={withdrawal.payoutRupiah} /> },
        { name: facts.member, value: <MemberLink memberId={withdrawal.memberId} /> },
        { name: facts.account, value: `${destination.accountName}, ${bankAccountOf(destination)}` },
        { name: facts.holder, value: destination.holderName },
        { name: facts.nameCheck, value: `${text.nameChecks[destination.nameCheck]} ${text.checkedAgainst[destination.checkedAgainst]}` },
        { name: facts.approvals, value: approvals.map(said).join(' · ') },
        { name: facts.decidedBy, value: decidedBy && said(decidedBy) },
        { name: facts.attempt, value: attempt && text.attempt(format.count(attempt.number), withdrawal.channel) },
        { name: facts.gateway, value: attempt?.gatewayPayoutId && <CopyText text={attempt.gatewayPayoutId} /> },
        { name: facts.nextAsk, value: <Moment iso={withdrawal.nextAskAt} /> },
        { name: facts.created, value: <Moment iso={withdrawal.createdAt} /> },
        { name: facts.completed, value: <Moment iso={withdrawal.completedAt} /> },
        { name: facts.id, value: <CopyText text={withdrawal.id} /> },
      ]}
    />
  );
}

/** What keeps it from going on, in words. */
function ApprovalNote({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  const { state, approvals, approvalsNeeded } = withdrawal;
  const text = useText(withdrawalTexts);
  const format = useFormat();
  const oneself = useSession()?.staff.id;
  const last = approvals.at(-1);
  const said = (): string | undefined => {
    if (state === 'stalled') return mayBePaid(withdrawal) ? text.mayBePaidNote : text.stalledNote;
    if (state !== 'submitted' || approvalsNeeded < 2) return undefined;
    if (last === undefined) return text.needsTwo;
    return last.staffId === oneself ? text.youApproved(format.moment(last.at)) : text.otherApproved(last.name, format.moment(last.at));
  };
  const note = said();
  if (note === undefined) return null;
  return (
    <Alert severity={state === 'stalled' ? 'warning' : 'info'} variant="outlined" sx={{ m: 2, mb: 0, color: 'text.primary' }}>
      {note}
    </Alert>
  );
}

const decisions = ['reject', 'give-up', 'found', 'retry', 'approve'] as const satisfies readonly WithdrawalDecision[];

/** What its state allows, to whoever may; nobody is the second of two who was the first. */
function WithdrawalActions({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  const text = useText(withdrawalTexts);
  const api = useApi();
  const may = useMay();
  const oneself = useSession()?.staff.id;
  const [decision, setDecision] = useState<WithdrawalDecision>();
  if (!may('withdrawals:decide')) return null;
  const hasApproved = withdrawal.approvals.some(({ staffId }) => staffId === oneself);
  const open = decisions.filter((each) => withdrawal.actions.includes(each));
  return (
    <>
      {withdrawal.actions.includes('refresh') ? (
        <RefreshButton label={text.actions.refresh} done={text.done.refresh} ask={() => askGateway(api, withdrawal.id)} />
      ) : null}
      {open.map((each) => {
        const isForward = each === 'approve' || each === 'retry';
        return (
          <Button
            key={each}
            variant={isForward ? 'contained' : 'outlined'}
            color={isForward || each === 'found' ? 'primary' : 'error'}
            disabled={each === 'approve' && hasApproved}
            onClick={() => setDecision(each)}
          >
            {text.actions[each]}
          </Button>
        );
      })}
      {decision === undefined ? null : (
        <WithdrawalDialog withdrawal={withdrawal} decision={decision} close={() => setDecision(undefined)} />
      )}
    </>
  );
}

const askGateway = (api: Api, withdrawalId: string): Promise<unknown> =>
  answer(api.POST('/api/admin/withdrawals/{withdrawalId}/refresh', { params: { path: { withdrawalId } }, body: {} }));
