/**
 * The routes of a member's withdrawals with the code that serves them.
 */
import { on, required, type Endpoint, type HttpInput } from '#shared/platform/http/http-handler.ts';
import { idempotencyKeyOf } from '#shared/platform/http/idempotency-key.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { addBankAccount, listBankAccounts, removeBankAccount } from './bank-accounts.ts';
import { cancelWithdrawal } from './cancel-withdrawal.ts';
import { listOwnWithdrawals } from './list-withdrawals.ts';
import { readOwnWithdrawal } from './read-withdrawal.ts';
import { submitWithdrawal, type SubmitDeps } from './submit-withdrawal.ts';
import { withdrawalRates } from './withdrawal-rates.ts';
import { withdrawalRoutes } from './withdrawal-routes.ts';
import { termsAt } from './withdrawal-terms.ts';

interface Deps extends SubmitDeps {
  readonly rates: RateLimits;
}

export function memberEndpoints(deps: Deps): Endpoint[] {
  return [
    on(withdrawalRoutes.terms, async () => {
      const { amountRupiahMin, amountRupiahMax, feeRupiah } = termsAt(deps.terms, deps.clock.now());
      return { amountRupiahMin, amountRupiahMax, feeRupiah };
    }),
    on(withdrawalRoutes.submit, ({ body, client, ...input }) => {
      const request = { ...body, memberId: memberOf(input), key: idempotencyKeyOf(client) };
      return limited(deps.rates, [{ rule: withdrawalRates.submit, key: request.memberId }], () => submitWithdrawal(deps, request));
    }),
    on(withdrawalRoutes.list, ({ query, ...input }) => listOwnWithdrawals(deps, { ...query, memberId: memberOf(input) })),
    on(withdrawalRoutes.read, ({ path, ...input }) => readOwnWithdrawal(deps, { ...path, memberId: memberOf(input) })),
    on(withdrawalRoutes.cancel, ({ path, ...input }) => cancelWithdrawal(deps, { ...path, memberId: memberOf(input) })),
    on(withdrawalRoutes.listBankAccounts, (input) => listBankAccounts(deps, memberOf(input))),
    on(withdrawalRoutes.addBankAccount, ({ body, ...input }) => {
      const memberId = memberOf(input);
      return limited(deps.rates, [{ rule: withdrawalRates.bankAccounts, key: memberId }], () =>
        addBankAccount(deps, { ...body, memberId }),
      );
    }),
    on(withdrawalRoutes.removeBankAccount, ({ path, ...input }) => removeBankAccount(deps, { ...path, memberId: memberOf(input) })),
  ];
}

const memberOf = ({ caller }: Pick<HttpInput<never, never, never>, 'caller'>): string => required(caller).subject;
