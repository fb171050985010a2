/**
 * What every database of the engine promises about codes and tickets: each is good once, for what it was made for.
 */
import { expect, it } from 'vitest';
import { openCode, openTicket, tryCode, tryTicket, useUp, useUpNow } from '#shared/identity/engine/one-time.ts';
import type { Subject } from '#shared/identity/engine/realm.ts';
import type { EngineWorld } from '#test/fakes/identity-world.ts';
import { client, purpose, type WithSubject } from './subject-world.ts';

export function oneTimes<User extends Subject>(withSubject: WithSubject<User>): void {
  it('uses a code up once, however many use it at once', async () => {
    const { engine } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'sari@example.id' } });
    const proven = await provenBy(engine, { challengeId, code });
    expect(proven?.data).toEqual({ to: 'sari@example.id' });
    const uses = await Promise.all(Array.from({ length: 10 }, () => useUpNow(engine, proven!)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
    await expect(engine.transact((inside) => useUp(inside, proven!))).rejects.toMatchObject({ reason: 'changed', model: 'verification' });
  });

  it('takes five attempts at a code, also when they come at once', async () => {
    const { engine } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'x' } });
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 5 }, () => provenBy(engine, { challengeId, code: wrong })));
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
  });

  it('takes no code that has expired, was made for something else, or opens nothing', async () => {
    const { engine, clock } = await withSubject();
    const { challengeId, code } = await openCode(engine, purpose, { subjectId: 'nobody-1', data: { to: 'x' } });
    expect(await provenBy(engine, { challengeId, code }, 'another')).toBeUndefined();
    clock.advance(600_000);
    expect(await provenBy(engine, { challengeId, code })).toBeUndefined();
    const nothing = await openCode(engine, purpose, { subjectId: 'nobody-1', data: undefined });
    expect(await provenBy(engine, nothing)).toBeUndefined();
  });

  it('takes a ticket as it was given, and no other', async () => {
    const { engine } = await withSubject();
    const { ticket } = await openTicket(engine, purpose, { data: { to: 'x' } });
    expect(await tryTicket(engine, purpose, `${ticket}x`)).toBeUndefined();
    expect((await tryTicket(engine, purpose, ticket))?.data).toEqual({ to: 'x' });
  });
}

async function provenBy<User extends Subject>(
  engine: EngineWorld<User>['engine'],
  given: { readonly challengeId: string; readonly code: string },
  name = purpose.name,
) {
  const tried = await tryCode(engine, { ...purpose, name }, { ...given, address: client.address });
  return tried.outcome === 'right' ? tried.proven : undefined;
}
