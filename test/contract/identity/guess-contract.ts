/**
 * What every database of the engine promises about wrong attempts: each network waits for its own, and all of them together stay bounded.
 */
import { expect, it } from 'vitest';
import { countWrong, guessLimits, guessOf } from '#shared/identity/engine/guesses.ts';
import { openCode, tryCode } from '#shared/identity/engine/one-time.ts';
import { checkPassword, openedByPassword } from '#shared/identity/engine/passwords.ts';
import { listSessions, openSession } from '#shared/identity/engine/sessions.ts';
import type { Subject } from '#shared/identity/engine/realm.ts';
import { findSubject } from '#shared/identity/engine/subjects.ts';
import { purpose, type SubjectWorld, type WithSubject } from './subject-world.ts';

const [home, abroad] = ['192.0.2.1', '198.51.100.7'];
const right = 'a long password';

/** What somebody does from an address, by an identifier. */
function by<User extends Subject>({ engine, user }: SubjectWorld<User>, address: string, identifier = 'sari') {
  const guess = guessOf(engine, 'password', { address, identifier });
  const load = () => engine.database.load(user.id, { guess });
  const check = async (password: string) => {
    const { outcome, ...more } = await checkPassword(engine, await load(), password);
    return 'seconds' in more ? `${outcome} ${more.seconds}` : outcome;
  };
  const signIn = async () => {
    const subject = await load();
    if ((await checkPassword(engine, subject, right)).outcome !== 'right') return false;
    const client = { address, userAgent: 'test' };
    return 'opened' in (await openedByPassword(engine, subject, (failures) => openSession(engine, { subject, client, failures })));
  };
  const fail = async (times: number) => {
    for (let count = 0; count < times; count += 1) await countWrong(engine, { id: user.id, guess });
  };
  return { guess, load, check, signIn, fail };
}

/** As many wrong attempts as all places together may make, each from a network of its own. */
async function botnet<User extends Subject>(world: SubjectWorld<User>): Promise<void> {
  for (let count = 0; count < guessLimits.failuresEverywhereMax; count += 1) await by(world, `203.0.${count}.1`).fail(1);
}

export function guesses<User extends Subject>(withSubject: WithSubject<User>): void {
  it('makes wrong passwords wait, longer each time, and forgets them with a right one', async () => {
    const world = await withSubject({ password: right });
    const { check, load, signIn } = by(world, home);
    for (let count = 0; count < 5; count += 1) expect(await check('wrong')).toBe('wrong');
    expect(await check(right)).toBe('locked 30');
    world.clock.advance(30_000);
    expect(await check('wrong')).toBe('wrong');
    expect(await check(right)).toBe('locked 60');
    world.clock.advance(60_000);
    expect(await signIn()).toBe(true);
    expect((await load()).before).toMatchObject({ here: undefined, everywhere: undefined });
  });

  it('does not let one network keep the owner out of another, however long it goes on', async () => {
    const world = await withSubject({ password: right });
    const attacker = by(world, abroad);
    for (let count = 0; count < 110; count += 1) {
      await attacker.check('wrong');
      world.clock.advance(901_000);
    }
    expect(await attacker.check(right)).toMatch(/^locked \d{4,}$/);
    expect(await by(world, home).signIn()).toBe(true);
  });

  it('does not tell by a lock that two identifiers are of one account', async () => {
    const world = await withSubject({ password: right });
    await by(world, abroad, 'sari@example.id').fail(guessLimits.failuresHereMax);
    expect(await by(world, abroad, 'sari@example.id').check('wrong')).toBe('locked 86400');
    expect(await by(world, abroad, 'sari').check('wrong')).toBe('wrong');
  });

  it('takes no right password from where nobody has come in, behind a hundred wrong ones from anywhere, and does not say so', async () => {
    const world = await withSubject({ password: right });
    await by(world, home).signIn();
    await botnet(world);
    expect(await by(world, abroad).check(right)).toBe('wrong');
    expect(await by(world, abroad).check('wrong')).toBe('wrong');
    expect(await by(world, home).signIn()).toBe(true);
    expect(await by(world, abroad).check(right)).toBe('right');
  });

  it('forgets what was wrong a day after the last time', async () => {
    const world = await withSubject({ password: right });
    await botnet(world);
    expect(await by(world, abroad).check(right)).toBe('wrong');
    world.clock.advance(guessLimits.forgottenAfterMs);
    expect(await by(world, abroad).check(right)).toBe('right');
    expect(await world.engine.database.countFailure(world.user.id, by(world, abroad).guess.everywhere, world.clock.now())).toBe(1);
  });

  it('knows a network for ninety days after a sign-in', async () => {
    const world = await withSubject({ password: right });
    await by(world, home).signIn();
    expect((await by(world, home).load()).before?.knownUntilMs).toBe(world.clock.now() + guessLimits.knownMs);
    expect((await by(world, abroad).load()).before?.knownUntilMs).toBe(0);
    world.clock.advance(guessLimits.knownMs);
    await botnet(world);
    expect(await by(world, home).check(right)).toBe('wrong');
  });

  it('forgets all wrong passwords of somebody who has set a new one', async () => {
    const world = await withSubject({ password: right });
    await by(world, home).fail(9);
    await botnet(world);
    await world.engine.database.forgetFailures(world.user.id, 'password');
    expect(await by(world, home).check(right)).toBe('right');
    expect(await by(world, abroad).check(right)).toBe('right');
  });

  it('takes no right password that is under way while too many wrong ones are counted', async () => {
    const world = await withSubject({ password: right });
    const { load, fail } = by(world, home);
    const subject = await load();
    const { engine, user } = world;
    expect(await checkPassword(engine, subject, right)).toEqual({ outcome: 'right' });
    await fail(5);
    const client = { address: home, userAgent: 'test' };
    const opening = await openedByPassword(engine, subject, (failures) => openSession(engine, { subject, client, failures }));
    expect(opening).toMatchObject({ counted: { seconds: 60 } });
    expect(await listSessions(engine, user.id)).toEqual([]);
    expect((await load()).before?.here).toMatchObject({ failures: 6 });
  });

  it('takes every right one of several at once, after wrong ones that need no wait', async () => {
    const world = await withSubject({ password: right });
    const { load, fail, signIn } = by(world, home);
    await fail(4);
    expect(await Promise.all([signIn(), signIn(), signIn()])).toEqual([true, true, true]);
    expect((await load()).before?.here).toBeUndefined();
  });

  it('locks who is not there like who is', async () => {
    const { engine } = await withSubject();
    const id = await findSubject(engine, { field: 'email', value: 'nobody@example.id' });
    const guess = guessOf(engine, 'password', { address: home, identifier: 'nobody@example.id' });
    const attempt = async () => checkPassword(engine, await engine.database.load(id, { guess }), 'wrong');
    for (let count = 0; count < 5; count += 1) expect(await attempt()).toMatchObject({ outcome: 'wrong' });
    expect(await attempt()).toEqual({ outcome: 'locked', seconds: 30 });
  });

  it('takes no sent code any more from a network that got twenty wrong in a day, and takes it from another', async () => {
    const { engine, user } = await withSubject();
    const open = () => openCode(engine, purpose, { subjectId: user.id, data: { to: 'x' } });
    const wrong = async (address: string) => {
      const { challengeId, code } = await open();
      const other = code === '000000' ? '000001' : '000000';
      for (let count = 0; count < 5; count += 1) await tryCode(engine, purpose, { challengeId, code: other, address });
    };
    const isTaken = async (address: string) => (await tryCode(engine, purpose, { ...(await open()), address })).outcome === 'right';
    for (let codes = 0; codes < 8; codes += 1) await wrong(abroad);
    expect([await isTaken(abroad), await isTaken(home)]).toEqual([false, true]);
    for (let network = 1; network < 5; network += 1) for (let codes = 0; codes < 4; codes += 1) await wrong(`203.0.${network}.1`);
    expect(await isTaken(home)).toBe(false);
    await openSession(engine, { subject: await engine.database.load(user.id), client: { address: home, userAgent: 'test' } });
    expect([await isTaken(abroad), await isTaken(home)]).toEqual([false, true]);
  });
}
