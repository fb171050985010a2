/** In this order, as browsers claim to be one another: Edge says Chrome, Chrome says Safari. */
const browsers: readonly [name: string, mark: RegExp][] = [
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
];

const systems: readonly [name: string, mark: RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

/** `Chrome, Android` of a user agent that says so; undefined for what is no browser. */
export function deviceOf(userAgent: string): string | undefined {
  const found = [browsers, systems].map((known) => known.find(([, mark]) => mark.test(userAgent))?.[0]).filter(Boolean);
  return found.length === 0 ? undefined : found.join(', ');
}
