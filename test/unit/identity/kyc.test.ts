import * as fc from 'fast-check';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '#shared/identity/administration/change-status.ts';
import { decideKyc, readKyc } from '#shared/identity/kyc/decide-kyc.ts';
import { kycEndpoints } from '#shared/identity/kyc/kyc-endpoints.ts';
import { kmsCardVault } from '#shared/identity/kyc/kms-card-vault.ts';
import { nikSchema, type KycData } from '#shared/identity/kyc/kyc-data.ts';
import { nameOnCard } from '#shared/identity/kyc/name-on-card.ts';
import { submitKyc } from '#shared/identity/kyc/submit-kyc.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { administrationWorld } from '#test/fakes/administration-world.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { memberIdAt, sampleMember } from '#test/fakes/identity-samples.ts';

const card: KycData = {
  nik: '3171234505900001',
  fullName: 'Sari Dewi',
  birthDate: '1990-05-05',
  address: 'Jl. Kebon Sirih 1, Jakarta',
};

describe('a NIK', () => {
  const accepted = (nik: string): boolean => nikSchema.safeParse(nik).success;

  it('has sixteen digits with a date in them, of a woman forty days later', () => {
    expect(accepted('3171230505900001')).toBe(true);
    expect(accepted('3171234505900001')).toBe(true);
    for (const nik of ['317123050590001', '31712305059000012', '317123050590000x', '', '3171230505900000'])
      expect([nik, accepted(nik)]).toEqual([nik, false]);
  });

  it('has a day of its month: none of the 32nd, and the 29th of February in a leap year alone', () => {
    for (const date of ['320590', '000590', '400590', '720590', '051390', '050090', '300200', '290201', '310490'])
      expect([date, accepted(`317123${date}0001`)]).toEqual([date, false]);
    for (const date of ['290200', '690200', '310590', '710590', '010100'])
      expect([date, accepted(`317123${date}0001`)]).toEqual([date, true]);
  });

  it('is accepted for any birthday of a man or a woman', () => {
    const birthday = fc.date({ min: new Date('1930-01-01'), max: new Date('2015-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(birthday, fc.boolean(), fc.integer({ min: 1, max: 9_999 }), (date, isWoman, running) => {
        const [year = '', month = '', day = ''] = date.toISOString().slice(2, 10).split('-');
        const written = String(Number(day) + (isWoman ? 40 : 0)).padStart(2, '0');
        expect(accepted(`327501${written}${month}${year}${String(running).padStart(4, '0')}`)).toBe(true);
      }),
    );
  });
});

describe('a card', () => {
  let world: ReturnType<typeof administrationWorld>;
  let member: MemberRecord;
  beforeEach(() => {
    world = administrationWorld();
    member = sampleMember();
    world.members.join(member);
  });

  const submit = (memberId = member.id, data = card) => submitKyc(world.deps, { memberId, data, client: world.client });
  const decide = (decision: 'approved' | 'rejected') =>
    decideKyc(world.deps, { memberId: member.id, decision, reason: 'looked at it', decider: world.decider });
  const read = () => readKyc(world.deps, { memberId: member.id, decider: world.decider });
  const actions = () => world.audit.all().map(({ action }) => action);

  it('tells a member about few numbers of others a day', async () => {
    const { clock, deps } = world;
    const other = sampleMember({ id: memberIdAt(clock.now() + 1) });
    world.members.join(other);
    await submit(other.id);
    const handler = httpHandler(...kycEndpoints({ ...deps, limits: fakeRateLimits(clock) }));
    const caller = { subject: member.id, roles: ['member'], sessionId: 'ses_1' };
    const ask = async () => (await handler(httpEvent('POST /api/xm/me/kyc', { caller, body: card }), lambdaContext())).statusCode;
    const answers = [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(answers).toEqual([409, 409, 409, 409, 409, 429]);
  });

  it('waits after it was given, and is given once', async () => {
    expect(await submit()).toBe('submitted');
    await expect(submit()).rejects.toMatchObject({ code: 'identity.kyc-settled' });
    expect(actions()).toEqual(['kyc.submitted']);
  });

  it('verifies the member when it is approved', async () => {
    await submit();
    expect(await decide('approved')).toMatchObject({ kyc: 'approved', status: 'verified' });
    await expect(decide('approved')).rejects.toMatchObject({ code: 'identity.kyc-settled' });
    await expect(submit()).rejects.toMatchObject({ code: 'identity.kyc-settled' });
    expect(world.audit.all().at(-1)).toMatchObject({
      action: 'kyc.approved',
      reason: 'looked at it',
      before: { kyc: 'submitted', status: 'basic' },
      after: { kyc: 'approved', status: 'verified' },
    });
  });

  it('verifies a suspended member below the suspension', async () => {
    await submit();
    const suspension = { memberId: member.id, to: 'suspended' as const, from: 'basic' as const, reason: 'spam', decider: world.decider };
    await changeStatus(world.deps, suspension);
    expect(await decide('approved')).toMatchObject({ kyc: 'approved', status: 'suspended', statusBefore: 'verified' });
  });

  it('can be given again after it was rejected, and its number by somebody else', async () => {
    const other = sampleMember({ id: memberIdAt(member.createdAtMs, 2) });
    world.members.join(other);
    await submit();
    await expect(submit(other.id)).rejects.toMatchObject({ code: 'identity.nik-taken' });
    expect(await decide('rejected')).toMatchObject({ kyc: 'rejected', status: 'basic' });
    expect(await submit(other.id)).toBe('submitted');
    await expect(submit()).rejects.toMatchObject({ code: 'identity.nik-taken' });
    expect(await submit(member.id, { ...card, nik: '3171230505900002' })).toBe('submitted');
  });

  it('tells the name on it once it is approved, without a look of anybody', async () => {
    const name = () => nameOnCard(world.deps, member.id);
    expect(await name()).toBeUndefined();
    await submit();
    expect(await name()).toBeUndefined();
    await decide('rejected');
    expect(await name()).toBeUndefined();
    await submit();
    await decide('approved');
    expect(await name()).toBe(card.fullName);
    expect(actions()).not.toContain('kyc.read');
  });

  it('is looked at with a record of each look, and shows who decided', async () => {
    expect(await read()).toMatchObject({ state: 'none', data: null });
    await submit();
    expect(await read()).toMatchObject({ state: 'submitted', data: card, decidedBy: null });
    await decide('approved');
    expect(await read()).toMatchObject({ state: 'approved', decidedBy: world.owner.name, reason: 'looked at it' });
    expect(actions()).toEqual(['kyc.submitted', 'kyc.read', 'kyc.approved', 'kyc.read']);
    expect(JSON.stringify(world.audit.all())).not.toContain(card.nik);
  });

  it('is not looked at when the look cannot be recorded', async () => {
    await submit();
    const audit = { ...world.audit, append: () => Promise.reject(new Error('no audit log')) };
    const opened: string[] = [];
    const vault = { ...world.deps.vault, open: (memberId: string) => Promise.resolve(opened.push(memberId)).then(() => card) };
    const look = readKyc({ ...world.deps, audit, vault }, { memberId: member.id, decider: world.decider });
    await expect(look).rejects.toThrow('no audit log');
    expect(opened).toEqual([]);
  });

  it('is of somebody who has been born', async () => {
    for (const birthDate of ['2026-11-22', '1800-01-01'])
      await expect(submit(member.id, { ...card, birthDate })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

describe('the vault', () => {
  /** A KMS that encrypts a data key by writing its context beside it. */
  function fakeKms(): KMSClient {
    const contextOf = (context: unknown) => JSON.stringify(context);
    const send = async (command: GenerateDataKeyCommand | DecryptCommand) => {
      if (command instanceof GenerateDataKeyCommand) {
        const Plaintext = Buffer.alloc(32, 7);
        return { Plaintext, CiphertextBlob: Buffer.from(JSON.stringify([contextOf(command.input.EncryptionContext), 7])) };
      }
      const [context, byte] = JSON.parse(Buffer.from(command.input.CiphertextBlob!).toString()) as [string, number];
      if (context !== contextOf(command.input.EncryptionContext)) throw new Error('InvalidCiphertextException');
      return { Plaintext: Buffer.alloc(32, byte) };
    };
    return { send } as unknown as KMSClient;
  }

  it('gives data back as they were given, and shows nothing of them at rest', async () => {
    const vault = kmsCardVault({ client: fakeKms(), keyId: 'key', chance: seededChance() });
    const sealed = await vault.seal('1', card);
    expect(await vault.open('1', sealed)).toEqual(card);
    const bytes = Buffer.from(sealed.data, 'base64url').toString('latin1');
    for (const part of Object.values(card)) expect(bytes).not.toContain(part);
  });

  it('opens for nobody else, and not after a byte was changed', async () => {
    const vault = kmsCardVault({ client: fakeKms(), keyId: 'key', chance: seededChance() });
    const sealed = await vault.seal('1', card);
    await expect(vault.open('2', sealed)).rejects.toThrow('InvalidCiphertext');
    const moved = await vault.seal('2', card);
    await expect(vault.open('2', { dataKey: moved.dataKey, data: sealed.data })).rejects.toThrow('unable to authenticate data');
    const changed = Buffer.from(sealed.data, 'base64url');
    changed[20]! ^= 1;
    await expect(vault.open('1', { ...sealed, data: changed.toString('base64url') })).rejects.toThrow('unable to authenticate data');
  });
});
