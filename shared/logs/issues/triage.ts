/**
 * What people have decided about an issue, and what becomes of the decision when the issue is seen again. Pure: nothing here reads or writes.
 *
 * ```
 *            resolve                seen again
 *   open ──────────────▶ resolved ─────────────▶ open, marked as regressed
 *    ▲ │      mute                  time is up, or as many again as were allowed
 *    │ └───────────────▶ muted ────────────────▶ open
 *    └──── reopen ◀──────┴─ resolved
 * ```
 *
 * An issue that nobody has touched is open. Who it is assigned to is a matter of its own: a muted issue keeps its owner.
 */
import * as z from 'zod';

export const triageLimits = {
  versionCharactersMax: 100,
  /** Longest mute, in days. */
  muteDaysMax: 400,
  muteCountMax: 1_000_000_000,
} as const;

export const triageStatuses = ['open', 'resolved', 'muted'] as const;
export type TriageStatus = (typeof triageStatuses)[number];

const instant = z.iso.datetime();

const resolutionSchema = z.object({
  at: instant,
  /** Version that has the fix, in the words of whoever resolved it. */
  inVersion: z.string().nullable(),
  /** When the fix went live: what carries a time before it is no return, however late its file comes. */
  fixedAt: instant.nullable(),
});

const muteSchema = z.object({
  at: instant,
  /** Ends at this instant; null for no such end. */
  until: instant.nullable(),
  /** Ends when the issue was seen so many times more; null for no such end. */
  count: z.int().positive().nullable(),
  /** How often the issue had been seen when it was muted. */
  totalBefore: z.int().nonnegative(),
});

export const triageSchema = z.object({
  status: z.enum(triageStatuses),
  /** A person of the staff, `stf_…`. */
  assignee: z.string().nullable(),
  /** As they were called when it was given to them; null where that was not noted. */
  assigneeName: z.string().nullable().default(null),
  /** Present while resolved. */
  resolution: resolutionSchema.nullable(),
  /** Present while muted. */
  mute: muteSchema.nullable(),
  /** Present from a return after a resolution until the next decision about the status. */
  regression: z.object({ at: instant, fileId: z.string(), inVersion: z.string().nullable() }).nullable(),
  /** Present from the end of a mute by count until the next decision about the status. */
  wake: z.object({ at: instant, fileId: z.string() }).nullable(),
  /** Grows with every change, so that of two who decide at once one learns of the other. */
  revision: z.int().nonnegative(),
});
export type Triage = z.infer<typeof triageSchema>;

/** Of an issue that nobody has decided about. */
export const untouched: Triage = {
  status: 'open',
  assignee: null,
  assigneeName: null,
  resolution: null,
  mute: null,
  regression: null,
  wake: null,
  revision: 0,
};

export type TriageDecision =
  | { readonly kind: 'resolve'; readonly inVersion: string | null; readonly fixedAt: string | null }
  | { readonly kind: 'mute'; readonly until: string | null; readonly count: number | null }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'assign'; readonly assignee: string | null; readonly assigneeName?: string | null };

/** The issue as it is when somebody decides. */
interface Moment {
  readonly nowMs: number;
  /** How often the issue has been seen so far. */
  readonly total: number;
}

/** The triage after a decision; undefined when it decides nothing new. */
export function decided(triage: Triage, decision: TriageDecision, moment: Moment): Triage | undefined {
  const change = changeOf(triage, decision, moment);
  return change && { ...triage, ...change, revision: triage.revision + 1 };
}

/** What stands there when nothing does. */
const settled = { resolution: null, mute: null, regression: null, wake: null } as const;

function changeOf(triage: Triage, decision: TriageDecision, { nowMs, total }: Moment): Partial<Triage> | undefined {
  const at = new Date(nowMs).toISOString();
  switch (decision.kind) {
    case 'resolve':
      return { ...settled, status: 'resolved', resolution: { at, inVersion: decision.inVersion, fixedAt: decision.fixedAt } };
    case 'mute':
      return { ...settled, status: 'muted', mute: { at, until: decision.until, count: decision.count, totalBefore: total } };
    case 'reopen':
      return statusAt(triage, nowMs) === 'open' && triage.regression === null ? undefined : { ...settled, status: 'open' };
    case 'assign':
      return triage.assignee === decision.assignee
        ? undefined
        : { assignee: decision.assignee, assigneeName: decision.assigneeName ?? null };
    default:
      return decision satisfies never;
  }
}

/** Occurrences that a file has brought. */
export interface Seen {
  readonly fileId: string;
  readonly uploadedAtMs: number;
  /** ISO 8601: latest time by which one of them is listed. */
  readonly lastAt: string;
  /** How often the issue has been seen, these included. */
  readonly total: number;
  readonly nowMs: number;
}

export interface SeenAgain {
  readonly triage: Triage;
  /** What it means that the issue was seen again. */
  readonly change: 'regressed' | 'mute-ended';
}

/**
 * What a file's occurrences change; undefined when they change nothing. Telling the same file again changes nothing.
 *
 * A resolved issue returns with any file that was uploaded after the resolution: log files come late and with clocks of their own, so the
 * times in them prove nothing, unless whoever resolved it has said when the fix went live.
 */
export function seeAgain(triage: Triage, seen: Seen): SeenAgain | undefined {
  const at = new Date(seen.nowMs).toISOString();
  const opened = { ...triage, ...settled, status: 'open', revision: triage.revision + 1 } as const;
  if (triage.resolution !== null && isReturn(triage.resolution, seen)) {
    const regression = { at, fileId: seen.fileId, inVersion: triage.resolution.inVersion };
    return { triage: { ...opened, regression }, change: 'regressed' };
  }
  if (statusAt(triage, seen.nowMs) === 'muted' && isOverCount(triage.mute, seen.total)) {
    return { triage: { ...opened, wake: { at, fileId: seen.fileId } }, change: 'mute-ended' };
  }
  return undefined;
}

/** An issue as it is when it turns out to be one with another. */
export interface Told {
  readonly triage: Triage;
  /** Its latest occurrences, and how often it has been seen. */
  readonly seen: Seen;
}

/**
 * The triage of two issues that have turned out to be one. What nobody has decided about yields to what somebody has; of two decisions the one that hides
 * less stands: open, then muted, then resolved, and of two of a kind the issue's own. What has been seen of the one that yields wakes what is resolved as
 * anything seen later does, and is no news to a mute. The issue's own owner stays, or it gets the other's.
 */
export function joinedTriage(own: Told, other: Told): Triage {
  const stands = standsAgainst(own.triage, other.triage) ? own : other;
  const yields = stands === own ? other : own;
  const { mute } = stands.triage;
  const owned = own.triage.assignee === null ? other.triage : own.triage;
  const joined = {
    ...stands.triage,
    mute: mute === null ? null : { ...mute, totalBefore: mute.totalBefore + yields.seen.total },
    assignee: owned.assignee,
    assigneeName: owned.assigneeName,
    // What nobody has decided about stays so.
    revision: own.triage.revision + other.triage.revision === 0 ? 0 : Math.max(own.triage.revision, other.triage.revision) + 1,
  };
  if (joined.status !== 'resolved' || yields.triage.status === 'resolved') return joined;
  return seeAgain(joined, yields.seen)?.triage ?? joined;
}

const hides: Readonly<Record<TriageStatus, number>> = { open: 0, muted: 1, resolved: 2 };

function standsAgainst(own: Triage, other: Triage): boolean {
  if (own.revision === 0 || other.revision === 0) return other.revision === 0;
  return hides[own.status] <= hides[other.status];
}

function isReturn({ at, fixedAt }: NonNullable<Triage['resolution']>, { uploadedAtMs, lastAt }: Seen): boolean {
  return uploadedAtMs > Date.parse(at) && (fixedAt === null || lastAt > fixedAt);
}

const isOverCount = (mute: Triage['mute'], total: number): boolean =>
  mute !== null && mute.count !== null && total - mute.totalBefore >= mute.count;

/** The status by the clock: a mute whose time is up is over, whether or not anybody has written that down. */
export function statusAt({ status, mute }: Triage, nowMs: number): TriageStatus {
  if (status !== 'muted' || mute === null || mute.until === null) return status;
  return Date.parse(mute.until) <= nowMs ? 'open' : 'muted';
}
