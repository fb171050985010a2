/**
 * QRIS: the payload of Indonesia's payment codes, which is EMVCo's merchant-presented mode. Fields of two digits of id, two of length,
 * and a value; the last is a checksum over all before it. Fields are found by id: real codes put the amount after the postal code.
 * EMVCo, QR Code Specification for Payment Systems: Merchant-Presented Mode, 1.1
 */
import { amountRupiahSchema, rupiahOf } from './amount.ts';
import { paymentLimits } from './payment-limits.ts';

interface QrisField {
  /** Two digits. */
  readonly id: string;
  readonly value: string;
}

export interface Qris {
  readonly fields: readonly QrisField[];
  /** Made for one payment; a static code hangs at the till. */
  readonly isDynamic: boolean;
  /** Null when the payer types it. */
  readonly amountRupiah: number | null;
  readonly merchantName: string;
  readonly city: string;
  /** The bill number or reference label, where there is one. */
  readonly reference: string | null;
}

export interface QrisRequest {
  /** The acquirer's reverse domain, such as `ID.CO.BANK.WWW`, and the merchant's account with it. */
  readonly acquirer: string;
  readonly merchantAccount: string;
  /** National merchant id, 15 characters. */
  readonly nmid: string;
  /** Cut to 25 and 15 characters. */
  readonly merchantName: string;
  readonly city: string;
  /** Null makes a static code. */
  readonly amountRupiah: number | null;
  /** At most 25 characters; what the payer's bank passes on. */
  readonly reference: string | null;
}

const ids = {
  format: '00',
  initiation: '01',
  acquirer: '26',
  national: '51',
  category: '52',
  currency: '53',
  amount: '54',
  country: '58',
  name: '59',
  city: '60',
  additional: '62',
  checksum: '63',
} as const;

const rupiahCurrency = '360';
const checksumHead = `${ids.checksum}04`;

/** Undefined for everything that is no valid QRIS code in rupiah: never throws. */
export function parseQris(payload: string): Qris | undefined {
  if (payload.length > paymentLimits.qrisCharactersMax || !/^[\x20-\x7e]+$/.test(payload)) return undefined;
  const fields = hasChecksum(payload) ? fieldsIn(payload) : undefined;
  const amountRupiah = fields === undefined ? undefined : amountIn(fields);
  if (fields === undefined || amountRupiah === undefined || !isRupiah(fields)) return undefined;
  return {
    fields,
    isDynamic: valueOf(fields, ids.initiation) === '12',
    amountRupiah,
    merchantName: valueOf(fields, ids.name) ?? '',
    city: valueOf(fields, ids.city) ?? '',
    reference: referenceIn(fields),
  };
}

function hasChecksum(payload: string): boolean {
  return payload.slice(-8, -4) === checksumHead && payload.slice(-4).toUpperCase() === crc16(payload.slice(0, -4));
}

function isRupiah(fields: readonly QrisField[]): boolean {
  return fields[0]?.id === ids.format && valueOf(fields, ids.currency) === rupiahCurrency && valueOf(fields, ids.country) === 'ID';
}

/** Null when the payer types it, undefined when it is none in rupiah. */
function amountIn(fields: readonly QrisField[]): number | null | undefined {
  const amount = valueOf(fields, ids.amount);
  return amount === undefined ? null : rupiahOf(amount) || undefined;
}

/** Bill number (01) or reference label (05) of the additional data; which other fields are in there differs by acquirer. */
function referenceIn(fields: readonly QrisField[]): string | null {
  const additional = fieldsIn(valueOf(fields, ids.additional) ?? '') ?? [];
  return valueOf(additional, '01') ?? valueOf(additional, '05') ?? null;
}

const valueOf = (fields: readonly QrisField[], id: string): string | undefined => fields.find((field) => field.id === id)?.value;

/** Undefined when the fields do not end where the text does, or one comes twice. */
function fieldsIn(text: string): QrisField[] | undefined {
  const fields = new Map<string, QrisField>();
  let at = 0;
  while (at < text.length) {
    const head = /^(\d\d)(\d\d)$/.exec(text.slice(at, at + 4));
    const [, id = '', length = ''] = head ?? [];
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (head === null || value.length !== Number(length) || fields.has(id) || fields.size >= paymentLimits.qrisFieldsMax) return undefined;
    fields.set(id, { id, value });
    at += 4 + value.length;
  }
  return [...fields.values()];
}

/** Throws a `RangeError` for what does not fit a code: an amount out of bounds, a field longer than 99 or out of printable ASCII. */
export function makeQris(request: QrisRequest): string {
  const { acquirer, merchantAccount, nmid, merchantName, city, amountRupiah, reference } = request;
  const fields: QrisField[] = [
    { id: ids.format, value: '01' },
    { id: ids.initiation, value: amountRupiah === null ? '11' : '12' },
    { id: ids.acquirer, value: textOf(['00', acquirer], ['01', merchantAccount], ['03', 'UMI']) },
    { id: ids.national, value: textOf(['00', 'ID.CO.QRIS.WWW'], ['02', nmid], ['03', 'UMI']) },
    // Stored value, of which topping up is a part.
    { id: ids.category, value: '6540' },
    { id: ids.currency, value: rupiahCurrency },
    ...amountFields(amountRupiah),
    { id: ids.country, value: 'ID' },
    { id: ids.name, value: merchantName.slice(0, 25) },
    { id: ids.city, value: city.slice(0, 15) },
    ...(reference === null ? [] : [{ id: ids.additional, value: textOf(['05', reference.slice(0, 25)]) }]),
  ];
  return sealed(fields);
}

/** A static code of a merchant as one for this amount alone. Undefined when it is no valid code. */
export function withAmount(staticPayload: string, amountRupiah: number): string | undefined {
  const fields = parseQris(staticPayload)?.fields;
  if (fields === undefined) return undefined;
  const replaced: ReadonlySet<string> = new Set([ids.format, ids.initiation, ids.amount, ids.checksum]);
  const others = fields.filter(({ id }) => !replaced.has(id));
  return sealed([{ id: ids.format, value: '01' }, { id: ids.initiation, value: '12' }, ...amountFields(amountRupiah), ...others]);
}

function amountFields(amountRupiah: number | null): QrisField[] {
  if (amountRupiah === null) return [];
  if (!amountRupiahSchema.safeParse(amountRupiah).success) throw new RangeError(`${amountRupiah} is no amount for a code`);
  return [{ id: ids.amount, value: String(amountRupiah) }];
}

function sealed(fields: readonly QrisField[]): string {
  const body = `${textOf(...fields.map(({ id, value }) => [id, value] as const))}${checksumHead}`;
  const payload = `${body}${crc16(body)}`;
  if (payload.length > paymentLimits.qrisCharactersMax) throw new RangeError('too long for a code');
  return payload;
}

function textOf(...fields: readonly (readonly [id: string, value: string])[]): string {
  return fields.map(([id, value]) => `${id}${String(lengthOf(id, value)).padStart(2, '0')}${value}`).join('');
}

function lengthOf(id: string, value: string): number {
  if (value.length > 99 || !/^[\x20-\x7e]+$/.test(value)) throw new RangeError(`field ${id} of a code takes 1 to 99 printable characters`);
  return value.length;
}

/** CRC-16/CCITT-FALSE, four capital hexadecimal digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
