/**
 * Exceptions as staff look at them and resolve them. A resolution books nothing: what had to be done was done where it belongs.
 */
import * as z from 'zod';
import { dayAfter, startOfDay } from '#shared/platform/audit/days.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { pageOfWalk, walkInPortions } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { saidBy, type Decider, type StaffNames } from '#shared/identity/staff/decider.ts';
import type { Exception, ExceptionKind } from './exception.ts';
import { exceptionKeyOf, type ExceptionStore } from './ports.ts';
import { reconciliationFault } from './reconciliation-faults.ts';
import type { exceptionView } from './reconciliation-routes.ts';

type ExceptionView = z.input<typeof exceptionView>;

interface Deps {
  readonly exceptions: ExceptionStore;
  readonly clock: Clock;
}

interface ListRequest {
  readonly state: Exception['state'];
  readonly kind?: ExceptionKind | undefined;
  readonly gateway?: string | undefined;
  /** Days in Jakarta on which they were found, both included; any day without them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const cursors = cursorOf('exceptions', z.string().max(120));
/** Exceptions that one page looks at, and that it reads at once. */
const bounds = { entries: 1_000 };
const portionSize = 100;

export async function listExceptions(
  { exceptions }: Pick<Deps, 'exceptions'>,
  { state, kind, gateway, from, to, limit, cursor }: ListRequest,
): Promise<{ exceptions: ExceptionView[]; nextCursor: string | null; partial: boolean }> {
  const span = { from: from && startOfDay(from), until: to && startOfDay(dayAfter(to)) };
  const walk = walkInPortions({
    read: (behind: string | undefined, size) => exceptions.found({ state, ...span, behind, limit: size }),
    size: portionSize,
    after: cursor === undefined ? undefined : cursors.decode(cursor),
    positionOf: exceptionKeyOf,
    matches: (one) => (kind === undefined || one.kind === kind) && (gateway === undefined || one.gateway === gateway),
  });
  const { found, behind, partial } = await pageOfWalk(walk, { limit, bounds });
  return { exceptions: found.map(presentException), nextCursor: behind && cursors.encode(behind), partial };
}

export async function readException({ exceptions }: Pick<Deps, 'exceptions'>, id: string): Promise<ExceptionView> {
  return presentException(await requireException(exceptions, id));
}

interface Resolution {
  readonly exceptionId: string;
  readonly reason: string;
  readonly decider: Decider;
}

export async function resolveException(
  { exceptions, staff, clock }: Deps & { readonly staff: StaffNames },
  { exceptionId, reason, decider }: Resolution,
): Promise<ExceptionView> {
  const exception = await requireException(exceptions, exceptionId);
  if (exception.state === 'resolved') throw alreadyResolved(exception);
  const said = await saidBy(staff, decider);
  const resolution = { staffId: decider.staffId, name: said.actorName, atMs: clock.now(), reason };
  const resolved: Exception = { ...exception, state: 'resolved', resolution };
  const { kind, gateway, reference, gatewayReference } = exception;
  const about = { exception: exceptionId, kind, gateway, reference, gatewayReference };
  const entry = {
    ...said,
    stream: 'reconciliation',
    subject: 'reconciliation',
    action: 'exception.resolved',
    reason,
    before: { ...about, state: 'open' },
    after: { ...about, state: 'resolved' },
  };
  if (await exceptions.resolve(resolved, entry)) return presentException(resolved);
  throw alreadyResolved(await requireException(exceptions, exceptionId));
}

async function requireException(exceptions: ExceptionStore, id: string): Promise<Exception> {
  const exception = await exceptions.get(id);
  if (exception === undefined) throw reconciliationFault('reconciliation.exception-not-found');
  return exception;
}

function alreadyResolved({ resolution }: Exception) {
  const detail = resolution === null ? 'Just now.' : `By ${resolution.name} at ${instant(resolution.atMs)}: ${resolution.reason}`;
  return reconciliationFault('reconciliation.already-resolved', { errors: [{ pointer: '/state', detail }] });
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** As the API shows it. */
export function presentException({ createdAtMs, resolution, ...rest }: Exception): ExceptionView {
  return {
    ...rest,
    createdAt: instant(createdAtMs),
    resolution: resolution && {
      staffId: resolution.staffId,
      name: resolution.name,
      at: instant(resolution.atMs),
      reason: resolution.reason,
    },
  };
}
