import { useRef, useState } from 'preact/hooks';
import type { Method } from '../api/contract.ts';
import { asProblem, type PayProblem } from '../api/problem.ts';
import { Heading } from '../shell/heading.tsx';
import { LinkTo } from '../shell/link-to.tsx';
import { ProblemNotice } from '../shell/notice.tsx';
import { useShell } from '../shell/shell.ts';
import { problemText, roomText } from '../text/texts.ts';
import { AmountField } from './amount-field.tsx';
import { forgetWish, keyOfWish } from './attempt.ts';
import { fieldOf, wishErrors, type WishErrors } from './check-wish.ts';
import { MethodChoice } from './method-choice.tsx';

/** What to pay in and how; ends on the payment page. */
export function NewDepositPage() {
  const { texts, session } = useShell();
  const form = useWish();
  if (session.methods.length === 0) return <p class="notice">{texts.open.none}</p>;
  return (
    <>
      <LinkTo to={{ name: 'list' }} class="back">
        {texts.frame.back}
      </LinkTo>
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <Heading title={texts.open.title}>{texts.open.title}</Heading>
        <AmountField
          digits={form.digits}
          onChange={form.setDigits}
          offer={form.offer}
          error={form.errors.amount}
          input={form.amountInput}
        />
        <MethodChoice chosen={form.offer?.method} onChoose={form.choose} error={form.errors.method} />
        <Trouble problem={form.problem} />
        {/* Stays in reach while it works: a button that is switched off loses the focus. */}
        <button type="submit" class="button button-strong button-wide" aria-disabled={form.isBusy}>
          {form.isBusy ? texts.open.submitting : texts.open.submit}
        </button>
      </form>
    </>
  );
}

function Trouble({ problem }: { readonly problem: PayProblem | undefined }) {
  const { texts } = useShell();
  if (problem === undefined) return null;
  return (
    <>
      <ProblemNotice problem={problem} />
      {problem.isUncertain && <p class="quiet">{texts.open.uncertain}</p>}
    </>
  );
}

function useWish() {
  const { api, session, tab, texts, rupiah, go, leave } = useShell();
  const [digits, setDigits] = useState('');
  const [method, setMethod] = useState<Method>();
  const [errors, setErrors] = useState<WishErrors>({});
  const [problem, setProblem] = useState<PayProblem>();
  const [isBusy, setBusy] = useState(false);
  // Two taps may come before the page is drawn again.
  const isSending = useRef(false);
  const amountInput = useRef<HTMLInputElement>(null);
  const offer = session.methods.find((one) => one.method === method);

  const show = (found: WishErrors): void => {
    setErrors(found);
    if (found.amount !== undefined) amountInput.current?.focus();
    else if (found.method !== undefined) document.getElementById('methods')?.focus();
  };
  const refused = (refusal: PayProblem): void => {
    if (!refusal.isUncertain) forgetWish(tab);
    const field = fieldOf(refusal.code);
    if (refusal.kind === 'link') leave();
    else if (field === undefined) setProblem(refusal);
    else show({ [field]: [problemText(refusal, texts), roomText(refusal, texts, rupiah)].filter(Boolean).join(' ') });
  };
  const submit = async (): Promise<void> => {
    if (isSending.current) return;
    const found = wishErrors({ digits, offer, roomRupiah: session.roomRupiah }, texts, rupiah);
    show(found);
    setProblem(undefined);
    if (offer === undefined || Object.keys(found).length > 0) return;
    isSending.current = true;
    setBusy(true);
    const wish = { method: offer.method, amountRupiah: Number(digits) };
    const key = keyOfWish(wish, tab, () => crypto.randomUUID());
    const answer = await api.open(wish, key).catch(asProblem);
    isSending.current = false;
    setBusy(false);
    if (answer instanceof Error) return refused(answer);
    forgetWish(tab);
    go({ name: 'deposit', id: answer.id }, answer);
  };
  return { digits, setDigits, offer, choose: setMethod, errors, problem, isBusy, amountInput, submit };
}
