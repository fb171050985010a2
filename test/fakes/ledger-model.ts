/**
 * The ledger as a child would keep it: a few maps, one thing after another. What it says is what the real one has to say.
 */
import type { LedgerOutcome } from '#shared/wallet/ports.ts';
import type { DatedLimits } from '#shared/wallet/wallet-limits.ts';
import type { Use } from './ledger-simulation.ts';

type Said = 'written' | 'repeated' | 'id-taken' | Extract<LedgerOutcome, { state: 'refused' }>['refusal']['reason'];

/** Low enough for a handful of uses to reach. */
export const modelLimits: readonly DatedLimits[] = [
  {
    validFrom: '2020-01-01T00:00:00.000Z',
    levels: {
      unverified: { balanceRupiahMax: 30_000, incomingRupiahPerMonthMax: 60_000 },
      verified: { balanceRupiahMax: 30_000, incomingRupiahPerMonthMax: 60_000 },
    },
    source: 'for tests',
  },
];
const { balanceRupiahMax, incomingRupiahPerMonthMax } = modelLimits[0]!.levels.verified;

export class LedgerModel {
  private readonly accounts = [0, 1, 2].map(() => ({ posted: 0, held: 0, incoming: 0 }));
  private readonly bodies = new Map<string, string>();
  private readonly holds = new Map<string, { amount: number; state: 'held' | 'settled' | 'released' }>();

  available(member: number): number {
    const { posted, held } = this.at(member);
    return posted - held;
  }

  /** How many uses changed anything. */
  size = (): number => this.bodies.size;

  posted = (member: number): number => this.at(member).posted;

  /** Does a use, and says what comes of it. */
  does(use: Use): Said {
    const id = `${use.does} ${use.number}`;
    const body = use.does === 'release' ? String(use.member) : `${use.member} ${use.amount}`;
    const former = this.bodies.get(id);
    if (former !== undefined) return former === body ? 'repeated' : 'id-taken';
    const said = this[use.does](use);
    if (said === 'written') this.bodies.set(id, body);
    return said;
  }

  private at(member: number) {
    return this.accounts[member % this.accounts.length]!;
  }

  private deposit({ member, amount }: Use): Said {
    const refused = this.roomFor(member, amount);
    if (refused !== undefined) return refused;
    this.credit(member, amount);
    return 'written';
  }

  private transfer({ member, amount }: Use): Said {
    if (this.available(member) < amount) return 'insufficient';
    const refused = this.roomFor(member + 1, amount);
    if (refused !== undefined) return refused;
    this.at(member).posted -= amount;
    this.credit(member + 1, amount);
    return 'written';
  }

  private reversal({ member, amount }: Use): Said {
    this.at(member).posted -= amount;
    return 'written';
  }

  private hold({ member, amount, number }: Use): Said {
    if (this.available(member) < amount) return 'insufficient';
    this.at(member).held += amount;
    this.holds.set(`${member} ${number}`, { amount, state: 'held' });
    return 'written';
  }

  private settle(use: Use): Said {
    const hold = this.holds.get(`${use.member} ${use.number}`);
    if (hold?.state !== 'held') return hold === undefined ? 'hold-unknown' : `hold-${hold.state}`;
    if (hold.amount !== use.amount) return 'hold-differs';
    hold.state = 'settled';
    this.at(use.member).held -= hold.amount;
    this.at(use.member).posted -= hold.amount;
    return 'written';
  }

  private release({ member, number }: Use): Said {
    const hold = this.holds.get(`${member} ${number}`);
    if (hold?.state !== 'held') return hold === undefined ? 'hold-unknown' : `hold-${hold.state}`;
    hold.state = 'released';
    this.at(member).held -= hold.amount;
    return 'written';
  }

  private roomFor(member: number, amount: number): Said | undefined {
    const { posted, incoming } = this.at(member);
    if (posted + amount > balanceRupiahMax) return 'balance-limit';
    return incoming + amount > incomingRupiahPerMonthMax ? 'incoming-limit' : undefined;
  }

  private credit(member: number, amount: number): void {
    this.at(member).posted += amount;
    this.at(member).incoming += amount;
  }
}
