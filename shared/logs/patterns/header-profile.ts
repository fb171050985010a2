/**
 * Where the messages of one file begin. Lines of one file share how their headers are built, so the profile learns from a sample of them: how
 * often each kind of field follows the fields before it. A field belongs to the header when nearly all lines have it there; levels and times
 * need less, free text ends it. The same sample, in any order, gives the same profile.
 */
import { BLANK, characterKinds } from './character-kinds.ts';
import { BAR, BRACKETED, DASH, DOTTED, HeaderFields, LEVEL, NAME, NUMBER, PROSE, TAG, TIME, WORD } from './header-fields.ts';

/** Fields of a header. */
const depthMax = 16;
/** Different values of a field that are counted. */
const valuesMax = 64;
/** A time may stand behind this many other fields. */
const fieldsBeforeTimeMax = 6;
/** Fields that are passed over to find a tag, level or dash where most lines have one. */
const fieldsAheadMax = 3;
/** Names and words in a row that may stand before what ends a header. */
const bridgeMax = 4;
/** The share of lines that is called nearly all. */
const mostShare = 0.9;

/** The share of lines that must have a field of the kind at its place. */
const shareMin: Readonly<Record<number, number>> = {
  [TIME]: 0.5,
  [LEVEL]: 0.5,
  [NUMBER]: mostShare,
  [BRACKETED]: 0.8,
  [TAG]: 0.8,
  [NAME]: mostShare,
  [DASH]: 0.8,
  [BAR]: 0.8,
};

/** Names and words take each other's place: hosts are called `web-1` and `mail`. */
const placeKinds: readonly number[] = [PROSE, TIME, LEVEL, NUMBER, BRACKETED, TAG, NAME, NAME, DASH, BAR, NAME];

/** A field behind certain other fields: what the sample has there, and what was made of it. */
class Place {
  readonly kind: number;
  /** Times before; a level, a tag before; names and words since the last field that may end a header. */
  times = 0;
  leveled = false;
  tagged = false;
  bridge = 0;
  /** Lines that have this field here; of those, how many have a time or a tag within the next fields, two blanks behind it, a dotted name in it. */
  count = 0;
  timeAhead = 0;
  tagAhead = 0;
  columns = 0;
  dotted = 0;
  readonly values = new Set<number>();
  /** By kind of the next field. */
  readonly next: (Place | undefined)[] = [];
  /** It belongs to the header; the header may end behind it; a later field may belong to it. */
  accepted = false;
  anchor = false;
  goesOn = false;

  constructor(kind: number) {
    this.kind = kind;
  }

  get live(): boolean {
    return this.accepted && (this.anchor || this.goesOn);
  }

  /** No time, level or tag before: what is read next may still stand before the header's time. */
  get isBeforeTime(): boolean {
    return this.times === 0 && !this.leveled && !this.tagged;
  }
}

export class HeaderProfile {
  readonly #root = new Place(PROSE);
  /** Places of times: behind them, lines that have as many times before, written alike, go on together, however they came there. */
  readonly #times: (Place | undefined)[] = [];
  readonly #fields = new HeaderFields();

  /** Learns from lines without their terminators. */
  static of(lines: Iterable<Uint8Array>): HeaderProfile {
    const profile = new HeaderProfile();
    for (const line of lines) profile.#learn(line);
    for (const place of profile.#times.toReversed()) if (place !== undefined) settle(place);
    settle(profile.#root);
    return profile;
  }

  /** Where the message of the line in `bytes` from `start` to `end` begins: `start` where the line has no header. */
  messageStart(bytes: Uint8Array, start: number, end: number): number {
    let at = this.#headerEnd(bytes, start, end);
    while (at < end && characterKinds[bytes[at] as number] === BLANK) at += 1;
    return at;
  }

  #headerEnd(bytes: Uint8Array, start: number, end: number): number {
    const fields = this.#fields;
    let place = this.#root;
    let at = start;
    let head = start;
    for (let depth = 0; depth < depthMax && place.goesOn; depth += 1) {
      const kind = placeKinds[fields.read(bytes, at, end)] as number;
      const next = this.#follow(place, kind, bytes[fields.start] as number);
      if (next === undefined) {
        const found = this.#lookAhead(place, at, { bytes, end });
        return found < 0 ? head : found;
      }
      place = next;
      at = fields.end;
      if (place.anchor) head = at;
    }
    return head;
  }

  #follow(place: Place, kind: number, first: number): Place | undefined {
    if (kind === PROSE) return undefined;
    const next = place.next[kind];
    if (kind === TIME) return place.isBeforeTime || next?.accepted === true ? this.#times[timeKey(place, first)] : undefined;
    return next?.live === true ? next : undefined;
  }

  /** The line leaves the way that most lines go: a tag, level or dash that they have here may stand a little further on. */
  #lookAhead(place: Place, at: number, { bytes, end }: { bytes: Uint8Array; end: number }): number {
    const fields = this.#fields;
    let i = wantsAny(place) ? at : end;
    for (let ahead = 0; ahead < fieldsAheadMax; ahead += 1) {
      const kind = fields.read(bytes, i, end);
      if (kind === PROSE) return -1;
      if (kind !== TIME && kind !== NAME && wants(place, kind)) return fields.end;
      if (ahead === 0 && this.#isUnknownLevel(place)) return fields.end;
      i = fields.end;
    }
    return -1;
  }

  /** An unknown word in capitals where the level stands is a level. */
  #isUnknownLevel(place: Place): boolean {
    const { kind, isCapitals } = this.#fields;
    return wants(place, LEVEL) && (kind === WORD || kind === TAG) && isCapitals;
  }

  #learn(line: Uint8Array): void {
    const fields = this.#fields;
    const path = [this.#root];
    let at = 0;
    while (path.length <= depthMax && fields.read(line, at, line.length) !== PROSE) {
      const place = this.#learnField(path, line[fields.start] as number);
      if (fields.isColumn) place.columns += 1;
      if (fields.kind === DOTTED) place.dotted += 1;
      if (place.values.size < valuesMax) place.values.add(hashOf(line, fields.start, fields.end));
      path.push(place);
      at = fields.end;
    }
    for (const passed of path) passed.count += 1;
    const tag = path.findIndex(({ kind }) => kind === TAG);
    for (const passed of path.slice(Math.max(0, tag - fieldsAheadMax), Math.max(0, tag))) passed.tagAhead += 1;
  }

  #learnField(path: Place[], first: number): Place {
    const before = path.at(-1) as Place;
    const kind = placeKinds[this.#fields.kind] as number;
    const next = (before.next[kind] ??= placeBehind(before, kind));
    if (kind !== TIME) return next;
    for (const passed of path.slice(-fieldsBeforeTimeMax)) passed.timeAhead += 1;
    // Counts how often a time comes here; what comes behind it is learnt together with other lines.
    next.count += 1;
    return (this.#times[timeKey(before, first)] ??= placeBehindTime(before));
  }
}

function wants(place: Place, kind: number): boolean {
  return place.next[kind]?.live === true;
}

function wantsAny(place: Place): boolean {
  return wants(place, TAG) || wants(place, LEVEL) || wants(place, DASH);
}

function placeBehindTime(before: Place): Place {
  const place = placeBehind(before, TIME);
  place.accepted = true;
  place.anchor = true;
  return place;
}

function placeBehind(before: Place, kind: number): Place {
  const place = new Place(kind);
  place.times = before.times + (kind === TIME ? 1 : 0);
  place.leveled = before.leveled || kind === LEVEL;
  place.tagged = before.tagged || kind === TAG;
  place.bridge = kind === NAME ? before.bridge + 1 : 0;
  return place;
}

/** By what stands before, and whether the time is in words, in digits, in brackets. */
function timeKey({ times, leveled, tagged }: Place, first: number): number {
  return (times << 5) | (leveled ? 16 : 0) | (tagged ? 8 : 0) | (characterKinds[first] as number);
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}

/** Decides which of the fields behind `place` belong to headers. */
function settle(place: Place): void {
  for (const next of place.next) {
    if (next === undefined) continue;
    next.accepted = belongs(next, place) && next.bridge <= bridgeMax;
    if (!next.accepted) continue;
    next.anchor = isAnchor(next, place);
    if (next.kind !== TIME) settle(next);
    if (next.live) place.goesOn = true;
  }
  if (place.isBeforeTime && place.timeAhead > 0) place.goesOn = true;
}

function belongs(next: Place, place: Place): boolean {
  if (next.kind === LEVEL && place.leveled) return false;
  if (next.count >= place.count * (shareMin[next.kind] ?? 1)) return true;
  if (next.kind === TAG && !place.leveled && place.tagAhead >= place.count * mostShare) return next.count * 2 > place.count;
  return place.isBeforeTime && next.timeAhead * 2 > next.count;
}

/** A header may end behind the field: a name or a word alone never ends one, as messages begin with them. */
function isAnchor(next: Place, place: Place): boolean {
  switch (next.kind) {
    case BRACKETED:
    case DASH:
      return isTimed(place);
    case TAG:
      return isTimed(place) && !place.tagged && place.bridge <= (place.leveled ? 1 : 2);
    case NUMBER:
      return followsTime(place);
    case NAME:
      return isColumn(next, place) || isLogger(next, place);
    default:
      return true;
  }
}

/** Numbers right behind a time are ids of processes and threads. */
function followsTime({ kind, anchor }: Place): boolean {
  return kind === TIME || kind === BAR || (kind === NUMBER && anchor);
}

function isTimed({ times, leveled }: Place): boolean {
  return times > 0 || leveled;
}

function isColumn(next: Place, place: Place): boolean {
  return isTimed(place) && next.columns >= next.count * mostShare;
}

/** A dotted name right behind the level that comes again and again, unlike an id that begins a message. */
function isLogger({ values, count, dotted }: Place, place: Place): boolean {
  return place.kind === LEVEL && dotted >= count * mostShare && values.size > 1 && values.size * 10 <= count;
}
