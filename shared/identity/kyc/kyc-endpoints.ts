import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import { accountRoutes } from '../routes/account-routes.ts';
import { submitKyc, type SubmitKycDeps } from './submit-kyc.ts';

/** For the function that serves the member's own account. */
export const kycEndpoints = (deps: SubmitKycDeps): Endpoint[] => [
  on(accountRoutes.submitKyc, async ({ caller, body, client }) => ({
    state: await submitKyc(deps, { memberId: required(caller).subject, data: body, client }),
  })),
];
