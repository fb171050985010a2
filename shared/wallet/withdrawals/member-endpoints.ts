/**
 * The routes of a member's withdrawals with the code that serves them.
 */
import { Answered } from '#shared/platform/http/answer.ts';
import { on, required, type Endpoint, type HttpInput } from '#shared/platform/http/http-handler.ts';
import { idempotencyKeyOf } from '#shared/platform/http/idempotency-key.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { addBankAccount, listBankAccounts, removeBankAccount } from './bank-accounts.ts';
import { cancelWithdrawal } from './cancel-withdrawal.ts';
import { listOwnWithdrawals } from './list-withdrawals.ts';
import type { WithdrawalView } from './present-withdrawal.ts';
import { readOwnWithdrawal } from './read-withdrawal.ts';
import { repeatedSubmission, submitAnew, type SubmitDeps, type SubmitRequest } from './submit-withdrawal.ts';
import { withdrawalRates } from './withdrawal-rates.ts';
import { withdrawalRoutes } from './withdrawal-routes.ts';
import { termsAt } from './withdrawal-terms.ts';

export interface MemberDeps extends SubmitDeps {
  readonly rates: RateLimits;
}

export function memberEndpoints(deps: MemberDeps): Endpoint[] {
  return [
    on(withdrawalRoutes.terms, async () => {
      const { amountRupiahMin, amountRupiahMax, feeRupiah } = termsAt(deps.terms, deps.clock.now());
      return { amountRupiahMin, amountRupiahMax, feeRupiah };
    }),
    on(withdrawalRoutes.submit, ({ body, client, ...input }) =>
      submitFor(deps, { ...body, memberId: memberOf(input), key: idempotencyKeyOf(client) }),
    ),
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

/** A repetition counts against no limit: whoever has not heard the answer asks until it comes. */
export async function submitFor(deps: MemberDeps, request: SubmitRequest): Promise<Answered<WithdrawalView>> {
  const repeated = await repeatedSubmission(deps, request);
  if (repeated !== undefined) return new Answered(repeated, {});
  return limited(deps.rates, [{ rule: withdrawalRates.submit, key: request.memberId }], () => submitAnew(deps, request));
}

const memberOf = ({ caller }: Pick<HttpInput<never, never, never>, 'caller'>): string => required(caller).subject;
