/**
 * KMS: symmetric keys of the template that never leave this room. Data is bound to its encryption context, as with the real service.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import { NotOffered } from '../gateway/requested-call.ts';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import { keyNamed, keyOfCiphertext } from './key-names.ts';

export interface Keys {
  /** Answers `Encrypt`, `Decrypt`, `GenerateDataKey`. Throws `ApiRefusal`. */
  handle(operation: string, input: object): Promise<object>;
}

const inputSchema = z.object({
  KeyId: z.string().optional(),
  KeySpec: z.literal('AES_256').optional(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
  Plaintext: z.base64().optional(),
  CiphertextBlob: z.base64().optional(),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
});
type Input = z.output<typeof inputSchema>;

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

export function openKeys({ model, database }: { readonly model: StackModel; readonly database: DatabaseSync }): Keys {
  database.exec('CREATE TABLE IF NOT EXISTS kms_key (arn TEXT PRIMARY KEY, material BLOB NOT NULL) STRICT');
  const insert = database.prepare('INSERT OR IGNORE INTO kms_key VALUES (?, ?)');
  for (const resource of model.ofType('AWS::KMS::Key')) {
    checkKey(resource);
    insert.run(resource.arn, randomBytes(keyBytes));
  }
  const select = database.prepare('SELECT material FROM kms_key WHERE arn = ?');
  const materialOf = (key: Resource | undefined): { arn: string; material: Uint8Array } => {
    const row = key && select.get(key.arn);
    if (key === undefined || row === undefined) throw new ApiRefusal('NotFoundException', 'There is no such key.');
    return { arn: key.arn, material: row['material'] as Uint8Array };
  };
  return {
    async handle(operation, given) {
      const input = inputSchema.safeParse(given).data;
      if (input === undefined) throw new ApiRefusal('ValidationException', `${operation} with this input is not part of the local stack.`);
      const named = () => materialOf(keyNamed(model, input.KeyId ?? ''));
      if (operation === 'GenerateDataKey') return generated(named(), input);
      if (operation === 'Encrypt') return { KeyId: named().arn, CiphertextBlob: sealed(named(), bytesOf(input.Plaintext), input) };
      if (operation === 'Decrypt') return opened(materialOf(keyOfCiphertext(model, input.CiphertextBlob ?? '')), input);
      throw new NotOffered(`kms:${operation}`);
    },
  };
}

interface Key {
  readonly arn: string;
  readonly material: Uint8Array;
}

function generated(key: Key, input: Input): object {
  const plaintext = randomBytes(input.NumberOfBytes ?? keyBytes);
  return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: sealed(key, plaintext, input) };
}

/** Length and ARN of the key, nonce, tag, ciphertext. The context is authenticated and not kept. */
function sealed({ arn, material }: Key, plaintext: Buffer, { EncryptionContext }: Input): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, material, nonce).setAAD(contextBytes(EncryptionContext));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from([arn.length]), Buffer.from(arn, 'latin1'), nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
}

function opened({ arn, material }: Key, { CiphertextBlob, EncryptionContext }: Input): object {
  const blob = bytesOf(CiphertextBlob);
  const from = 1 + arn.length;
  const nonce = blob.subarray(from, from + nonceBytes);
  const tag = blob.subarray(from + nonceBytes, from + nonceBytes + tagBytes);
  try {
    const decipher = createDecipheriv(algorithm, material, nonce).setAAD(contextBytes(EncryptionContext)).setAuthTag(tag);
    const plaintext = Buffer.concat([decipher.update(blob.subarray(from + nonceBytes + tagBytes)), decipher.final()]);
    return { KeyId: arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  } catch {
    throw new ApiRefusal('InvalidCiphertextException', 'The ciphertext or its encryption context is not what was encrypted.');
  }
}

const bytesOf = (base64: string | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');

const contextBytes = (context: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));

const keySchema = z.object({
  KeyPolicy: z.object({ Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown() })) }),
  KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
});

/** A key's own policy is not evaluated here, so only the one that leaves the decision to the roles is taken. */
function checkKey(resource: Resource): void {
  const { KeyPolicy } = propertiesOf(resource, keySchema, {
    supported: ['KeyPolicy', 'KeySpec'],
    inert: {
      EnableKeyRotation: 'keys do not age here',
      RotationPeriodInDays: 'keys do not age here',
      Description: 'a label',
      Tags: 'labels',
    },
  });
  const account = `arn:aws:iam::${resource.arn.split(':')[4]}:root`;
  const leavesItToRoles = KeyPolicy.Statement.every(
    ({ Effect, Principal }) => Effect === 'Allow' && (Principal as { AWS?: unknown } | undefined)?.AWS === account,
  );
  if (!leavesItToRoles)
    throw refusal(resource, 'a key policy that does more than leave the decision to IAM is not supported by the local stack');
}
