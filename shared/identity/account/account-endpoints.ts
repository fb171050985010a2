/**
 * The routes of a member's own account, tied to their use cases and limits. The identity card's stands with its capability.
 */
import { on, required, type Endpoint } from '#shared/platform/http/http-handler.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { accountRoutes } from '../routes/account-routes.ts';
import { codeFor, codesTo, exportOf, proofOf } from '../sign-in/rate-rules.ts';
import { changeAccount } from './change-account.ts';
import { changeIdentifier } from './change-identifier.ts';
import { changePassword } from './change-password.ts';
import { exportAccount, type ExportDeps } from './export-account.ts';
import { readAccount, type Owner } from './own-account.ts';
import { confirmOwnSecondFactor, removeOwnSecondFactor, renewOwnRecoveryCodes, startOwnSecondFactor } from './own-second-factor.ts';
import { endOwnSession, endOwnSessions, listOwnSessions } from './own-sessions.ts';
import type { DeletionQueue } from './ports.ts';
import { cancelDeletion, requestDeletion } from './request-deletion.ts';
import { requestProof } from './request-proof.ts';
import { verifyIdentifier } from './verify-identifier.ts';

export interface AccountDeps extends ExportDeps {
  readonly limits: RateLimits;
  readonly deletions: DeletionQueue;
}

export function accountEndpoints(deps: AccountDeps): Endpoint[] {
  return [
    ...profileEndpoints(deps),
    ...proofEndpoints(deps),
    ...sessionEndpoints(deps),
    ...secondFactorEndpoints(deps),
    ...leavingEndpoints(deps),
  ];
}

function ownerOf({ caller, client }: { caller: Caller | undefined; client: Client }): Owner {
  const { subject, sessionId } = required(caller);
  return { memberId: subject, sessionId, client };
}

/** For routes that answer nothing. */
const done = (work: Promise<void>): Promise<undefined> => work.then(() => undefined);

function profileEndpoints(deps: AccountDeps): Endpoint[] {
  return [
    on(accountRoutes.read, (input) => readAccount(deps, ownerOf(input).memberId)),
    on(accountRoutes.change, (input) => changeAccount(deps, ownerOf(input), input.body)),
  ];
}

function proofEndpoints(deps: AccountDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(accountRoutes.requestProof, (input) => {
      const { memberId, client } = ownerOf(input);
      return limited(limits, codeFor(memberId, client.address), () => requestProof(deps, memberId));
    }),
    on(accountRoutes.changePassword, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => done(changePassword(deps, owner, input.body)));
    }),
    on(accountRoutes.changeIdentifier, (input) => {
      const owner = ownerOf(input);
      const { email, phone, ...proof } = input.body;
      const identifier = email ?? phone ?? '';
      const checks = [proofOf(owner.memberId), ...codeFor(identifier, owner.client.address), codesTo(identifier)];
      return limited(limits, checks, () => changeIdentifier(deps, { owner, email, phone }, proof));
    }),
    on(accountRoutes.verifyIdentifier, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => verifyIdentifier(deps, owner, input.body));
    }),
  ];
}

function sessionEndpoints(deps: AccountDeps): Endpoint[] {
  return [
    on(accountRoutes.listSessions, (input) => listOwnSessions(deps, ownerOf(input))),
    on(accountRoutes.endSession, (input) => done(endOwnSession(deps, ownerOf(input), input.path.sessionId))),
    on(accountRoutes.endAllSessions, (input) => done(endOwnSessions(deps, ownerOf(input)))),
  ];
}

function secondFactorEndpoints(deps: AccountDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(accountRoutes.startTotp, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => startOwnSecondFactor(deps, owner, input.body));
    }),
    on(accountRoutes.confirmTotp, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => confirmOwnSecondFactor(deps, owner, input.body.code));
    }),
    on(accountRoutes.removeTotp, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => done(removeOwnSecondFactor(deps, owner, input.body.code)));
    }),
    on(accountRoutes.renewRecoveryCodes, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => renewOwnRecoveryCodes(deps, owner, input.body.code));
    }),
  ];
}

function leavingEndpoints(deps: AccountDeps): Endpoint[] {
  const { limits } = deps;
  return [
    on(accountRoutes.requestExport, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [exportOf(owner.memberId), proofOf(owner.memberId)], () => exportAccount(deps, owner, input.body));
    }),
    on(accountRoutes.requestDeletion, (input) => {
      const owner = ownerOf(input);
      return limited(limits, [proofOf(owner.memberId)], () => requestDeletion(deps, owner, input.body));
    }),
    on(accountRoutes.cancelDeletion, (input) => cancelDeletion(deps, ownerOf(input))),
  ];
}
