/**
 * Where a token of a head ends and what it is made of, in one pass over its characters.
 */
import { classOf, CLOSE_BRACKET, classBits, isWordCharacter, OPEN_BRACKET } from './characters.ts';

/** Characters of a token without a `=`. */
const tokenCharactersMax = 200;

export interface TokenShape {
  /** One past its last character. */
  end: number;
  /** A digit or sign stands in it that prose has no use for inside a word. */
  structured: boolean;
  /** Its first `=`, -1 without one. */
  equalsAt: number;
  /** It is too long to be read. */
  tooLong: boolean;
}

const shape: TokenShape = { end: 0, structured: false, equalsAt: -1, tooLong: false };

const ends = classBits.blank | classBits.pipe;
const noticed = ends | classBits.mark | classBits.digit | classBits.joint | classBits.bracket | classBits.equals;

/** The shape of the token at `at`: it goes on to a blank, a pipe, or a bracket that closes more than it opened. Valid until the next call. */
export function tokenShape(text: string, at: number): TokenShape {
  shape.structured = false;
  shape.equalsAt = -1;
  shape.tooLong = false;
  const limit = Math.min(text.length, at + tokenCharactersMax);
  let bracketed = false;
  let end = at;
  for (; end < limit; end += 1) {
    const code = text.charCodeAt(end);
    const bits = classOf(code);
    if ((bits & noticed) === 0) continue;
    if ((bits & ends) !== 0 || (code === CLOSE_BRACKET && !bracketed)) break;
    bracketed ||= code === OPEN_BRACKET;
    if ((bits & classBits.equals) !== 0) {
      shape.equalsAt = end;
      break;
    }
    shape.structured ||= (bits & (classBits.mark | classBits.digit)) !== 0 || isWordCharacter(text.charCodeAt(end + 1));
  }
  shape.end = end;
  shape.tooLong = end === at + tokenCharactersMax;
  return shape;
}
