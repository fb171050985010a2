/**
 * Secrets Manager: the template's secrets, with values that are made once and stay with the data folder.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import { NotOffered } from '../gateway/requested-call.ts';
import type { LocalClock, Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

export interface Secrets {
  /** Answers `GetSecretValue`. Throws `ApiRefusal`. */
  handle(operation: string, input: object): Promise<object>;
  /** What a secret of the template holds, by name or ARN. Throws `TemplateError` for one that is not there. */
  value(secretId: string): string;
}

export interface SecretsOptions {
  readonly model: StackModel;
  readonly database: DatabaseSync;
  readonly clock: Pick<LocalClock, 'now'>;
}

const secretSchema = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({
      PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
      ExcludePunctuation: z.coerce.boolean().default(false),
      ExcludeCharacters: z.string().default(''),
    })
    .optional(),
});

const known = {
  supported: [
    'Name',
    'SecretString',
    'GenerateSecretString.PasswordLength',
    'GenerateSecretString.ExcludePunctuation',
    'GenerateSecretString.ExcludeCharacters',
  ],
  inert: { Description: 'a label', Tags: 'labels', KmsKeyId: 'data at rest is as safe as the disk it lies on' },
};

/** Makes the value of every secret that has none yet. Throws `TemplateError` for a secret that cannot be made here. */
export function openSecrets({ model, database, clock }: SecretsOptions): Secrets {
  database.exec(
    'CREATE TABLE IF NOT EXISTS secret (arn TEXT PRIMARY KEY, version TEXT NOT NULL, value TEXT NOT NULL, created_ms INTEGER NOT NULL) STRICT',
  );
  const insert = database.prepare('INSERT OR IGNORE INTO secret VALUES (?, ?, ?, ?)');
  for (const resource of model.ofType('AWS::SecretsManager::Secret'))
    insert.run(resource.arn, randomUUID(), valueOf(resource), clock.now());
  const select = database.prepare('SELECT version, value, created_ms FROM secret WHERE arn = ?');
  return {
    value(secretId) {
      const secret = secretNamed(model, secretId);
      const row = secret && select.get(secret.arn);
      if (row === undefined) throw refusal({ logicalId: secretId, type: 'AWS::SecretsManager::Secret' }, 'it is not in the template');
      return String(row['value']);
    },
    async handle(operation, input) {
      if (operation !== 'GetSecretValue') throw new NotOffered(`secretsmanager:${operation}`);
      const secret = secretNamed(model, String((input as { SecretId?: unknown }).SecretId));
      const row = secret && select.get(secret.arn);
      if (secret === undefined || row === undefined)
        throw new ApiRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      return {
        ARN: secret.arn,
        Name: secret.physicalName,
        VersionId: row['version'],
        SecretString: row['value'],
        VersionStages: ['AWSCURRENT'],
        CreatedDate: Number(row['created_ms']) / 1_000,
      };
    },
  };
}

/** By name or ARN, as the service takes either. */
export function secretNamed(model: StackModel, id: string): Resource | undefined {
  return model.ofType('AWS::SecretsManager::Secret').find(({ arn, physicalName }) => id === arn || id === physicalName);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function valueOf(resource: Resource): string {
  const { SecretString, GenerateSecretString } = propertiesOf(resource, secretSchema, known);
  if (SecretString !== undefined) return SecretString;
  const { PasswordLength, ExcludePunctuation, ExcludeCharacters } = GenerateSecretString ?? {
    PasswordLength: 32,
    ExcludePunctuation: false,
    ExcludeCharacters: '',
  };
  const all = ExcludePunctuation ? letters : letters + punctuation;
  const alphabet = Array.from(all).filter((character) => !ExcludeCharacters.includes(character));
  return Array.from({ length: PasswordLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}
