import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Deposit } from '../api/contract.ts';
import { asProblem, type PayProblem } from '../api/problem.ts';
import { Heading } from '../shell/heading.tsx';
import { LinkTo } from '../shell/link-to.tsx';
import { Loading, ProblemNotice } from '../shell/notice.tsx';
import { useShell } from '../shell/shell.ts';
import { StatusChip } from './status-chip.tsx';

interface Shown {
  readonly deposits: readonly Deposit[];
  readonly nextCursor: string | null;
}

/** The member's deposits, newest first. */
export function DepositListPage() {
  const { texts } = useShell();
  const { shown, problem, isBusy, reload, more } = useDeposits();
  return (
    <>
      <div class="title-row">
        <Heading title={texts.list.title}>{texts.list.title}</Heading>
        {shown !== undefined && shown.deposits.length > 0 && <NewDeposit />}
      </div>
      {shown === undefined ? problem === undefined && <Loading /> : <Deposits deposits={shown.deposits} />}
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={shown === undefined ? reload : more} />}
      {hasMore(shown) && problem === undefined && (
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
  const [problem, setProblem] = useState<PayProblem>();
  const [isBusy, setBusy] = useState(false);
  const load = useCallback(
    async (after?: Shown) => {
      setBusy(true);
      setProblem(undefined);
      const page = await api.list(after?.nextCursor ?? undefined).catch(asProblem);
      setBusy(false);
      if (page instanceof Error) {
        setProblem(page);
        if (page.kind === 'link') leave();
        return;
      }
      setShown({ deposits: [...(after?.deposits ?? []), ...page.deposits], nextCursor: page.nextCursor });
      if (after !== undefined) announce(texts.list.moreShown(page.deposits.length));
    },
    [api],
  );
  useEffect(() => {
    void load();
    const again = (): void => {
      if (!document.hidden) void load();
    };
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [load]);
  const more = (): void => {
    if (!isBusy) void load(shown);
  };
  return { shown, problem, isBusy, reload: () => void load(), more };
}
