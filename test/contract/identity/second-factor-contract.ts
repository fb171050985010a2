/**
 * What every database of the engine promises about codes of an authenticator app and recovery codes.
 */
import { expect, it } from 'vitest';
import type { Subject } from '#shared/identity/engine/realm.ts';
import { unseal } from '#shared/identity/engine/sealing.ts';
import {
  checkSecondFactor,
  confirmSecondFactor,
  newSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '#shared/identity/engine/second-factor.ts';
import { newSubjectId } from '#shared/identity/engine/subjects.ts';
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { testKeys } from '#test/fakes/identity-world.ts';
import type { WithSubject } from './subject-world.ts';

export function secondFactors<User extends Subject>(withSubject: WithSubject<User>): void {
  const enrolled = async () => {
    const world = await withSubject();
    const { engine, clock, load, user } = world;
    await startSecondFactor(engine, await load(), 'sari');
    const sealed = (await load()).secondFactor!.secret;
    const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed, context: user.id }), 'base64url');
    const codeNow = () => totpCode(secret, totpStep(clock.now()));
    const recoveryCodes = await confirmSecondFactor(engine, await load(), codeNow());
    clock.advance(90_000);
    const check = async (code: string, appOnly = false) => checkSecondFactor(engine, await load('second-factor'), { code, appOnly });
    return { ...world, codeNow, recoveryCodes: recoveryCodes ?? [], check };
  };

  it('takes a code of the app once, also when it comes twice at once', async () => {
    const { engine, codeNow, load } = await enrolled();
    const loaded = await load('second-factor');
    const code = codeNow();
    const both = await Promise.all([1, 2].map(() => checkSecondFactor(engine, loaded, { code })));
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['right', 'wrong']);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { recoveryCodes, check } = await enrolled();
    const [first = ''] = recoveryCodes;
    expect(await check(first.toLowerCase().replace('-', ' '))).toEqual({ outcome: 'right', how: 'recovery', recoveryCodesLeft: 9 });
    expect(await check(first)).toMatchObject({ outcome: 'wrong' });
    expect(await check(recoveryCodes[1] ?? '', true)).toMatchObject({ outcome: 'wrong' });
  });

  it('takes no former recovery code after they were renewed', async () => {
    const { engine, user, recoveryCodes, check } = await enrolled();
    const [fresh = ''] = await renewRecoveryCodes(engine, user.id);
    expect(await check(recoveryCodes[0] ?? '')).toMatchObject({ outcome: 'wrong' });
    expect(await check(fresh)).toMatchObject({ outcome: 'right' });
  });

  it('makes wrong codes wait, and is not cleared by a right password', async () => {
    const { check, codeNow } = await enrolled();
    for (let count = 0; count < 5; count += 1) expect(await check('0000000000')).toMatchObject({ outcome: 'wrong' });
    expect(await check(codeNow())).toEqual({ outcome: 'locked', seconds: 30 });
  });

  it('takes no right code that is under way while too many wrong ones are counted', async () => {
    const { engine, load, check, codeNow, recoveryCodes } = await enrolled();
    const loaded = await load('second-factor');
    for (let count = 0; count < 5; count += 1) await check('0000000000');
    expect(await checkSecondFactor(engine, loaded, { code: codeNow() })).toMatchObject({ outcome: 'wrong' });
    expect(await checkSecondFactor(engine, loaded, { code: recoveryCodes[0] ?? '' })).toMatchObject({ outcome: 'wrong' });
    expect((await load('second-factor')).before?.here).toMatchObject({ failures: 7 });
  });

  it('asks for no second factor before a first code has shown that the app was set up', async () => {
    const { engine, load, clock } = await withSubject();
    await startSecondFactor(engine, await load(), 'sari');
    expect(await checkSecondFactor(engine, await load('second-factor'), { code: '123456' })).toMatchObject({ outcome: 'wrong' });
    await startSecondFactor(engine, await load(), 'sari');
    expect(await confirmSecondFactor(engine, await load(), 'abcdef')).toBeUndefined();
    expect((await load()).secondFactor?.verified).toBe(false);
    clock.advance(1);
  });

  it('begins no second one beside it', async () => {
    const { engine, load } = await enrolled();
    const again = startSecondFactor(engine, await load(), 'sari');
    await expect(again).rejects.toMatchObject({ code: 'identity.second-factor-present' });
  });

  it('is made together with its subject where the realm wants it', async () => {
    const { engine, clock } = await withSubject();
    const id = newSubjectId(engine);
    const { sealedSecret, uri } = newSecondFactor(engine, { id, label: 'budi' });
    expect(uri).toMatch(/^otpauth:\/\/totp\/XM/);
    const secret = Buffer.from(unseal(testKeys['second-factor'], { sealed: sealedSecret, context: id }), 'base64url');
    expect(totpCode(secret, totpStep(clock.now()))).toMatch(/^\d{6}$/);
    await expect(async () => unseal(testKeys['second-factor'], { sealed: sealedSecret, context: 'another' })).rejects.toThrow(
      /authenticate/,
    );
  });
}
