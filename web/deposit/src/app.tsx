import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Deposit, Session } from './api/contract.ts';
import { type PayApi, payApi } from './api/pay-api.ts';
import { asProblem, type PayProblem } from './api/problem.ts';
import { DepositListPage } from './list/deposit-list-page.tsx';
import { rupiahText } from './money/rupiah.ts';
import { NewDepositPage } from './open/new-deposit-page.tsx';
import { PaymentPage } from './payment/payment-page.tsx';
import { Frame } from './shell/frame.tsx';
import { Heading } from './shell/heading.tsx';
import { Loading, ProblemNotice } from './shell/notice.tsx';
import { pathOf, type Route, routeOf } from './shell/route.ts';
import { type Shell, ShellContext, useShell } from './shell/shell.ts';
import type { Shelf } from './shell/storage.ts';
import { keepLanguage, type Language, languageKept, locales } from './text/language.ts';
import { texts as allTexts } from './text/texts.ts';
import { serverClock } from './time/server-clock.ts';

interface AppProps {
  /** Undefined when the page was opened without one. */
  readonly link: string | undefined;
  /** What is kept for good, and what lives as long as the tab. */
  readonly device: Shelf;
  readonly tab: Shelf;
  /** The link opens nothing any more. */
  readonly onLinkEnded: () => void;
}

/** Until the API has said what the link opens. */
const nothingOpened: Session = {
  serverTime: '',
  expiresAt: '',
  locale: 'id',
  displayName: '',
  depositId: null,
  methods: [],
  roomRupiah: 0,
};

const countMs = (): number => performance.now();

export function App({ link, device, tab, onLinkEnded }: AppProps) {
  const [language, setLanguage] = useState<Language>(() => languageKept(device) ?? 'id');
  const [said, announce] = useState('');
  const [isEnded, setEnded] = useState(link === undefined);
  const clock = useMemo(() => serverClock(countMs), []);
  const api = useMemo(() => payApi({ link: link ?? '', clock, countMs, fetch: fetch.bind(globalThis) }), [link]);
  const place = usePlace();
  const texts = allTexts[language];
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const leave = useCallback(() => {
    onLinkEnded();
    setEnded(true);
  }, []);
  const shell: Shell = { ...useWords(language), language, texts, api, clock, tab, session: nothingOpened, go: place.go, announce, leave };
  // The language of the account, until somebody chooses one here.
  const hint = useCallback((locale: Language) => void (languageKept(device) ?? setLanguage(locale)), [device]);
  const choose = (chosen: Language): void => {
    keepLanguage(device, chosen);
    setLanguage(chosen);
  };
  return (
    <Frame texts={texts} language={language} onLanguage={choose} said={said}>
      <ShellContext value={shell}>{isEnded ? <LinkEnded /> : <InSession shell={shell} place={place} onLocale={hint} />}</ShellContext>
    </Frame>
  );
}

function useWords(language: Language): Pick<Shell, 'rupiah' | 'moment'> {
  return useMemo(() => {
    const moments = new Intl.DateTimeFormat(locales[language], {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    });
    return { rupiah: (amount) => rupiahText(amount, language), moment: (iso) => moments.format(new Date(iso)) };
  }, [language]);
}

interface Place {
  readonly route: Route;
  readonly known: Deposit | undefined;
  readonly go: Shell['go'];
}

/** Where on the page one is; the browser's own history, so that its back button does what it says. */
function usePlace(): Place {
  const [place, setPlace] = useState<Pick<Place, 'route' | 'known'>>(() => ({ route: routeOf(location.pathname), known: undefined }));
  useEffect(() => {
    const look = (): void => setPlace({ route: routeOf(location.pathname), known: undefined });
    addEventListener('popstate', look);
    return () => removeEventListener('popstate', look);
  }, []);
  const go = useCallback<Shell['go']>((route, known) => {
    history.pushState(null, '', pathOf(route));
    setPlace({ route, known });
  }, []);
  return { ...place, go };
}

interface InSessionProps {
  readonly shell: Shell;
  readonly place: Place;
  readonly onLocale: (locale: Language) => void;
}

/** Asks first what the link opens: the methods, the time, and perhaps one deposit. */
function InSession({ shell, place, onLocale }: InSessionProps) {
  const { session, problem, retry } = useSession(shell.api);
  useEffect(() => {
    if (problem?.kind === 'link') shell.leave();
  }, [problem]);
  useEffect(() => {
    if (session !== undefined) onLocale(session.locale);
  }, [session]);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={retry} />;
  if (session === undefined) return <Loading />;
  return (
    <ShellContext value={{ ...shell, session }}>
      <Shown place={session.depositId === null ? place : { ...place, route: { name: 'deposit', id: session.depositId } }} />
    </ShellContext>
  );
}

/** A link for one deposit shows that one, whatever the address says. */
function Shown({ place: { route, known } }: { readonly place: Place }) {
  if (route.name === 'open') return <NewDepositPage />;
  if (route.name === 'deposit') return <PaymentPage key={route.id} id={route.id} known={known} />;
  return <DepositListPage />;
}

function useSession(api: PayApi) {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<PayProblem>();
  const load = useCallback(async () => {
    setProblem(undefined);
    const answer = await api.session().catch(asProblem);
    if (answer instanceof Error) setProblem(answer);
    else setSession(answer);
  }, [api]);
  useEffect(() => void load(), [load]);
  useEffect(() => {
    if (problem?.kind !== 'offline') return undefined;
    const again = (): void => void load();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [problem, load]);
  return { session, problem, retry: () => void load() };
}

function LinkEnded() {
  const { texts } = useShell();
  return (
    <section class="card empty">
      <Heading title={texts.link.title}>{texts.link.title}</Heading>
      <p>{texts.link.text}</p>
    </section>
  );
}
