/**
 * Identity card data under a key of AWS KMS: each card has a data key of its own, which only KMS can decrypt, and only for the same member.
 */
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Chance } from '#shared/platform/chance.ts';
import { seal, unseal } from '../engine/sealing.ts';
import { kycDataSchema } from './kyc-data.ts';
import type { CardVault } from './ports.ts';

interface Vault {
  readonly client: KMSClient;
  readonly keyId: string;
  readonly chance: Chance;
}

export function kmsCardVault({ client, keyId, chance }: Vault): CardVault {
  return {
    async seal(memberId, data) {
      const { Plaintext, CiphertextBlob } = await client.send(
        new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: contextOf(memberId) }),
      );
      if (Plaintext === undefined || CiphertextBlob === undefined) throw new Error('KMS answered without a data key');
      const text = JSON.stringify(kycDataSchema.parse(data));
      const key = Buffer.from(Plaintext);
      try {
        return {
          dataKey: Buffer.from(CiphertextBlob).toString('base64'),
          data: seal(key, { text, context: `kyc ${memberId}` }, chance),
        };
      } finally {
        key.fill(0);
      }
    },
    async open(memberId, { dataKey, data }) {
      const { Plaintext } = await client.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: Buffer.from(dataKey, 'base64'), EncryptionContext: contextOf(memberId) }),
      );
      if (Plaintext === undefined) throw new Error('KMS answered without a data key');
      const key = Buffer.from(Plaintext);
      try {
        return kycDataSchema.parse(JSON.parse(unseal(key, { sealed: data, context: `kyc ${memberId}` })));
      } finally {
        key.fill(0);
      }
    },
  };
}

/** Shows in CloudTrail whose card was opened, and has to be the same again to decrypt. */
const contextOf = (memberId: string) => ({ purpose: 'kyc', memberId });
