import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Deposit } from '../api/contract.ts';
import { useShell } from '../shell/shell.ts';
import { type DepositWatch, type News, watchDeposit } from './watch-deposit.ts';

export interface WatchedDeposit extends News {
  readonly take: (deposit: Deposit) => void;
  readonly retry: () => void;
}

/** A deposit as it is, for as long as it is shown. */
export function useDeposit(id: string, known: Deposit | undefined): WatchedDeposit {
  const { api, clock, leave } = useShell();
  const [news, setNews] = useState<News>(known === undefined ? {} : { deposit: known });
  const watch = useRef<DepositWatch>(undefined);
  useEffect(() => {
    const dependencies = {
      read: () => api.read(id),
      now: clock.now,
      countMs: () => performance.now(),
      later,
      isHidden: () => document.hidden,
      chance: Math.random,
    };
    const watching = watchDeposit(dependencies, setNews, known);
    watch.current = watching;
    const wake = (): void => {
      if (!document.hidden) watching.wake();
    };
    document.addEventListener('visibilitychange', wake);
    addEventListener('pageshow', wake);
    addEventListener('online', wake);
    return () => {
      watching.stop();
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('pageshow', wake);
      removeEventListener('online', wake);
    };
  }, [id, api]);
  useEffect(() => {
    if (news.problem?.kind === 'link') leave();
  }, [news.problem]);
  const take = useCallback((deposit: Deposit) => watch.current?.take(deposit), []);
  const retry = useCallback(() => watch.current?.wake(), []);
  return { ...news, take, retry };
}

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
