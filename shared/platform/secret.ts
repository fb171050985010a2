import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from './clock.ts';

/** How long a secret is believed to be what it was, in milliseconds: one that was renewed is used soon. */
const secretMsMax = 300_000;

/** Reads a secret of one string, and remembers it for a while. Needs `secretsmanager:GetSecretValue` on it. */
export function secretReader(secretId: string, clock: Clock): () => Promise<string> {
  const client = new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  let known: { readonly value: string; readonly untilMs: number } | undefined;
  return async () => {
    if (known !== undefined && known.untilMs > clock.now()) return known.value;
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (SecretString === undefined || SecretString === '') throw new Error(`The secret ${secretId} holds no text`);
    known = { value: SecretString, untilMs: clock.now() + secretMsMax };
    return SecretString;
  };
}
