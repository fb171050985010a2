/**
 * The tables of identity on the local stack's engine, with whatever administration keeps in them.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { dynamodbMembershipStore } from '#shared/identity/administration/dynamodb-membership-store.ts';
import { dynamodbNoteStore } from '#shared/identity/administration/dynamodb-note-store.ts';
import { emailClaim, phoneClaim } from '#shared/identity/dynamodb-identity-keys.ts';
import { memberItem } from '#shared/identity/dynamodb-member-item.ts';
import { dynamodbSessionGuards, openedGuard } from '#shared/identity/dynamodb-session-guards.ts';
import { dynamodbCardStore } from '#shared/identity/kyc/dynamodb-card-store.ts';
import { dynamodbSealedCards } from '#shared/identity/kyc/dynamodb-sealed-cards.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { Engine } from '../platform/dynamodb-engine.ts';

export async function identityTables(engine: Engine, clock: Clock) {
  const identity = await engine.table(['gsi1', 'gsi2', 'gsi3']);
  const [guards, cards, audit] = [await engine.table(), await engine.table(['gsi1']), await engine.table(['gsi1', 'gsi2'])];
  const log = { ...dynamodbAuditLog(audit, clock), ...dynamodbAuditReader(audit) };
  const { client, chance } = identity;
  const tables = { client, chance, clock, identity: identity.name, guards: guards.name, cards: cards.name, audit: log };
  return { identity, tables, audit: log, guards: dynamodbSessionGuards(guards, clock) };
}

/** Members, cards and notes in them; `join` is what a sign-up does. */
export async function membersInTables(engine: Engine, clock: Clock) {
  const { identity, tables, audit, guards } = await identityTables(engine, clock);
  const put = (Item: Record<string, unknown>) => identity.client.send(new PutCommand({ TableName: identity.name, Item }));
  return {
    ...dynamodbMemberDirectory(identity),
    ...dynamodbMembershipStore(tables),
    ...dynamodbNoteStore(tables),
    cards: dynamodbCardStore(tables),
    sealedCards: dynamodbSealedCards({ client: tables.client, name: tables.cards }),
    audit,
    guards,
    async join(member: MemberRecord) {
      await put(memberItem(member));
      await identity.client.send(new PutCommand(openedGuard(tables.guards, member.id).Put));
      if (member.email !== null) await put({ ...emailClaim(member.email), memberId: member.id });
      if (member.phone !== null) await put({ ...phoneClaim(member.phone), memberId: member.id });
    },
  };
}
