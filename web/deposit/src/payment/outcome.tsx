import type { Deposit } from '../api/contract.ts';
import { Heading } from '../shell/heading.tsx';
import { LinkTo } from '../shell/link-to.tsx';
import { useShell } from '../shell/shell.ts';
import type { Texts } from '../text/id.ts';
import { DepositFacts } from './deposit-facts.tsx';

type Tone = 'good' | 'bad' | 'open';

const icons: Readonly<Record<Tone, string>> = { good: 'M5 13l5 5 9-11', bad: 'M6 6l12 12M18 6L6 18', open: 'M12 6v7l4 3' };

/** What has become of it. */
export function Outcome({ deposit }: { readonly deposit: Deposit }) {
  const { texts, rupiah } = useShell();
  const { title, text, tone } = outcomeOf(deposit, texts);
  return (
    <section class={`card outcome outcome-${tone}`}>
      <svg class="outcome-icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={icons[tone]} />
      </svg>
      <Heading title={title}>{title}</Heading>
      <p class="amount">{rupiah(deposit.totalRupiah)}</p>
      <p>{text}</p>
      <DepositFacts deposit={deposit} />
      <WaysOn isFailed={tone === 'bad'} />
    </section>
  );
}

/** A link for this deposit alone leads nowhere else. */
function WaysOn({ isFailed }: { readonly isFailed: boolean }) {
  const { texts, session } = useShell();
  if (session.depositId !== null) return null;
  return (
    <div class="buttons">
      <LinkTo to={{ name: 'list' }} class="button">
        {texts.actions.allDeposits}
      </LinkTo>
      {session.methods.length > 0 && (
        <LinkTo to={{ name: 'open' }} class={isFailed ? 'button button-strong' : 'button'}>
          {texts.actions.newDeposit}
        </LinkTo>
      )}
    </div>
  );
}

const tones: Readonly<Record<keyof Texts['outcomes'], Tone>> = {
  paid: 'good',
  paid_late: 'good',
  review: 'open',
  further: 'good',
  expired: 'bad',
  failed: 'bad',
  cancelled: 'bad',
  reversed: 'bad',
  refunded: 'open',
};

/** In words, and how to take it; of a deposit that waits no more. */
export function outcomeOf(deposit: Deposit, { outcomes }: Texts) {
  const outcome = outcomeNamed(deposit);
  return { ...outcomes[outcome], tone: tones[outcome] };
}

function outcomeNamed({ status, isUnderReview, creditedRupiah }: Deposit): keyof Texts['outcomes'] {
  // Paid a second time: what was asked for is in the balance, whatever becomes of the other.
  if (isUnderReview) return creditedRupiah > 0 ? 'further' : 'review';
  return status === 'creating' || status === 'pending' ? 'expired' : status;
}
