import type { Deposit } from '../api/contract.ts';
import { useShell } from '../shell/shell.ts';

/** What to tell support: how, when, and under which number. */
export function DepositFacts({ deposit }: { readonly deposit: Deposit }) {
  const { texts, moment } = useShell();
  return (
    <dl class="facts">
      <div>
        <dt>{texts.pay.method}</dt>
        <dd>{texts.methods[deposit.method]}</dd>
      </div>
      <div>
        <dt>{texts.pay.created}</dt>
        <dd>
          <time dateTime={deposit.createdAt}>{moment(deposit.createdAt)}</time>
        </dd>
      </div>
      <div>
        <dt>{texts.pay.number}</dt>
        <dd class="code">{deposit.id}</dd>
      </div>
    </dl>
  );
}
