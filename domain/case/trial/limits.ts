import { civilTime } from '../../time/instants.js';
import type { LimitDefinition } from '../../schemas/regime.js';
import type { Reading, TrialArea, TrialLimit, TrialTerms } from '../../law/trial-terms.js';

/** What a reading says about a limit. `near`: within, but from that share of a maximum on at which people are warned. */
export type Proximity = 'within' | 'near' | 'beyond';

/** A reading against one limit. `wrong`: a value that this limit cannot have. */
export interface Judgement {
  readonly limit: string;
  readonly proximity: Proximity | 'wrong';
  readonly reading: Reading;
}

/**
 * Judges a reading by the limit it names, and by those that the hour or the place of any measurement is read against: who measures before the window opens has
 * flown before it opened. UNKNOWN limits are the caller's to refuse.
 */
export function judge(terms: Pick<TrialTerms, 'limits' | 'areas'>, reading: Reading, warnAt: number): Judgement[] {
  const own = terms.limits.filter(({ code }) => code === reading.limit);
  const hours = terms.limits.filter(({ code, watch }) => watch === 'calendar' && code !== reading.limit);
  return [...own, ...hours].map((limit) => ({
    limit: limit.code,
    proximity: proximityTo(limit, reading, terms.areas, warnAt),
    reading,
  }));
}

function proximityTo(limit: TrialLimit, reading: Reading, areas: readonly TrialArea[], warnAt: number) {
  switch (limit.watch) {
    case 'calendar':
      return isOpenAt(limit.values ?? [], civilTime(reading.at)) ? 'within' : 'beyond';
    case 'geofence': {
      const place = placeOf(reading.value);
      return place === undefined ? 'wrong' : areas.some((area) => contains(area, place)) ? 'within' : 'beyond';
    }
    default:
      return bounded(limit) ? byNumber(limit, reading.value, warnAt) : byValue(limit.values ?? [], reading.value);
  }
}

/** A value of another kind than those that are allowed says nothing about the limit. */
function byValue(allowed: readonly (string | boolean)[], value: Reading['value']): Proximity | 'wrong' {
  if (allowed.length > 0 && !allowed.some((one) => typeof one === typeof value)) return 'wrong';
  return allowed.some((one) => one === value) ? 'within' : 'beyond';
}

/** Whether the limit is a bound on a number. */
export const bounded = ({ min, max }: LimitDefinition): boolean => min !== undefined || max !== undefined;

function byNumber(
  { min, max, inclusive = true }: TrialLimit,
  value: Reading['value'],
  warnAt: number,
): Proximity | 'wrong' {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'wrong';
  if (max !== undefined && (inclusive ? value > max : value >= max)) return 'beyond';
  if (min !== undefined && (inclusive ? value < min : value <= min)) return 'beyond';
  return max !== undefined && max > 0 && value >= warnAt * max ? 'near' : 'within';
}

const windowShape = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * Whether a limit says what is allowed: bounds in order, windows as `07:00-17:00` within one day, or values. One that says nothing would be exceeded by every
 * reading.
 */
export function saysSomething(limit: LimitDefinition): boolean {
  const { watch, min, max, values = [] } = limit;
  if (watch === 'geofence') return true;
  if (watch === 'calendar') return values.length > 0 && values.every(isWindow);
  return bounded(limit) ? min === undefined || max === undefined || min <= max : values.length > 0;
}

function isWindow(value: string | boolean): boolean {
  if (typeof value !== 'string' || !windowShape.test(value)) return false;
  const [from = '', to = ''] = value.split('-');
  return from <= to;
}

/** Windows as `07:00-17:00`, both minutes counted; `time` as `HH:MM`. */
const isOpenAt = (windows: readonly (string | boolean)[], time: string): boolean =>
  windows.some((window) => {
    const [from = '', to = ''] = typeof window === 'string' ? window.split('-') : [];
    return from <= time && time <= to;
  });

type Place = readonly [number, number];

/** Decimal degrees, as `10.85,106.80`. */
const placeShape = /^(-?\d{1,2}(?:\.\d+)?),\s?(-?\d{1,3}(?:\.\d+)?)$/;

function placeOf(value: Reading['value']): Place | undefined {
  const [, latitude, longitude] = (typeof value === 'string' && placeShape.exec(value)) || [];
  if (latitude === undefined || longitude === undefined) return undefined;
  const place = [Number(latitude), Number(longitude)] as const;
  return Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : undefined;
}

/** Ray casting over the corners, the border itself inside; an area that is the whole site contains whatever the devices report from it. */
function contains({ polygon }: TrialArea, place: Place): boolean {
  if (polygon === null) return true;
  const [latitude, longitude] = place;
  let inside = false;
  for (const [i, corner] of polygon.entries()) {
    const before = polygon.at(i - 1) ?? corner;
    if (isOn(before, corner, place)) return true;
    const [[lat, lng], [beforeLat, beforeLng]] = [corner, before];
    const crosses = lat > latitude !== beforeLat > latitude;
    if (crosses && longitude < ((beforeLng - lng) * (latitude - lat)) / (beforeLat - lat) + lng) inside = !inside;
  }
  return inside;
}

/** A hundredth of a millimetre: what rounding makes of a place on a border. */
const borderDegrees = 1e-10;

function isOn([aLat, aLng]: Place, [bLat, bLng]: Place, [lat, lng]: Place): boolean {
  const length = Math.hypot(bLat - aLat, bLng - aLng);
  const along = ((lat - aLat) * (bLat - aLat) + (lng - aLng) * (bLng - aLng)) / (length || 1);
  const aside = ((lat - aLat) * (bLng - aLng) - (lng - aLng) * (bLat - aLat)) / (length || 1);
  if (length === 0) return lat === aLat && lng === aLng;
  return Math.abs(aside) <= borderDegrees && along >= -borderDegrees && along <= length + borderDegrees;
}

/** Where an admission gives more room than its regime: the codes of the limits that are looser, or of another kind. */
export function looserThan(regime: readonly TrialLimit[], admission: readonly LimitDefinition[]): string[] {
  return admission.flatMap((limit) => {
    const law = regime.find(({ code }) => code === limit.code);
    return law && isLooser(law, limit) ? [limit.code] : [];
  });
}

function isLooser(law: TrialLimit, limit: LimitDefinition): boolean {
  if (law.watch !== limit.watch || law.unit !== limit.unit) return true;
  const inclusive = (one: LimitDefinition) => one.inclusive ?? true;
  const wider = (bound: 'min' | 'max', sign: 1 | -1) => {
    const [ours, theirs] = [limit[bound], law[bound]];
    if (theirs === undefined) return false;
    if (ours === undefined || sign * ours > sign * theirs) return true;
    return ours === theirs && inclusive(limit) && !inclusive(law);
  };
  if (wider('max', 1) || wider('min', -1)) return true;
  if (law.values === undefined) return false;
  if (law.watch === 'calendar') return !(limit.values ?? []).every((one) => isWithinWindows(law.values ?? [], one));
  if (law.unit === 'per-admission' || law.watch === 'geofence') return false;
  // A bound on a number where the regime lists values is another limit.
  if (bounded(limit) && !bounded(law)) return true;
  return !(limit.values ?? []).every((value) => law.values?.includes(value));
}

const isWithinWindows = (windows: readonly (string | boolean)[], one: string | boolean): boolean => {
  const [from = '', to = ''] = typeof one === 'string' ? one.split('-') : [];
  return windows.some((window) => isOpenAt([window], from) && isOpenAt([window], to));
};
