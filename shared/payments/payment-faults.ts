import { defineFaults, Fault, type FaultCatalogue } from '#shared/platform/fault.ts';

/** What can go wrong between this house and a gateway. Refusals of a gateway are outcomes, not faults. */
export const paymentFaultCatalogue = {
  'payments.gateway-unavailable': {
    kind: 'unavailable',
    publicMessage: 'The payment service cannot be reached.',
    remedy: 'Nothing has been done. Try again in a while, or choose another method.',
  },
  'payments.outcome-unknown': {
    kind: 'unavailable',
    publicMessage: 'The payment service did not answer in time.',
    remedy: 'It may have been done. Look at its state before trying again.',
  },
  'payments.answer-wrong': {
    kind: 'unavailable',
    publicMessage: 'The payment service gave an answer that does not fit.',
    remedy: 'It may have been done. Look at its state before trying again; tell support when it stays so.',
  },
} as const satisfies FaultCatalogue;

export const paymentFault = defineFaults(paymentFaultCatalogue);

export type PaymentFaultCode = keyof typeof paymentFaultCatalogue;

/** Whether a change may have been carried out although it ended in this. */
export function mayHaveHappened(error: unknown): boolean {
  return !(error instanceof Fault) || error.code !== ('payments.gateway-unavailable' satisfies PaymentFaultCode);
}
