/**
 * The name on a member's identity card, for whoever has to hold another name against it. It is compared and shown to nobody, so no look is recorded.
 */
import type { CardVault, SealedCards } from './ports.ts';

interface Deps {
  readonly cards: SealedCards;
  readonly vault: Pick<CardVault, 'open'>;
}

/** Undefined unless staff have approved the card: until then it is the member's word. */
export async function nameOnCard({ cards, vault }: Deps, memberId: string): Promise<string | undefined> {
  const card = await cards.get(memberId);
  if (card?.state !== 'approved') return undefined;
  const { fullName } = await vault.open(memberId, card.sealed);
  return fullName;
}
