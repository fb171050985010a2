/**
 * What the API answers below /api/pay.
 */
export type DepositStatus = 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';

export type Method =
  | 'qris'
  | `va-${'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb'}`
  | `ewallet-${'gopay' | 'ovo' | 'dana' | 'shopeepay'}`
  | 'manual-transfer';

export type Bank = 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';

export type Instructions =
  | { readonly kind: 'qr'; readonly qrPayload: string }
  | { readonly kind: 'qr-image'; readonly imageUrl: string }
  | { readonly kind: 'virtual-account'; readonly bank: Bank; readonly vaNumber: string }
  | { readonly kind: 'bill'; readonly bank: Bank; readonly billKey: string; readonly billerCode: string }
  | { readonly kind: 'redirect'; readonly webUrl: string | null; readonly deeplinkUrl: string | null; readonly qrPayload: string | null }
  | { readonly kind: 'push' }
  | { readonly kind: 'bank-transfer'; readonly bank: Bank; readonly accountNumber: string; readonly accountName: string };

export interface Deposit {
  readonly id: string;
  readonly status: DepositStatus;
  readonly method: Method;
  readonly amountRupiah: number;
  readonly uniqueCode: number | null;
  readonly totalRupiah: number;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
  readonly instructions: Instructions | null;
  readonly creditedRupiah: number;
  readonly refundedRupiah: number;
  readonly isUnderReview: boolean;
}

export interface MethodOffer {
  readonly method: Method;
  readonly amountRupiahMin: number;
  readonly amountRupiahMax: number;
}

export interface Session {
  readonly serverTime: string;
  readonly locale: 'id' | 'en';
  /** The one deposit that the link is for; null for all of the member's. */
  readonly depositId: string | null;
  readonly methods: readonly MethodOffer[];
  readonly roomRupiah: number;
}

export interface DepositList {
  readonly serverTime: string;
  readonly deposits: readonly Deposit[];
  readonly nextCursor: string | null;
}
