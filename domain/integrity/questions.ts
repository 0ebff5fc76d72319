import type { Conduct } from './conduct.js';

/** One observation with the case it is of, and whose case that is. */
export type Observed = Conduct & { readonly case: string; readonly party: string };
type Of<K extends Conduct['kind']> = Extract<Observed, { readonly kind: K }>;

export const integrityRules = [
  'same-thing-asked',
  'out-of-turn',
  'at-the-limit',
  'stopped-late',
  'same-pair',
  'filed-again',
  'after-hours',
] as const;
export type IntegrityRule = (typeof integrityRules)[number];

/**
 * Something that a supervisor may want to ask, with what it rests on. It says what was seen and nothing about why: each has innocent reasons, and none is a
 * finding about anybody.
 */
export interface IntegrityQuestion {
  readonly rule: IntegrityRule;
  readonly agency: string | null;
  readonly person: string | null;
  /** The investor whose cases they are, where the question is about one. */
  readonly party: string | null;
  readonly procedure: string | null;
  /** How many of how many. */
  readonly seen: number;
  readonly of: number;
  /** Every case it rests on, by code. */
  readonly cases: readonly string[];
}

/** From where on something is a question. Chosen so that clean histories raise few (docs/integrity.md says how few): settings of ours, of no text. */
export const thresholds = {
  /** Requests in one dossier, whatever for. */
  asked: 3,
  /** Files of the same queue that had waited `earlierDays` longer and were passed over. */
  passedOver: 5,
  earlierDays: 3,
  decisions: 20,
  lastDayShare: 0.6,
  stops: 5,
  lateStopShare: 0.6,
  /** Days of the term that were left, at most. */
  lateStop: 1,
  pairCases: 5,
  pairTimes: 3,
  pairChance: 0.001,
  filings: 3,
  filedWithinDays: 366,
  work: 20,
  afterHours: 5,
  afterHoursShare: 0.25,
} as const;

/** The questions that these observations raise, by rule; the same observations in any order raise the same. Pure. */
export function questionsFrom(observed: readonly Observed[]): IntegrityQuestion[] {
  const of = <K extends Conduct['kind']>(kind: K) => observed.filter((one): one is Of<K> => one.kind === kind);
  const all = [
    ...sameThingAsked(of('asked')),
    ...outOfTurn(of('taken')),
    ...atTheLimit(of('decided')),
    ...stoppedLate(of('asked')),
    ...samePair(observed),
    ...filedAgain(of('ended')),
    ...afterHours(of('finished')),
  ];
  const place = (one: IntegrityQuestion) =>
    JSON.stringify([integrityRules.indexOf(one.rule), one.agency, one.person, one.party, one.procedure, one.cases]);
  return all.sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

function groups<T>(all: readonly T[], key: (one: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const known = found.get(key(one));
    if (known) known.push(one);
    else found.set(key(one), [one]);
  }
  return [...found.values()];
}

const casesIn = (all: readonly Observed[]): string[] => [...new Set(all.map((one) => one.case))].sort();
const question = (
  rule: IntegrityRule,
  rest: Partial<IntegrityQuestion> & Pick<IntegrityQuestion, 'seen' | 'of' | 'cases'>,
): IntegrityQuestion => ({ agency: null, person: null, party: null, procedure: null, ...rest, rule });

/** As people write the same thing twice: without marks, spaces and capitals. */
const normalised = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The same thing asked twice in one dossier, or asked three times whatever for. */
const sameThingAsked = (asked: readonly Of<'asked'>[]): IntegrityQuestion[] =>
  groups(asked, (one) => `${one.case} ${one.procedure} ${one.attempt}`).flatMap((requests) => {
    const [first] = requests;
    if (!first) return [];
    const things = requests.flatMap(({ items }) => [...new Set(items.map(normalised))].filter((one) => one !== ''));
    const again = things.length - new Set(things).size;
    if (again === 0 && requests.length < thresholds.asked) return [];
    const { agency, procedure } = requests.at(-1) ?? first;
    return [
      question('same-thing-asked', {
        agency,
        procedure,
        seen: again > 0 ? again : requests.length,
        of: requests.length,
        cases: [first.case],
      }),
    ];
  });

/** Taken before many that came earlier to the same queue and have at least as much right: the green lane goes first. */
const outOfTurn = (taken: readonly Of<'taken'>[]): IntegrityQuestion[] =>
  groups(taken, (one) => `${one.agency} ${one.procedure} ${one.step}`).flatMap((queue) => {
    const early = thresholds.earlierDays * 86_400_000;
    const found = queue.flatMap((one) => {
      const passed = queue.filter(
        (other) =>
          Date.parse(other.queuedAt) + early <= Date.parse(one.queuedAt) &&
          Date.parse(other.at) > Date.parse(one.at) &&
          (other.lane === one.lane || other.lane === 'green'),
      );
      return passed.length >= thresholds.passedOver ? [one] : [];
    });
    return groups(found, ({ person }) => person).flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const { agency, person, procedure } = first;
      const of = queue.filter((one) => one.person === person).length;
      return [question('out-of-turn', { agency, person, procedure, seen: own.length, of, cases: casesIn(own) })];
    });
  });

/** Most decisions of an agency fall on the very last day of the term. */
const atTheLimit = (decided: readonly Of<'decided'>[]): IntegrityQuestion[] =>
  groups(
    decided.filter(({ left, term }) => left !== null && term > 1),
    (one) => `${one.agency} ${one.procedure}`,
  ).flatMap((decisions) => {
    const last = decisions.filter(({ left }) => left === 0);
    const [first] = last;
    if (!first || decisions.length < thresholds.decisions || last.length < thresholds.lastDayShare * decisions.length)
      return [];
    const { agency, procedure } = first;
    return [
      question('at-the-limit', { agency, procedure, seen: last.length, of: decisions.length, cases: casesIn(last) }),
    ];
  });

/** Most clocks that somebody stopped had a day left, or none. */
const stoppedLate = (asked: readonly Of<'asked'>[]): IntegrityQuestion[] =>
  groups(
    asked.filter(({ stops, person, left }) => stops && person !== null && left !== null),
    ({ person }) => person ?? '',
  ).flatMap((stops) => {
    const late = stops.filter(({ left }) => left !== null && left <= thresholds.lateStop);
    const [first] = late;
    if (!first || stops.length < thresholds.stops || late.length < thresholds.lateStopShare * stops.length) return [];
    const { agency, person } = first;
    return [question('stopped-late', { agency, person, seen: late.length, of: stops.length, cases: casesIn(late) })];
  });

/** One officer meets one investor far more often than their shares of the work of the agency would have it. */
function samePair(observed: readonly Observed[]): IntegrityQuestion[] {
  const met = observed.flatMap((one) =>
    (one.kind === 'taken' || one.kind === 'decided') && one.person !== null
      ? [{ case: one.case, party: one.party, agency: one.agency, person: one.person }]
      : [],
  );
  return groups(met, ({ agency }) => agency).flatMap((ofAgency) => {
    const casesOf = (all: readonly { readonly case: string }[]) => new Set(all.map((one) => one.case)).size;
    const total = casesOf(ofAgency);
    const pairs = groups(ofAgency, ({ person, party }) => `${person} ${party}`);
    const [people, parties] = [
      new Map(groups(ofAgency, ({ person }) => person).map((all) => [all[0]?.person, casesOf(all)])),
      new Map(groups(ofAgency, ({ party }) => party).map((all) => [all[0]?.party, casesOf(all)])),
    ];
    // Where there is nobody else to meet, meeting says nothing.
    if (people.size < 2 || parties.size < 2) return [];
    return pairs.flatMap((own) => {
      const [first] = own;
      const seen = casesOf(own);
      if (!first || seen < thresholds.pairCases) return [];
      const { agency, person, party } = first;
      const expected = ((people.get(person) ?? 0) * (parties.get(party) ?? 0)) / total;
      if (seen < thresholds.pairTimes * expected || atLeast(seen, expected) * pairs.length >= thresholds.pairChance)
        return [];
      const cases = [...new Set(own.map((one) => one.case))].sort();
      return [question('same-pair', { agency, person, party, seen, of: people.get(person) ?? seen, cases })];
    });
  });
}

/** Of a Poisson count with that mean: the chance of at least `n`. */
function atLeast(n: number, mean: number): number {
  let [term, below] = [Math.exp(-mean), 0];
  for (let i = 0; i < n; i += 1) {
    below += term;
    term *= mean / (i + 1);
  }
  return Math.max(0, 1 - below);
}

/** The same investor at the same site again and again, each time without an approval. */
const filedAgain = (ended: readonly Of<'ended'>[]): IntegrityQuestion[] =>
  groups(
    ended.filter(({ site, outcome }) => site !== null && outcome !== 'approved'),
    ({ party, site }) => `${party} ${site ?? ''}`,
  ).flatMap((filings) => {
    const sorted = filings.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
    const last = sorted.at(-1);
    if (!last) return [];
    const span = thresholds.filedWithinDays * 86_400_000;
    const within = sorted.filter(({ at }) => Date.parse(at) > Date.parse(last.at) - span);
    if (within.length < thresholds.filings) return [];
    return [
      question('filed-again', { party: last.party, seen: within.length, of: filings.length, cases: casesIn(within) }),
    ];
  });

/** Somebody finishes much of their work when offices are closed. */
const afterHours = (finished: readonly Of<'finished'>[]): IntegrityQuestion[] =>
  groups(finished, ({ person }) => person).flatMap((work) => {
    const late = work.filter((one) => one.afterHours);
    const [first] = late;
    if (!first || work.length < thresholds.work || late.length < thresholds.afterHours) return [];
    if (late.length < thresholds.afterHoursShare * work.length) return [];
    const { agency, person } = first;
    return [question('after-hours', { agency, person, seen: late.length, of: work.length, cases: casesIn(late) })];
  });
