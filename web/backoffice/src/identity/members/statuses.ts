import type { MemberDetail } from './member-source.ts';

/** In the order of their filter. The API's own list would bring its schemas with it. */
export const membershipStatuses = [
  'basic',
  'verified',
  'premium',
  'suspended',
  'banned',
  'deleted',
] as const satisfies readonly MemberDetail['status'][];
