/**
 * Keys of refunds: the deposit's id and a number, so that the news of a refund says which deposit it is about.
 */
export const refundKeyOf = (depositId: string, number: number): string => `${depositId}-r${number}`;

/** Undefined for a key that is not ours. */
export const depositIdOfRefund = (refundKey: string): string | undefined => /^(dep_[0-9a-z]{22})-r\d{1,3}$/.exec(refundKey)?.[1];
