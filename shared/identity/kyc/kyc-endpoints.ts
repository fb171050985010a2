import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { accountRoutes } from '../routes/account-routes.ts';
import { cardOf } from '../sign-in/rate-rules.ts';
import { submitKyc, type SubmitKycDeps } from './submit-kyc.ts';

interface KycEndpointDeps extends SubmitKycDeps {
  readonly limits: RateLimits;
}

/** For the function that serves the member's own account. */
export const kycEndpoints = (deps: KycEndpointDeps): Endpoint[] => [
  on(accountRoutes.submitKyc, ({ caller, body, client }) => {
    const memberId = required(caller).subject;
    return limited(deps.limits, [cardOf(memberId)], async () => ({ state: await submitKyc(deps, { memberId, data: body, client }) }));
  }),
];
