import { useEffect, useRef } from 'preact/hooks';
import type { Deposit, DepositStatus } from '../api/contract.ts';
import { Heading } from '../shell/heading.tsx';
import { LinkTo } from '../shell/link-to.tsx';
import { Loading, ProblemNotice } from '../shell/notice.tsx';
import { useShell } from '../shell/shell.ts';
import { CancelButton } from './cancel-button.tsx';
import { CountdownBar } from './countdown-bar.tsx';
import { DepositFacts } from './deposit-facts.tsx';
import { HowToPay } from './instructions.tsx';
import { Outcome, outcomeOf } from './outcome.tsx';
import { useDeposit, type WatchedDeposit } from './use-deposit.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

interface PaymentPageProps {
  readonly id: string;
  /** What is to be shown until the API has answered. */
  readonly known: Deposit | undefined;
}

/** One deposit, from how to pay it to what has become of it, as it happens. */
export function PaymentPage({ id, known }: PaymentPageProps) {
  const { texts, session } = useShell();
  const watched = useDeposit(id, known);
  const { deposit, problem } = watched;
  useSaid(deposit);
  return (
    <>
      {session.depositId === null && (
        <LinkTo to={{ name: 'list' }} class="back">
          {texts.frame.back}
        </LinkTo>
      )}
      {deposit === undefined ? <NothingYet {...watched} /> : <Current deposit={deposit} watched={watched} />}
      {deposit !== undefined && problem !== undefined && (
        <p class="notice notice-bad" role="status">
          {texts.pay.stale}
        </p>
      )}
    </>
  );
}

function NothingYet({ problem, retry }: WatchedDeposit) {
  const { texts } = useShell();
  if (problem === undefined) return <Loading />;
  if (problem.kind !== 'not-found') return <ProblemNotice problem={problem} onRetry={retry} />;
  return (
    <section class="card">
      <Heading title={texts.notFound.title}>{texts.notFound.title}</Heading>
      <p>{texts.notFound.text}</p>
    </section>
  );
}

interface CurrentProps {
  readonly deposit: Deposit;
  readonly watched: WatchedDeposit;
}

function Current({ deposit, watched }: CurrentProps) {
  if (deposit.status === 'creating') return <Preparing />;
  if (deposit.status === 'pending') return <Pending deposit={deposit} watched={watched} />;
  return <Outcome key={deposit.status} deposit={deposit} />;
}

function Preparing() {
  const { texts } = useShell();
  return (
    <section class="card">
      <Heading title={texts.pay.title}>{texts.pay.preparing}</Heading>
      <p class="loading">
        <span class="spinner" aria-hidden="true" />
        {texts.pay.preparingHint}
      </p>
    </section>
  );
}

function Pending({ deposit, watched }: CurrentProps) {
  const { texts, rupiah } = useShell();
  const seconds = useSecondsLeft(deposit.expiresAt);
  const isOver = seconds === 0;
  return (
    <div class="payment">
      <section class="card">
        <Heading title={texts.pay.title}>{texts.pay.title}</Heading>
        <p class="label">{texts.pay.total}</p>
        <p class="amount">{rupiah(deposit.totalRupiah)}</p>
        <CountdownBar deposit={deposit} seconds={seconds} />
      </section>
      <section class="card how-to-pay" aria-label={texts.methods[deposit.method]}>
        {isOver ? <Checking /> : deposit.instructions !== null && <HowToPay deposit={deposit} instructions={deposit.instructions} />}
      </section>
      <div class="card facts-card">
        <DepositFacts deposit={deposit} />
      </div>
      {!isOver && (
        <footer>
          <p class="quiet">{texts.pay.waiting}</p>
          <CancelButton deposit={deposit} onCancelled={watched.take} onTooLate={watched.retry} />
        </footer>
      )}
    </div>
  );
}

/** Between the last second and the server's word: nothing to pay with any more. */
function Checking() {
  const { texts } = useShell();
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {texts.pay.checking}
    </p>
  );
}

/** Says what has become of the deposit while it was looked at. */
function useSaid(deposit: Deposit | undefined): void {
  const { announce, texts } = useShell();
  const before = useRef<DepositStatus>(undefined);
  useEffect(() => {
    const was = before.current;
    before.current = deposit?.status;
    if (deposit === undefined || was === undefined || was === deposit.status) return;
    if (deposit.status === 'pending' || deposit.status === 'creating') return;
    const { title, text } = outcomeOf(deposit, texts);
    announce(`${title}. ${text}`);
  }, [deposit?.status]);
}
