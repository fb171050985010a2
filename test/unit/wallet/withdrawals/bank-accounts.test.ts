import { beforeEach, describe, expect, it } from 'vitest';
import { sariId, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

describe('a bank account', () => {
  it('is asked for at the bank, and compared with what the member says', async () => {
    expect(await world.account({ accountNumber: '1111111111' })).toMatchObject({ nameCheck: 'same' });
    expect(await world.account({ accountNumber: '2222222222', accountName: 'Budi Santoso' })).toMatchObject({ nameCheck: 'different' });
    await expect(world.account({ accountNumber: '0001111111' })).rejects.toMatchObject({ code: 'withdrawals.bank-account-refused' });
  });

  it('of another name makes its withdrawals risky', async () => {
    const { id: bankAccountId } = await world.account({ accountName: 'Budi Santoso' });
    const { id } = await world.submit(20_000, { bankAccountId });
    expect((await world.withdrawals.get(id))?.risk.signals).toContain('name-differs');
  });

  it('is held against the identity card once there is one, whatever the member writes', async () => {
    world.approveCard('Sari Dewi Lestari');
    const { id: own } = await world.account({ accountNumber: '1111111111', accountName: 'Somebody Else' });
    expect(await world.bankAccounts.get(sariId, own)).toMatchObject({ nameCheck: 'similar', checkedAgainst: 'identity-card' });
    world.approveCard('Budi Santoso');
    const { id: others } = await world.account({ accountNumber: '2222222222' });
    expect(await world.bankAccounts.get(sariId, others)).toMatchObject({ nameCheck: 'different', checkedAgainst: 'identity-card' });
    const { id } = await world.submit(20_000, { bankAccountId: others });
    expect((await world.withdrawals.get(id))?.risk.signals).toContain('name-differs');
  });

  it('that was added before the card was approved is held against it when money goes there', async () => {
    const { id: bankAccountId } = await world.account();
    expect(await world.bankAccounts.get(sariId, bankAccountId)).toMatchObject({ nameCheck: 'same', checkedAgainst: 'statement' });
    world.approveCard('Budi Santoso');
    const { id } = await world.submit(20_000, { bankAccountId });
    expect(await world.withdrawals.get(id)).toMatchObject({
      destination: { nameCheck: 'different', checkedAgainst: 'identity-card' },
      risk: { signals: expect.arrayContaining(['name-differs']) },
    });
  });

  it('is kept once', async () => {
    const [one, two] = await Promise.all([world.account(), world.account()]);
    expect(one).toEqual(two);
  });
});
