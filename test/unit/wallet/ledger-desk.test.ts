import { describe, expect, it } from 'vitest';
import { ownerOf } from '#shared/wallet/account.ts';
import { depositSchema } from '#shared/wallet/deposits/deposit.ts';
import { listBooks } from '#shared/wallet/ledger-desk/read-ledger.ts';
import type { PostingRecord } from '#shared/wallet/posting.ts';
import { payoutChannels } from '#shared/wallet/withdrawals/withdrawal.ts';
import { WalletSimulation } from '#test/fakes/wallet-simulation.ts';
import { liveThrough } from '#test/fakes/wallet-simulation-acts.ts';

type Kind = PostingRecord['kind'];

/** What the wallet books. Transfers between members, fees by themselves and corrections are the ledger's to offer, and nothing of the wallet makes one. */
const everyKind: readonly Kind[] = ['deposit', 'hold', 'refund', 'release', 'reversal', 'withdrawal', 'withdrawal-return'];
/** Lives that are lived until each kind was booked; a handful is enough. */
const seedsMax = 40;
const actsPerLife = 200;

/** Everything that a life of the wallet has booked. */
async function livedThrough(seed: number) {
  const simulation = new WalletSimulation(seed);
  await simulation.fund();
  await liveThrough(simulation, actsPerLife);
  const { ledger, links } = simulation.audit();
  const postings: PostingRecord[] = [];
  for await (const page of links.journal())
    postings.push(...page.flatMap((link) => (link.what === 'posting' && link.content !== undefined ? [link.content] : [])));
  return { ledger, postings };
}

describe('the books that the desk is shown', () => {
  it('are all that a wallet in use has booked on, and with the members come to nothing', async () => {
    const kinds = new Set<Kind>();
    const isMissing = (kind: Kind): boolean => !kinds.has(kind);
    for (let seed = 1; seed <= seedsMax && everyKind.some(isMissing); seed += 1) {
      const { ledger, postings } = await livedThrough(seed);
      for (const { kind } of postings) kinds.add(kind);
      const used = new Set(postings.flatMap(({ lines }) => lines.map(({ account }) => account)));
      const { books } = await listBooks({ ledger });
      const shown = new Set(books.flatMap(({ accounts }) => accounts));
      const members = [...used].filter((account) => ownerOf(account) !== null);
      expect([...used].filter((account) => !shown.has(account))).toEqual(members);
      const ofMembers = await Promise.all(members.map((account) => ledger.balanceOf(account)));
      const balances = [...books.map(({ postedRupiah }) => postedRupiah), ...ofMembers.map(({ posted }) => posted)];
      expect(balances.reduce((sum, rupiah) => sum + rupiah, 0)).toBe(0);
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
