/**
 * Holds a gateway's report against what was booked. Pure: what differs is found, and nothing is put right.
 */
import type { ReportLine } from '#shared/payments/report.ts';
import { kindOf } from '../account.ts';
import { sumRupiah } from '../amount.ts';
import type { PostingRecord } from '../posting.ts';
import type { Finding } from './exception.ts';

export interface Comparison {
  readonly gateway: string;
  readonly lines: readonly ReportLine[];
  /** What was booked for each line, in their order. */
  readonly booked: readonly (PostingRecord | undefined)[];
  /** Everything that was booked on the day with a claim on this gateway. */
  readonly ofDay: readonly PostingRecord[];
}

export function matchReport({ gateway, lines, booked, ofDay }: Comparison): Finding[] {
  const findings = lines.flatMap((line, place) => lineFinding(gateway, line, booked[place]));
  return [...findings, ...twice(gateway, lines), ...missingThere({ gateway, lines, ofDay })];
}

function lineFinding(gateway: string, line: ReportLine, record: PostingRecord | undefined): Finding[] {
  const { what, gatewayId, reference, amountRupiah } = line;
  const about = { gateway, reference, gatewayReference: gatewayId, gatewayAmountRupiah: amountRupiah };
  if (record === undefined) return [{ ...about, kind: 'missing-here', detail: `The gateway reports a ${what} that is not booked.` }];
  const ours = bookedRupiah(record);
  if (ours === amountRupiah) return [];
  return [{ ...about, kind: 'amount-differs', amountRupiah: ours, detail: `Another amount was booked as ${record.id}.` }];
}

/** A charge of ours is made to be paid once. */
function twice(gateway: string, lines: readonly ReportLine[]): Finding[] {
  const payments = lines.filter(({ what, reference }) => what === 'payment' && reference !== null);
  return [...Map.groupBy(payments, ({ reference }) => reference)].flatMap(([reference, paid]) =>
    paid
      .toSorted((one, other) => one.atMs - other.atMs)
      .slice(1)
      .map(({ gatewayId, amountRupiah }) => ({
        kind: 'paid-twice' as const,
        gateway,
        reference,
        gatewayReference: gatewayId,
        gatewayAmountRupiah: amountRupiah,
        detail: `It was paid ${paid.length} times.`,
      })),
  );
}

function missingThere({ gateway, lines, ofDay }: Omit<Comparison, 'booked'>): Finding[] {
  const reported = new Set(lines.map(({ gatewayId }) => gatewayId));
  return ofDay.flatMap((record) => {
    const { claim, reference, id } = record;
    const isReported = claim === null || claim.gateway !== gateway || !['CREDIT', 'PAYOUT'].includes(claim.kind);
    if (isReported || reported.has(claim.transactionId)) return [];
    return [
      {
        kind: 'missing-there' as const,
        gateway,
        reference,
        gatewayReference: claim.transactionId,
        amountRupiah: bookedRupiah(record),
        detail: `It was booked as ${id}, and the gateway's report does not have it.`,
      },
    ];
  });
}

/** What moved at the gateway, whichever way. */
function bookedRupiah({ lines }: Pick<PostingRecord, 'lines'>): number {
  const there = lines.filter(({ account }) => ['clearing', 'payouts'].includes(kindOf(account)));
  return Math.abs(sumRupiah(there.map(({ amountRupiah }) => amountRupiah)));
}
