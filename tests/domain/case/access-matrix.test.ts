import { beforeAll, describe, expect, it } from 'vitest';
import { proofView } from '../../../api/views/proof.js';
import { timelineEntry } from '../../../api/views/timeline.js';
import { type CaseEvent, type EventType } from '../../../domain/case/events.js';
import { eventTypes, fieldsTold, sentOutside, shownToParty } from '../../../domain/case/event-table.js';
import { isDecided } from '../../../domain/case/procedure/state.js';
import { procedureScopeOf } from '../../../domain/case/scope.js';
import { type CaseState } from '../../../domain/case/state.js';
import { confidentialTexts, mapTexts, spokenRefs, textClass } from '../../../domain/case/texts.js';
import { envelopeOf } from '../../../domain/notices/webhook-envelope.js';
import { changingLaw } from '../../support/changing-law.js';
import { LiveRegister } from '../../support/live-register.js';
import { at, person, refusalOf } from '../../support/memory-register.js';
import { boundOf } from '../../support/scene.js';
import { drawing } from '../../support/drawing.js';
import { randomAct } from '../../support/random-acts.js';
import { randomOpening } from '../../support/random-cases.js';
import { trialIn } from '../../support/trial-phases.js';
import { toldOfEvents } from './told-of-events.js';

/** Who reads events: in the case, as evidence, and systems outside (webhooks, the operations centre). */
const readers = ['investor', 'agency', 'auditor', 'outside'] as const;
type Reader = (typeof readers)[number];

/** What of an event is confidential. `account`: who of the City acted, or is named. */
const classes = ['account', 'words', 'filed', 'admission', 'measured'] as const;
type Class = (typeof classes)[number];

/** `listed`: where the list below says so. `reference`: by a hash and not by the words. `figures`: of a condition on a listed subject alone. `decided`: not while it is proposed or asked for. */
type May = 'all' | 'never' | 'listed' | 'reference' | 'figures' | 'decided';
const matrix: Readonly<Record<Reader, Readonly<Record<Class, May>>>> = {
  investor: { account: 'never', words: 'listed', filed: 'all', admission: 'all', measured: 'all' },
  agency: { account: 'all', words: 'all', filed: 'all', admission: 'all', measured: 'all' },
  auditor: { account: 'all', words: 'reference', filed: 'all', admission: 'all', measured: 'all' },
  outside: { account: 'never', words: 'figures', filed: 'never', admission: 'decided', measured: 'never' },
};

/** Words of officials and of agencies that the investor reads; the last ones once the decision of their procedure is signed. */
const wordsToInvestor: ReadonlySet<string> = new Set([
  'caseWithdrawn.reason',
  'completionRequested.items[]',
  'completionRequested.reason',
  'decisionMade.reason',
  'dutyMet.evidence',
  'extensionGranted.reason',
  'gateMet.evidence',
  'incidentExamined.legalBasis',
  'laneDecided.findings[].reason',
  'laneDecided.reason',
  'lapseDecided.reason',
  'permitRecorded.number',
  'receptionRefused.reason',
  'stepCompleted.reference',
  'supplementRequested.items[]',
  'supplementRequested.reason',
]);
const wordsOnceDecided: ReadonlySet<string> = new Set([
  'consultationOpened.carried[].conditions[].value',
  'consultationOpened.carried[].legalBasis',
  'opinionGiven.conditions[].value',
  'opinionGiven.legalBasis',
  'silenceDecided.reason',
]);

interface Life {
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
}
const investor = 'investor.test';
const lawAt = changingLaw();

/** One in which everybody tries everything. */
function life(n: number): Life {
  const draw = drawing(20_261_129 + n);
  let now = at('2026-07-06 09:00');
  const register = new LiveRegister('LX-260706-0001H', lawAt);
  const opening = randomOpening(draw, lawAt(now), now);
  register.act(person(investor, 'investor'), now, { type: 'openCase', opening, managed: true });
  for (let i = 0; i < 110; i++) {
    now = new Date(Date.parse(now) + draw(900) * 60_000).toISOString();
    const { state, law } = register;
    const { command, actor, scope } = randomAct({ state, law, now, draw });
    refusalOf(() => register.act(actor, now, command, boundOf(state, scope)));
  }
  return { events: register.events, state: register.state };
}

interface Leaf {
  readonly path: string;
  readonly text: string;
  readonly isDecided: boolean;
}

const said = 'SAID IN WORDS';
const official = 'Nguyễn Văn A';
const lives: Life[] = [];
const leaves = new Map<Reader, Leaf[]>();
let accounts: ReadonlySet<string> = new Set();

beforeAll(() => {
  for (let n = 0; n < 30; n++) lives.push(life(n));
  for (const trial of Object.values(trialIn)) {
    const { events, state } = trial().register;
    lives.push({ events, state });
  }
  const acted = lives.flatMap(({ events }) => events.flatMap(({ actor }) => (actor.kind === 'person' ? [actor] : [])));
  accounts = new Set(acted.map(({ id }) => id).filter((id) => !id.startsWith('investor.')));
  for (const reader of readers)
    leaves.set(
      reader,
      lives.flatMap(({ events, state }) => events.flatMap((event) => seenBy(reader, event, state))),
    );
}, 180_000);

/** Every text that a reader gets of an event. */
function seenBy(reader: Reader, event: CaseEvent, state: CaseState): Leaf[] {
  const found: Leaf[] = [];
  const decided = isDecided(state.procedures[procedureScopeOf(event.scope)]);
  // Figures as texts: a measurement is one or the other.
  const textual = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, inner: unknown) => (typeof inner === 'number' ? String(inner) : inner));
  const take = (value: unknown, path: string) =>
    mapTexts(textual(value), path, (text, place) => found.push({ path: place, text, isDecided: decided }));
  if (reader === 'outside') {
    const { payload, actor } = envelopeOf(event);
    take(payload, event.type);
    take(actor, 'actor');
    return found;
  }
  const words = new Map(spokenRefs(event).map((id) => [id, said]));
  const { actor } = event;
  const actorName = actor.kind === 'person' && actor.agency !== null ? official : 'Ông Chủ';
  const entry = { event, actorName, recordedAt: event.occurredAt, hash: '', words };
  const access = reader === 'investor' ? 'party' : reader === 'agency' ? 'agency' : 'all';
  const shown = timelineEntry(entry, { access, procedures: null, state, evidence: reader === 'auditor' });
  if (!shown) return found;
  take(shown.payload, event.type);
  take(shown.actor, 'actor');
  return found;
}

const classOf = ({ path, text }: Leaf): Class | undefined => {
  if (accounts.has(text) || text === official) return 'account';
  const of = textClass(path);
  return classes.find((one) => one === of);
};

const figure = /^[\w.,:@/ -]{1,60}$/;
const mayRead = (may: May, { path, text, isDecided: decided }: Leaf): boolean => {
  switch (may) {
    case 'all':
      return true;
    case 'never':
      return false;
    case 'reference':
      return text !== said;
    case 'figures':
      return path.endsWith('conditions[].value') && text !== said && figure.test(text);
    case 'decided':
      return /^(trialAdmitted|trialAdjusted|finalReportFiled\.lessons\[\])\./.test(path);
    case 'listed':
      return wordsToInvestor.has(path) || (decided && wordsOnceDecided.has(path));
  }
};

describe.each(readers)('what %s reads of events', (reader) => {
  it.each(classes)('of class %s is what the matrix allows', (of) => {
    const may = matrix[reader][of];
    const met = (leaves.get(reader) ?? []).filter((leaf) => classOf(leaf) === of);
    const wrong = met.filter((leaf) => !mayRead(may, leaf));
    expect([...new Set(wrong.map(({ path }) => path))]).toEqual([]);
  });
});

it('is looked at with enough of everything in it', () => {
  const inside = leaves.get('agency') ?? [];
  for (const of of classes) expect([of, inside.some((leaf) => classOf(leaf) === of)]).toEqual([of, true]);
  const words = (leaves.get('investor') ?? []).filter((leaf) => classOf(leaf) === 'words');
  expect(words.some(({ path }) => wordsOnceDecided.has(path))).toBe(true);
});

/** An event of which only this text is there: of each of the types, also those that no life has. */
function eventWith(path: string, of: Class | 'words', scope: string): CaseEvent {
  const [type = '', ...steps] = path.split('.');
  const text = of === 'words' ? { id: `text-${path}`, hash: 'ab'.repeat(32) } : `${of} 12`;
  const payload = steps.reduceRight<unknown>((inner, step) => {
    if (step === '*') return { any: inner };
    const lists = step.split('[]').length - 1;
    const value = Array.from({ length: lists }).reduce<unknown>((one) => [one], inner);
    return { [step.replaceAll('[]', '')]: value };
  }, text);
  const actor = { kind: 'person', id: 'officer.dof.1', role: 'officer', agency: 'dof' };
  return { seq: 2, scope, type, occurredAt: at('2026-07-06 09:00'), actor, payload } as unknown as CaseEvent;
}

describe.each(readers)('what %s reads of every text that is classified', (reader) => {
  it('is what the matrix allows, before the decision and after it', () => {
    const decided = lives.flatMap(({ state }) =>
      Object.entries(state.procedures).flatMap(([scope, one]) => (isDecided(one) ? [{ scope, state }] : [])),
    )[0];
    const [life] = lives;
    if (!decided || !life) throw new Error('nothing was decided');
    const wrong = new Set<string>();
    const seen = new Set<string>();
    for (const [path, of] of confidentialTexts)
      for (const { scope, state } of [{ scope: 'case/LX-260706-0001H', state: life.state }, decided])
        for (const leaf of seenBy(reader, eventWith(path, of as Class, scope), state)) {
          if (leaf.path !== path && !leaf.path.startsWith(`${path}.`)) continue;
          seen.add(path);
          if (!mayRead(matrix[reader][of as Class], { ...leaf, path })) wrong.add(path);
        }
    expect([...wrong]).toEqual([]);
    // Who reads all of it in the case was given all of it: none is left out.
    if (reader === 'agency') expect(seen.size).toBe(confidentialTexts.length);
  });
});

/** What agencies do within themselves and between each other: the investor reads what comes of it. */
const neverToInvestor: readonly string[] = [
  'apologyDrafted',
  'apologyVoided',
  'conferenceDecided',
  'conferenceOpened',
  'conferenceReferred',
  'consultationReopened',
  'councilClosed',
  'councilConvened',
  'councilOpened',
  'declarationFailed',
  'instructionAnswered',
  'instructionGiven',
  'instructionMoved',
  'instructionWithdrawn',
  'interestDeclared',
  'opinionRequestFailed',
  'opinionRequested',
  'opinionUnheard',
  'outsideSettled',
  'scopeClosed',
  'scopeRebuilt',
  'signatoryNamed',
  'statementGiven',
  'statusDiffered',
  'stepFailed',
  'stepReopened',
  'taskCancelled',
  'taskClaimed',
  'taskCompleted',
  'taskOpened',
  'taskReassigned',
  'taskReleased',
  'trialTermsProposed',
  'voteCast',
  'workReturned',
];

describe('who acted', () => {
  const acting = (actor: object) =>
    ({
      seq: 2,
      scope: 'case/LX-260706-0001H',
      type: 'laneKept',
      occurredAt: at('2026-07-06 09:00'),
      actor,
      payload: {},
    }) as unknown as CaseEvent;
  const deputy = acting({ kind: 'person', id: 'officer.x', role: 'head', agency: 'dof', onBehalfOf: 'head.x' });
  const representative = acting({
    kind: 'person',
    id: 'rep.x',
    role: 'representative',
    agency: null,
    onBehalfOf: investor,
  });
  const shownTo = (access: 'party' | 'agency', event: CaseEvent, procedures: readonly string[] | null = null) =>
    timelineEntry(
      { event, actorName: official, recordedAt: event.occurredAt, hash: '', words: new Map() },
      { access, procedures, state: lives[0]?.state as CaseState, evidence: false },
    )?.actor;

  it('of an agency is told to the investor as the agency, also where somebody stood in for a head', () => {
    expect(shownTo('party', deputy)).toMatchObject({ id: null, name: null, onBehalfOf: null, agency: 'dof' });
    expect(shownTo('agency', deputy)).toMatchObject({ id: 'officer.x', onBehalfOf: 'head.x' });
    expect(shownTo('party', representative)).toMatchObject({ id: 'rep.x', onBehalfOf: investor });
  });

  it('stands in no proof that the investor is given, but as a salted hash', () => {
    const field = (name: string, value: string) => ({ name, value: JSON.stringify(value), salt: 'abcd' });
    const leaf = {
      caseCode: 'LX-260706-0001H',
      seq: 2,
      fields: [field('actor.id', 'officer.x'), field('actor.onBehalfOf', 'head.x'), field('type', 'laneKept')],
    };
    const proven = { checkpoint: '', keys: [], unlogged: 0, events: [{ event: deputy, leaf, index: 0, path: [] }] };
    const state = lives[0]?.state as CaseState;
    const given = (access: 'party' | 'agency') =>
      JSON.stringify(proofView(proven, { access, procedures: null, state, evidence: false }));
    expect(given('party')).not.toMatch(/officer\.x|head\.x/);
    expect(given('party')).toContain('laneKept');
    expect(given('agency')).toContain('head.x');
  });

  it('in another procedure is nothing to a representative in some', () => {
    expect(shownTo('party', deputy, ['irc-ordinary'])).toBeUndefined();
  });
});

describe('of every type of event there is', () => {
  const unknown = (type: EventType): CaseEvent =>
    ({ seq: 1, scope: 'case/LX-260706-0001H', type, payload: { somethingNew: 'x' } }) as unknown as CaseEvent;

  it.each(eventTypes)('%s: a field that nobody allowed reaches neither the investor nor systems outside', (type) => {
    expect(shownToParty(unknown(type), true) ?? {}).toEqual({});
    expect(sentOutside(unknown(type))).toEqual({});
  });

  it('what leaves the agencies is what is written down beside this test', () => {
    const told = eventTypes.map((type) => {
      const { party, decided, outside } = fieldsTold(type);
      return [type, [party === 'never' ? party : party.join(' '), decided.join(' '), outside.join(' ')].join(' | ')];
    });
    expect(Object.fromEntries(told)).toEqual(toldOfEvents);
  });

  it('these never reach the investor, not even that they happened', () => {
    const never = eventTypes.filter((type) => shownToParty(unknown(type), true) === undefined);
    expect(never.sort()).toEqual(neverToInvestor);
  });
});
