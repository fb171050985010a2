/**
 * The wallet as a whole, in thousands of orders of events, with failures and deaths anywhere.
 *
 * `WALLET_SIMULATION_SEED=123 npx vitest run wallet-simulation` replays one; `WALLET_SIMULATION_RUNS=20000` looks longer.
 */
import { describe, expect, it } from 'vitest';
import { WalletSimulation } from '#test/fakes/wallet-simulation.ts';
import { liveThrough } from '#test/fakes/wallet-simulation-acts.ts';
import { bringToAnEnd } from '#test/fakes/wallet-simulation-end.ts';
import { depositsOf, expectKept, withdrawalsOf } from '#test/fakes/wallet-simulation-checks.ts';

const { WALLET_SIMULATION_SEED: replayed, WALLET_SIMULATION_RUNS: wished } = process.env;
const batches = 4;
const runsPerBatch = Math.ceil(Number(wished ?? 1_000) / batches);
const actsPerRun = 60;

/** What happened, over all runs. */
const tally = new Map<string, number>();
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** Lives through one seed and holds it against every promise. */
async function lived(seed: number): Promise<WalletSimulation> {
  const simulation = new WalletSimulation(seed);
  try {
    await liveThrough(simulation, actsPerRun);
    await bringToAnEnd(simulation);
    await expectKept(simulation);
  } catch (error) {
    throw new Error(`A promise is broken. To see it again: WALLET_SIMULATION_SEED=${seed} npx vitest run wallet-simulation`, {
      cause: error,
    });
  }
  tell(simulation);
  return simulation;
}

function tell(simulation: WalletSimulation): void {
  for (const { status, refunds, unclearReversal } of depositsOf(simulation)) {
    count(`deposit ${status}`);
    for (const { state, tries } of refunds) count(`refund ${state}${tries > 0 ? ' after another look' : ''}`);
    if (unclearReversal !== null) count('unclear reversal');
  }
  for (const { state } of withdrawalsOf(simulation)) count(`withdrawal ${state}`);
  for (const [end, times] of Object.entries(simulation.ends)) if (times > 0) count(end);
}

describe.runIf(replayed !== undefined)('a wallet, once more', () => {
  it(`keeps every promise with the seed ${replayed}`, async () => {
    const { ends } = await lived(Number(replayed));
    expect(ends.done + ends.died + ends.failed).toBeGreaterThan(0);
  }, 600_000);
});

describe.runIf(replayed === undefined)('a wallet that everybody uses at once, whose processes die anywhere', () => {
  it.each(Array.from({ length: batches }, (_, batch) => batch))(
    'keeps every promise in every order of events (batch %i)',
    async (batch) => {
      const first = (Math.floor(Date.now() / 1_000) % 100_000) * 20_000 + batch * runsPerBatch;
      let done = 0;
      for (let run = 0; run < runsPerBatch; run += 1) done += (await lived(first + run)).ends.done;
      // A single run may be deaths alone; all of them together are not.
      expect(done).toBeGreaterThan(5 * runsPerBatch);
    },
    // A hundred runs take three seconds of a core.
    Math.max(600_000, runsPerBatch * 200),
  );

  it.runIf(runsPerBatch * batches >= 1_000)('was about something: every end came, and processes died and failed', () => {
    const ends = [
      'done',
      'died',
      'failed',
      ...['paid', 'paid_late', 'expired', 'cancelled', 'failed', 'reversed', 'refunded'].map((status) => `deposit ${status}`),
      ...['confirmed', 'failed', 'confirmed after another look', 'failed after another look'].map((state) => `refund ${state}`),
      'unclear reversal',
      ...['completed', 'failed', 'reversed', 'rejected', 'cancelled'].map((state) => `withdrawal ${state}`),
    ];
    expect(ends.filter((what) => !tally.has(what))).toEqual([]);
  });
});
