/**
 * Charges of the sandbox: one model for both gateways, and what can become of it. Anything may happen to a charge at any time, as at
 * the real ones: money comes late and twice, and goes again.
 */
export interface SandboxCharge {
  /** Of the gateway. */
  readonly id: string;
  /** Of the merchant: the deposit's. */
  readonly reference: string;
  readonly gateway: 'midtrans' | 'xendit';
  readonly amountRupiah: number;
  /** Midtrans' payment type and Xendit's channel. */
  readonly channel: string;
  readonly bank: string | null;
  /** What the member is shown: a QR payload, an account number, an address. */
  readonly code: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly status: 'open' | 'expired' | 'cancelled' | 'failed';
  readonly payments: readonly SandboxPayment[];
  readonly refunds: readonly SandboxRefund[];
  readonly takenBack: 'denied' | 'chargeback' | null;
  readonly updatedMs: number;
}

export interface SandboxPayment {
  readonly id: string;
  readonly amountRupiah: number;
  readonly atMs: number;
}

export interface SandboxRefund {
  readonly id: string;
  readonly key: string;
  readonly amountRupiah: number;
  readonly createdMs: number;
  readonly confirmedMs: number | null;
}

export const wasPaid = ({ payments }: SandboxCharge): boolean => payments.length > 0;

export const paidRupiah = ({ payments }: SandboxCharge): number => payments.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);

export const refundedRupiah = ({ refunds }: SandboxCharge): number => refunds.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);

/** Whether it still waits for its first payment. */
export const isOpen = (charge: SandboxCharge): boolean => charge.status === 'open' && !wasPaid(charge);

/** Virtual accounts: money cannot go back the way it came. */
export const isRefundable = ({ channel, bank }: SandboxCharge): boolean => bank === null && channel !== 'echannel';
