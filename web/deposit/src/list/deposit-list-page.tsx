import { useEffect, useState } from 'preact/hooks';
import type { Deposit, DepositList } from '../api/contract.ts';
import { asProblem, type PayProblem } from '../api/problem.ts';
import { Heading } from '../shell/heading.tsx';
import { LinkTo } from '../shell/link-to.tsx';
import { Loading, ProblemNotice } from '../shell/notice.tsx';
import { useShell } from '../shell/shell.ts';
import { extended, refreshed, type Shown } from './pages.ts';
import { StatusChip } from './status-chip.tsx';

/** The member's deposits, newest first. */
export function DepositListPage() {
  const { texts } = useShell();
  const { shown, trouble, isBusy, more } = useDeposits();
  return (
    <>
      <div class="title-row">
        <Heading title={texts.list.title}>{texts.list.title}</Heading>
        {shown !== undefined && shown.deposits.length > 0 && <NewDeposit />}
      </div>
      {shown === undefined ? trouble === undefined && <Loading /> : <Deposits deposits={shown.deposits} />}
      {trouble !== undefined && <ProblemNotice problem={trouble.problem} onRetry={trouble.retry} />}
      {hasMore(shown) && trouble === undefined && (
        <button type="button" class="button more" aria-disabled={isBusy} onClick={more}>
          {isBusy ? texts.frame.loading : texts.list.more}
        </button>
      )}
    </>
  );
}

const hasMore = (shown: Shown | undefined): boolean => shown !== undefined && shown.nextCursor !== null;

function NewDeposit() {
  const { texts, session } = useShell();
  if (session.methods.length === 0) return null;
  return (
    <LinkTo to={{ name: 'open' }} class="button button-strong">
      {texts.actions.newDeposit}
    </LinkTo>
  );
}

function Deposits({ deposits }: { readonly deposits: readonly Deposit[] }) {
  const { texts } = useShell();
  if (deposits.length > 0) {
    return (
      <ul class="deposits">
        {deposits.map((deposit) => (
          <Row key={deposit.id} deposit={deposit} />
        ))}
      </ul>
    );
  }
  return (
    <section class="card empty">
      <h2>{texts.list.empty}</h2>
      <p>{texts.list.emptyHint}</p>
      <NewDeposit />
    </section>
  );
}

function Row({ deposit }: { readonly deposit: Deposit }) {
  const { texts, rupiah, moment } = useShell();
  return (
    <li>
      <LinkTo to={{ name: 'deposit', id: deposit.id }} class="card deposit">
        <strong>{rupiah(deposit.totalRupiah)}</strong>
        <StatusChip status={deposit.status} />
        <span class="quiet">{texts.methods[deposit.method]}</span>
        <span class="quiet">
          {deposit.status === 'pending' ? texts.list.payBefore(moment(deposit.expiresAt)) : moment(deposit.createdAt)}
        </span>
      </LinkTo>
    </li>
  );
}

function useDeposits() {
  const { api, announce, leave, texts } = useShell();
  const [shown, setShown] = useState<Shown>();
  const [trouble, setTrouble] = useState<{ readonly problem: PayProblem; readonly retry: () => void }>();
  const [isBusy, setBusy] = useState(false);

  const ask = async (cursor: string | undefined, retry: () => void): Promise<DepositList | undefined> => {
    setBusy(true);
    setTrouble(undefined);
    const page = await api.list(cursor).catch(asProblem);
    setBusy(false);
    if (!(page instanceof Error)) return page;
    setTrouble({ problem: page, retry });
    if (page.kind === 'link') leave();
    return undefined;
  };
  const refresh = async (): Promise<void> => {
    const page = await ask(undefined, () => void refresh());
    if (page !== undefined) setShown((before) => refreshed(before, page));
  };
  const more = async (): Promise<void> => {
    if (isBusy || shown === undefined) return;
    const page = await ask(shown.nextCursor ?? undefined, () => void more());
    if (page === undefined) return;
    setShown((before) => extended(before ?? shown, page));
    announce(texts.list.moreShown(page.deposits.length));
  };
  useEffect(() => {
    void refresh();
    const again = (): void => void (document.hidden || refresh());
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [api]);
  return { shown, trouble, isBusy, more: () => void more() };
}
