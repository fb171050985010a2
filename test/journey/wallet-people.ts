/**
 * Members and staff of a running stack without their sign-ups: tokens of any subject, and money from nowhere but a gateway.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { importJWK, SignJWT, type JWK } from 'jose';
import { operator } from '#infra/local/operator.ts';
import { runningStack } from '#infra/local/running.ts';
import { localIssuer } from '#infra/local/token-issuer.ts';
import { claimsOf } from '#shared/identity/access-token.ts';
import { guardKey } from '#shared/identity/dynamodb-session-guards.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { clearingBook, memberBook } from '#shared/wallet/account.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import type { RunningStack } from './local-stack.ts';

export interface WalletPeople {
  /** A token of this subject; its second factor is as old as it says. */
  token(subject: string, request: { readonly roles: readonly string[]; readonly secondFactorAgeSeconds?: number }): Promise<string>;
  /** Books a payment of a member. */
  deposit(memberId: string, amountRupiah: number, id: string): Promise<void>;
  /** The gateway takes a payment back. */
  takeBack(memberId: string, amountRupiah: number, id: string): Promise<void>;
  close(): void;
}

export function walletPeople(stack: RunningStack): WalletPeople {
  const outputs = runningStack(stack.dataDirectory)?.outputs ?? {};
  const client = DynamoDBDocument.from(new DynamoDB({ endpoint: stack.gateway, region: 'ap-southeast-3', credentials: operator }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const jwk = JSON.parse(readFileSync(join(stack.dataDirectory, 'identity', 'signing-key.json'), 'utf8')) as JWK;
  const clock = { now: () => Date.now() };
  const table = { client, name: outputs['WalletTable'] ?? '', chance: systemChance };
  const ledger = dynamodbLedger(table, { clock, levels: { of: async () => 'verified' }, limits: walletLimits });
  const book = async (request: { id: string; from: string; to: string; amountRupiah: number }, kind: 'deposit' | 'reversal') => {
    const { id, from, to, amountRupiah } = request;
    const claim = {
      gateway: 'midtrans',
      transactionId: `tx-${id}`,
      kind: kind === 'deposit' ? ('CREDIT' as const) : ('REVERSAL' as const),
    };
    const why = { reference: id, reason: 'Of the test', actor: 'system:test' };
    const outcome = await ledger.post({ id: `${kind}:${id}`, kind, moves: [{ from, to, amountRupiah }], claim, ...why });
    if (outcome.state === 'refused') throw new Error(JSON.stringify(outcome.refusal));
  };
  return {
    async token(subject, { roles, secondFactorAgeSeconds = 0 }) {
      await client.put({ TableName: outputs['GuardsTable'] ?? '', Item: { ...guardKey(subject), version: 0, revoked: {} } });
      const { now } = (await (await fetch(`${stack.api}/_local/clock`)).json()) as { now: string };
      const seconds = Math.floor(Date.parse(now) / 1_000);
      const identity = { subject, roles, sessionId: 'ses_test', version: 0, secondFactorAt: seconds - secondFactorAgeSeconds };
      return new SignJWT(claimsOf(identity))
        .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '', typ: 'at+jwt' })
        .setIssuer(localIssuer.issuer)
        .setAudience(localIssuer.audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 600)
        .sign(await importJWK(jwk, 'EdDSA'));
    },
    deposit: (memberId, amountRupiah, id) =>
      book({ id, from: clearingBook('midtrans'), to: memberBook(memberId), amountRupiah }, 'deposit'),
    takeBack: (memberId, amountRupiah, id) =>
      book({ id, from: memberBook(memberId), to: clearingBook('midtrans'), amountRupiah }, 'reversal'),
    close: () => client.destroy(),
  };
}
