import { describe, expect, it } from 'vitest';
import { midtransReport } from '#shared/payments/midtrans-report.ts';
import { reportLimits } from '#shared/payments/report.ts';
import { csvBytesMax, wrongIn } from '../../../web/backoffice/src/wallet/runs/report-file.ts';
import { runTexts } from '../../../web/backoffice/src/wallet/runs/text.ts';

const head = 'Order ID,Transaction ID,Transaction status,Amount,Settlement time';

/** What the page says of a file that the API cannot read. */
function saidOf(csv: string): string | undefined {
  const read = midtransReport(csv);
  if (!('problem' in read)) throw new Error('It can be read.');
  const detail = `Line ${read.problem.line}: ${read.problem.detail}`;
  return wrongIn({ code: 'reconciliation.report-unreadable', detail }, runTexts.en.wrong);
}

describe("an export of Midtrans' dashboard", () => {
  it('may be as large as the API takes it', () => {
    expect(csvBytesMax).toBe(reportLimits.csvBytesMax);
  });

  it('is told what is wrong with it in the words of the page, whatever the API finds', () => {
    expect(saidOf('a,b\n1,2')).toBe('The column “Order ID” is missing. Export all columns.');
    expect(saidOf(`${head}\ndep_1,tx-1,settlement,1.5,2026-11-20 11:00:00`)).toBe('Line 2: id, amount or settlement time cannot be read.');
    expect(saidOf(`${head}\n${'x,,,,\n'.repeat(reportLimits.linesMax + 1)}`)).toBe('It has too many lines. Export a shorter time.');
  });

  it('is not spoken of when something else went wrong', () => {
    expect(wrongIn({ code: 'request.invalid', detail: 'No.' }, runTexts.en.wrong)).toBeUndefined();
  });
});
