import { describe, expect, it } from 'vitest';
import { ownerOf } from '#shared/wallet/account.ts';
import { depositSchema } from '#shared/wallet/deposits/deposit.ts';
import { listBooks } from '#shared/wallet/ledger-desk/read-ledger.ts';
import type { PostingRecord } from '#shared/wallet/posting.ts';
import { payoutChannels } from '#shared/wallet/withdrawals/withdrawal.ts';
import { WalletSimulation } from '#test/fakes/wallet-simulation.ts';
import { liveThrough } from '#test/fakes/wallet-simulation-acts.ts';

/** What the wallet books. Transfers between members, fees by themselves and corrections are the ledger's to offer, and nothing of the wallet makes one. */
const everyKind: readonly PostingRecord['kind'][] = ['deposit', 'hold', 'refund', 'release', 'reversal', 'withdrawal', 'withdrawal-return'];
/** Lives that are lived until each kind was booked; a handful is enough. */
const seedsMax = 40;
const actsPerLife = 200;

describe('the books that the desk is shown', () => {
  it('are all that a wallet in use has booked on, and with the members come to nothing', async () => {
    const kinds = new Set<PostingRecord['kind']>();
    const isMissing = (kind: PostingRecord['kind']): boolean => !kinds.has(kind);
    for (let seed = 1; seed <= seedsMax && everyKind.some(isMissing); seed += 1) {
      const simulation = new WalletSimulation(seed);
      await simulation.fund();
      await liveThrough(simulation, actsPerLife);
      const { ledger, links } = simulation.audit();
      const { books } = await listBooks({ ledger });
      const shown = new Set(books.flatMap(({ accounts }) => accounts));
      let sum = books.reduce((total, { postedRupiah }) => total + postedRupiah, 0);
      const members = new Set<string>();
      const hidden: string[] = [];
      for await (const page of links.journal())
        for (const link of page) {
          if (link.what !== 'posting' || link.content === undefined) continue;
          const { kind, lines } = link.content;
          kinds.add(kind);
          for (const { account } of lines) {
            if (ownerOf(account) !== null) members.add(account);
            else if (!shown.has(account)) hidden.push(`${kind} on ${account}`);
          }
        }
      for (const account of members) sum += (await ledger.balanceOf(account)).posted;
      expect([hidden, sum]).toEqual([[], 0]);
    }
    expect(everyKind.filter(isMissing)).toEqual([]);
  });

  it('are one for each place at which a deposit can come in, and one for each at which a withdrawal can go out', async () => {
    const { books } = await listBooks({ ledger: new WalletSimulation(1).audit().ledger });
    const names = books.map(({ book }) => book);
    for (const gateway of depositSchema.shape.gateway.options) expect(names).toContain(`clearing:${gateway}`);
    for (const channel of payoutChannels) expect(names).toContain(`payouts:${channel}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
