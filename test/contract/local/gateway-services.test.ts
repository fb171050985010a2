import { DatabaseSync } from 'node:sqlite';
import { KMS } from '@aws-sdk/client-kms';
import { SESv2 } from '@aws-sdk/client-sesv2';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '#infra/local/gateway/gateway.ts';
import { buildAccess, type LocalAccess } from '#infra/local/iam/access.ts';
import { openKeys } from '#infra/local/keys/keys.ts';
import { openOutbox, type Outbox } from '#infra/local/messages/outbox.ts';
import type { Closable } from '#infra/local/ports.ts';
import { openSecrets } from '#infra/local/secrets/secrets.ts';
import { modelOf, testAccount, testRegion } from '#test/fakes/stack-model.ts';

const keyArn = `arn:aws:kms:${testRegion}:${testAccount}:key/kyc`;
const secretArn = `arn:aws:secretsmanager:${testRegion}:${testAccount}:secret:root`;
const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
const leftToRoles = {
  Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: `arn:aws:iam::${testAccount}:root` } }],
};

const model = modelOf({
  Kyc: { type: 'AWS::KMS::Key', arn: keyArn, properties: { KeyPolicy: leftToRoles, EnableKeyRotation: true } },
  Other: { type: 'AWS::KMS::Key', arn: `${keyArn}-other`, physicalName: 'kyc-other', properties: { KeyPolicy: leftToRoles } },
  Root: {
    type: 'AWS::SecretsManager::Secret',
    arn: secretArn,
    properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
  },
  Hidden: { type: 'AWS::SecretsManager::Secret', arn: `${secretArn}-hidden`, properties: { SecretString: 'hidden' } },
  Role: {
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: trust,
      Policies: [
        {
          PolicyName: 'own',
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: keyArn },
              { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
              { Effect: 'Allow', Action: 'ses:SendEmail', Resource: `arn:aws:ses:${testRegion}:${testAccount}:identity/xm.id` },
              { Effect: 'Allow', Action: 'sns:Publish', NotResource: 'arn:aws:sns:*:*:*' },
            ],
          },
        },
      ],
    },
  },
  Send: { type: 'AWS::Lambda::Function', properties: { Role: `arn:aws:iam::${testAccount}:role/role` } },
});

const log = { info: () => {}, warn: () => {} };
const clock = { now: () => Date.now() };
const printed: string[] = [];
const database = new DatabaseSync(':memory:');
let access: LocalAccess;
let outbox: Outbox;
let gateway: Closable & { readonly url: string };

beforeAll(async () => {
  access = buildAccess(model, { seed: 'seed' });
  outbox = openOutbox({ database, clock, print: (text) => void printed.push(text) });
  const keys = openKeys({ model, database });
  const secrets = openSecrets({ model, database, clock });
  const nowhere = () => Promise.reject(new Error('not part of this test'));
  gateway = await startGateway({
    port: 0,
    model,
    access,
    clock,
    log,
    dynamodb: { forward: nowhere },
    sqs: { answer: nowhere },
    handlers: {
      kms: (operation, input) => keys.handle(operation, input),
      secretsmanager: (operation, input) => secrets.handle(operation, input),
      ses: (operation, input) => outbox.ses(operation, input),
      sns: (operation, input) => outbox.sns(operation, input),
    },
  });
});

afterAll(() => gateway.close());

function settings() {
  const [sender] = model.ofType('AWS::Lambda::Function');
  if (sender === undefined) throw new Error('The model has no function.');
  const principal = access.principalOfFunction(sender);
  return { endpoint: gateway.url, region: testRegion, credentials: principal, maxAttempts: 1 };
}

describe('keys', () => {
  it('open a data key again, under the encryption context it was made with and no other', async () => {
    const kms = new KMS(settings());
    const context = { memberId: '17' };
    const { Plaintext, CiphertextBlob } = await kms.generateDataKey({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context });
    expect(Plaintext).toHaveLength(32);
    const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext: context });
    expect(opened.Plaintext).toEqual(Plaintext);
    expect(opened.KeyId).toBe(keyArn);
    await expect(kms.decrypt({ CiphertextBlob, EncryptionContext: { memberId: '18' } })).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidCiphertextException' }),
    );
  });

  it('are used by nobody whose role does not name them', async () => {
    const kms = new KMS(settings());
    await expect(kms.generateDataKey({ KeyId: `${keyArn}-other`, KeySpec: 'AES_256' })).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    );
    await expect(kms.encrypt({ KeyId: keyArn, Plaintext: Buffer.from('a') })).rejects.toThrow(/kms:Encrypt/);
    await expect(kms.decrypt({ CiphertextBlob: Buffer.from('made up') })).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDeniedException' }),
    );
  });

  it('stay with the data folder', async () => {
    const kms = new KMS(settings());
    const { Plaintext, CiphertextBlob } = await kms.generateDataKey({ KeyId: keyArn, KeySpec: 'AES_256' });
    const again = openKeys({ model, database });
    const blob = Buffer.from(CiphertextBlob ?? []).toString('base64');
    await expect(again.handle('Decrypt', { CiphertextBlob: blob })).resolves.toMatchObject({
      Plaintext: Buffer.from(Plaintext ?? []).toString('base64'),
    });
  });

  it('with a policy of their own are refused, for nothing here would evaluate it', () => {
    const stranger = {
      Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'arn:aws:iam::999999999999:root' } }],
    };
    const foreign = modelOf({ Key: { type: 'AWS::KMS::Key', properties: { KeyPolicy: stranger } } });
    expect(() => openKeys({ model: foreign, database })).toThrow(/^Key \(AWS::KMS::Key\): a key policy/);
  });
});

describe('secrets', () => {
  it('are made once, as the template asks', async () => {
    const manager = new SecretsManager(settings());
    const { SecretString, ARN } = await manager.getSecretValue({ SecretId: secretArn });
    expect(SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(ARN).toBe(secretArn);
    openSecrets({ model, database, clock });
    await expect(manager.getSecretValue({ SecretId: secretArn })).resolves.toMatchObject({ SecretString });
  });

  it('are read by nobody whose role does not name them', async () => {
    const manager = new SecretsManager(settings());
    await expect(manager.getSecretValue({ SecretId: `${secretArn}-hidden` })).rejects.toThrow(/secretsmanager:GetSecretValue/);
  });
});

describe('the outbox', () => {
  it('keeps an e-mail and prints it', async () => {
    const ses = new SESv2(settings());
    const Content = {
      Simple: { Subject: { Data: 'Kode' }, Body: { Text: { Data: 'Kode Anda 123456' }, Html: { Data: '<p>123456</p>' } } },
    };
    const sent = await ses.sendEmail({ FromEmailAddress: 'XM <halo@xm.id>', Destination: { ToAddresses: ['sari@example.id'] }, Content });
    expect(sent.MessageId).toBeTruthy();
    expect(outbox.list('sari@example.id')).toMatchObject([{ channel: 'email', subject: 'Kode', text: 'Kode Anda 123456' }]);
    expect(printed.join('')).toContain('Kode Anda 123456');
    await expect(
      ses.sendEmail({ FromEmailAddress: 'a@elsewhere.id', Destination: { ToAddresses: ['sari@example.id'] }, Content }),
    ).rejects.toThrow(/ses:SendEmail/);
  });

  it('keeps a text message to a number, newest first', async () => {
    const sns = new SNS(settings());
    const { MessageId } = await sns.publish({ PhoneNumber: '+6281234567890', Message: 'Kode 654321 & salam' });
    expect(outbox.list()[0]).toMatchObject({ id: MessageId, channel: 'sms', to: '+6281234567890', text: 'Kode 654321 & salam' });
  });

  it('lets nobody publish to a topic with the grant for numbers', async () => {
    const sns = new SNS(settings());
    await expect(sns.publish({ TopicArn: `arn:aws:sns:${testRegion}:${testAccount}:alarms`, Message: 'x' })).rejects.toThrow(/sns:Publish/);
    expect(outbox.list().some(({ text }) => text === 'x')).toBe(false);
  });
});
