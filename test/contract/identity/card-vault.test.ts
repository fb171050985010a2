import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { json } from 'node:stream/consumers';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeys } from '#infra/local/keys/keys.ts';
import { kmsCardVault } from '#shared/identity/kyc/kms-card-vault.ts';
import type { KycData } from '#shared/identity/kyc/kyc-data.ts';
import type { CardVault } from '#shared/identity/kyc/ports.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { openVault } from '#test/fakes/administration-world.ts';
import { modelOf } from '#test/fakes/stack-model.ts';

const card: KycData = { nik: '3171234505900001', fullName: 'Sari Dewi', birthDate: '1990-05-05', address: 'Jl. Kebon Sirih 1, Jakarta' };

let server: Server;
let client: KMSClient;
let keyId: string;

/** The key room of the local stack, spoken to as KMS is. */
beforeAll(async () => {
  const model = modelOf({ CardKey: { type: 'AWS::KMS::Key', properties: { KeyPolicy: { Statement: [] } } } });
  const keys = openKeys({ model, database: new DatabaseSync(':memory:') });
  keyId = model.ofType('AWS::KMS::Key')[0]!.arn;
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    json(request)
      .then((input) => keys.handle(operation, input as object))
      .then((answer) => [200, answer] as const)
      .catch((error: { code?: string; message: string }) => [400, { __type: error.code, message: error.message }] as const)
      .then(([status, answer]) => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer)))
      .catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new KMSClient({ endpoint: `http://127.0.0.1:${port}`, region: 'local', credentials, maxAttempts: 1 });
});
afterAll(() => {
  client.destroy();
  server.close();
});

describe.each<[string, () => CardVault]>([
  ['the fake', () => openVault],
  ['KMS', () => kmsCardVault({ client, keyId, chance: systemChance })],
])('a vault of cards: %s', (_, open) => {
  it('gives data back as they were given', async () => {
    const vault = open();
    expect(await vault.open('1', await vault.seal('1', card))).toEqual(card);
  });

  it('opens for the member it was sealed for, and for nobody else', async () => {
    const vault = open();
    const sealed = await vault.seal('1', card);
    await expect(vault.open('2', sealed)).rejects.toThrow(/./);
  });
});
