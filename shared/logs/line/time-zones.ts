/**
 * Zone names that logs write, in minutes east of UTC. Names that several zones share (IST, BST as Bangladesh's) mean the one most logs mean.
 */
const minutesEast: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  UT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  BST: 60,
  EET: 120,
  EEST: 180,
  MSK: 180,
  WIB: 420,
  WITA: 480,
  WIT: 540,
  SGT: 480,
  MYT: 480,
  HKT: 480,
  PHT: 480,
  JST: 540,
  KST: 540,
  IST: 330,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  BRT: -180,
};

export const zoneNames: readonly string[] = Object.keys(minutesEast);

/** Minutes east of UTC of a zone of the IANA database (`Asia/Jakarta`) at an instant, or undefined when there is none of that name. */
export function regionMinutesEast(region: string, instantMs: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: region, timeZoneName: 'longOffset' });
    const name = format.formatToParts(instantMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 0 : zoneMinutesEast(name.slice('GMT'.length));
  } catch {
    return undefined;
  }
}

/** Minutes east of UTC of a written zone (`Z`, `+07:00`, `+0700`, `+07`, a name of the table), or undefined when it is unknown. */
export function zoneMinutesEast(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const named = minutesEast[zone];
  if (named !== undefined) return named;
  const offset = /^(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)?$/.exec(zone)?.groups;
  if (offset === undefined) return undefined;
  const minutes = Number(offset['hours']) * 60 + Number(offset['minutes'] ?? 0);
  return minutes > 14 * 60 ? undefined : offset['sign'] === '-' ? -minutes : minutes;
}
