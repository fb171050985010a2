import type { Exception } from './exception-source.ts';

/** In the order of their filter. The API's own list would bring its schemas with it. */
export const exceptionKinds = [
  'missing-here',
  'missing-there',
  'amount-differs',
  'paid-twice',
  'late',
  'unclear',
] as const satisfies readonly Exception['kind'][];

/** Where money comes in and goes out, as the books name it. */
export const gateways = ['midtrans', 'xendit', 'iris'] as const;
