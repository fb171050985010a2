/**
 * All data that are kept of a member, as one file to download.
 *
 * Notes of the staff are not in it: they are the staff's words, and may tell of other members. Secrets are not in it either.
 */
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { listSessions } from '../engine/sessions.ts';
import type { CardStore, CardVault } from '../kyc/ports.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { presentAccount } from '../sign-in/present-account.ts';
import { ownAccount, prove, type Owner, type Proof } from './own-account.ts';
import type { DeletionQueue, ExportFiles } from './ports.ts';

export interface ExportDeps extends MemberFlowDeps {
  readonly files: ExportFiles;
  readonly deletions: Pick<DeletionQueue, 'noteExport'>;
  readonly cards: Pick<CardStore, 'get'>;
  readonly vault: Pick<CardVault, 'open'>;
  readonly auditReader: Pick<AuditReader, 'ofStream'>;
}

/** The newest of what was done; a member who signs in daily reaches back years with it. */
const recordsMax = 2_000;

/** Marks the account as exported, which lets it be deleted within a week. All there is of somebody is in it, so it wants a proof: throws what `prove` throws. */
export async function exportAccount(deps: ExportDeps, owner: Owner, proof: Proof): Promise<{ url: string; expiresAt: string }> {
  const { engine, files, deletions, audit } = deps;
  const nowMs = engine.clock.now();
  await prove(deps, owner, proof);
  const content = JSON.stringify(await dataOf(deps, owner.memberId), undefined, 2);
  const { url, expiresAtMs } = await files.put(owner.memberId, content);
  await deletions.noteExport(owner.memberId, nowMs);
  await audit.append(ownEntry(owner.memberId, owner.client, { action: 'export.made', after: { bytes: Buffer.byteLength(content) } }));
  return { url, expiresAt: new Date(expiresAtMs).toISOString() };
}

async function dataOf(deps: ExportDeps, memberId: string) {
  const { engine, cards, vault, auditReader } = deps;
  const [member, sessions, card, records] = await Promise.all([
    ownAccount(deps, memberId),
    listSessions(engine, memberId),
    cards.get(memberId),
    auditReader.ofStream(`member:${memberId}`, { limit: recordsMax }),
  ]);
  const instant = (ms: number) => new Date(ms).toISOString();
  return {
    exportedAt: instant(engine.clock.now()),
    account: presentAccount(member, engine.clock.now()),
    identityCard: card && {
      state: card.state,
      submittedAt: instant(card.submittedAtMs),
      data: await vault.open(memberId, card.sealed),
    },
    sessions: sessions.map(({ id, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
      id,
      createdAt: instant(createdAt),
      lastUsedAt: instant(updatedAt),
      expiresAt: instant(expiresAt),
      address: ipAddress ?? null,
      userAgent: userAgent ?? null,
    })),
    events: records.map(({ at, action, address, userAgent, reason, before, after }) => ({
      at,
      action,
      address,
      userAgent,
      reason,
      before,
      after,
    })),
  };
}
