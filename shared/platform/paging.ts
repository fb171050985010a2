/**
 * Lists that go on: a page and an opaque cursor to the next one.
 */
import * as z from 'zod';
import { requestFault } from './request-faults.ts';

const pageLimits = { limitDefault: 50, limitMax: 200, cursorCharactersMax: 1_024 } as const;

/** Query parameters of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(pageLimits.limitMax)
    .default(pageLimits.limitDefault)
    .meta({ description: `Entries of a page, at most ${pageLimits.limitMax}.` }),
  cursor: z.string().max(pageLimits.cursorCharactersMax).optional().meta({ description: '`nextCursor` of the page before, unchanged.' }),
};

/** Of every list's answer. */
export const nextCursor = z.string().nullable().meta({ description: 'For the next page; null behind the last.' });

/** Of the answer of a list that is looked for. */
export const partial = z.boolean().meta({
  description: 'True when the search stopped before the page was full, to stay within its bounds; the cursor goes on from there.',
});

/**
 * Cursors of one list. A cursor carries the list's name and its position; it grants nothing, so it is checked and not signed:
 * one that was cut, edited or made for another list is refused as `request.cursor-invalid`.
 */
export function cursorOf<Position>(list: string, position: z.ZodType<Position>) {
  const envelope = z.tuple([z.literal(list), position]);
  return {
    encode: (value: Position): string => Buffer.from(JSON.stringify([list, value])).toString('base64url'),
    decode(text: string): Position {
      const parsed = envelope.safeParse(jsonOf(text));
      if (!parsed.success)
        throw requestFault('request.cursor-invalid', { errors: [{ pointer: '/query/cursor', detail: 'Not a cursor of this list.' }] });
      return parsed.data[1];
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
