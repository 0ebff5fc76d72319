import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseEvent } from '../../../domain/case/events.js';
import {
  documentMatrix,
  type DocumentEyes,
  type DocumentReader,
  documentReaders,
  mayReadDocument,
} from '../../../domain/case/procedure/document-readers.js';
import { documentsShown, type ShownDocument } from '../../../domain/case/procedure/documents.js';
import { procedureOf } from '../../../domain/case/scope.js';
import { type CaseState } from '../../../domain/case/state.js';
import { type DocumentClass } from '../../../domain/law/document-classes.js';
import { type Law } from '../../../domain/law/law.js';
import { changingLaw } from '../../support/changing-law.js';
import { LiveRegister } from '../../support/live-register.js';
import { at, person, refusalOf } from '../../support/memory-register.js';
import { boundOf } from '../../support/scene.js';
import { drawing } from '../../support/drawing.js';
import { randomAct } from '../../support/random-acts.js';
import { randomOpening } from '../../support/random-cases.js';
import { trialIn } from '../../support/trial-phases.js';

/** The matrix of docs/who-reads-what.md, written down a second time: whoever changes it says so twice. */
const classes = ['public', 'business', 'personal', 'internal'] as const satisfies readonly DocumentClass[];
const allowed: Readonly<Record<DocumentReader, string>> = {
  investor: 'public business personal',
  author: 'public business personal internal',
  acting: 'public business personal internal',
  asked: 'public business',
  other: 'public',
  council: 'public business internal',
  leader: 'public business internal',
  auditor: 'public business personal internal',
  admin: '',
  outside: '',
};

describe.each(Object.keys(allowed) as DocumentReader[])('%s', (reader) => {
  it('reads documents of the classes that the matrix allows', () => {
    expect(classes.filter((one) => documentMatrix[reader][one]).join(' ')).toBe(allowed[reader]);
  });
});

interface Life {
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
  readonly law: Law;
}

/** What an agency has to do with a procedure, as the events tell it. */
interface Needs {
  readonly acts: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
}
const lives: Life[] = [];
const met: { readonly document: ShownDocument; readonly life: Life; readonly needs: ReadonlyMap<string, Needs> }[] = [];

/** Documents of lives in memory have ids that no upload has. */
const withIds = (event: CaseEvent): CaseEvent => {
  const uuid = (name: string): string =>
    `00000000-0000-4000-8000-${[...name]
      .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 281474976710655, 7)
      .toString(16)
      .padStart(12, '0')}`;
  return JSON.parse(
    JSON.stringify(event).replaceAll(
      /"(document:)?(doc-[\w-]+)"/g,
      (_all, before: string | undefined, id: string) => `"${before ?? ''}${uuid(id)}"`,
    ),
  ) as CaseEvent;
};

function needsIn(events: readonly CaseEvent[]): Map<string, Needs> {
  const found = new Map<string, { acts: Set<string>; asked: Set<string> }>();
  const of = (scope: string) => {
    const code = procedureOf(scope) ?? '';
    const known = found.get(code) ?? { acts: new Set<string>(), asked: new Set<string>() };
    found.set(code, known);
    return known;
  };
  for (const { type, payload, scope } of events) {
    if (type === 'procedureOpened') of(scope).acts.add(payload.competentAgency).add(payload.handlingAgency);
    if (type === 'consultationOpened') for (const { agency } of payload.opinions) of(scope).asked.add(agency);
    if (type === 'taskOpened')
      of(scope)[scope.includes('/consultation/') && payload.kind !== 'conference' ? 'asked' : 'acts'].add(
        payload.agency,
      );
  }
  return found;
}

beforeAll(() => {
  const lawAt = changingLaw();
  for (let n = 0; n < 30; n++) {
    const draw = drawing(20_261_130 + n);
    let now = at('2026-07-06 09:00');
    const register = new LiveRegister('LX-260706-0001H', lawAt);
    register.act(person('investor.test', 'investor'), now, {
      type: 'openCase',
      opening: randomOpening(draw, lawAt(now), now),
      managed: true,
    });
    for (let i = 0; i < 110; i++) {
      now = new Date(Date.parse(now) + draw(900) * 60_000).toISOString();
      const { state, law } = register;
      const { command, actor, scope } = randomAct({ state, law, now, draw });
      refusalOf(() => register.act(actor, now, command, boundOf(state, scope)));
    }
    lives.push({ events: register.events, state: register.state, law: register.law });
  }
  for (const trial of Object.values(trialIn)) {
    const { events, state, law } = trial().register;
    lives.push({ events, state, law });
  }
  for (const life of lives) {
    const needs = needsIn(life.events);
    for (const event of life.events)
      for (const document of documentsShown(withIds(event), life.state)) met.push({ document, life, needs });
  }
}, 60_000);

const agencies = [
  'dof',
  'dost',
  'dpa',
  'shtp-board',
  'hepza',
  'city-police',
  'city-tax',
  'dae',
  'doc',
  'hcmc-pasc',
  'hcmc-committee',
];
const officerOf = (agency: string): DocumentEyes => ({ id: `officer.${agency}.9`, role: 'officer', agency });

it('an agency reads of a procedure what it acts on or was asked about, and of others what is public', () => {
  let [open, shut] = [0, 0];
  for (const { document, life, needs } of met) {
    if (document.about.kind !== 'procedure') continue;
    const { acts, asked } = needs.get(document.about.procedure) ?? { acts: new Set(), asked: new Set() };
    for (const agency of agencies) {
      const may = mayReadDocument(life.state, life.law, officerOf(agency), document);
      const as = acts.has(agency) ? 'acting' : asked.has(agency) ? 'asked' : 'other';
      // Whom a result was sent to is among the asked.
      const sent = documentReaders(life.state, life.law, officerOf(agency), document).includes('asked');
      const expected = allowed[as].split(' ').includes(document.class) || (sent && document.class === 'business');
      expect([agency, document, may]).toEqual([agency, document, expected]);
      if (may) open++;
      else shut++;
    }
  }
  expect(open).toBeGreaterThan(50);
  expect(shut).toBeGreaterThan(50);
});

it('what is given for the lane, for a fact or for a gate is read by whoever decides on it', () => {
  const kinds = new Set<string>();
  for (const { document, life } of met) {
    const { about } = document;
    kinds.add(about.kind);
    const read = agencies.filter((agency) => mayReadDocument(life.state, life.law, officerOf(agency), document));
    if (about.kind === 'lane' && document.class !== 'public') expect(read).toEqual([life.law.laneOwner]);
    if (about.kind === 'fact') expect(read).toEqual([life.state.factQuestions[about.question]?.agency]);
    if (about.kind === 'trial' && life.state.trial && document.class !== 'public')
      expect(read).toContain(life.state.trial.supervises);
  }
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['fact', 'lane', 'procedure', 'trial']));
});

it('what a trial reports is read by no agency outside the trial', () => {
  const secrets = met.filter(({ document }) => document.about.kind === 'trial' && document.class !== 'public');
  expect(secrets.length).toBeGreaterThan(0);
  for (const { document, life } of secrets) {
    const { trial, procedures } = life.state;
    const decides = Object.values(procedures).flatMap(({ competentAgency, handlingAgency }) => [
      competentAgency,
      handlingAgency,
    ]);
    const within = new Set([trial?.authority, trial?.supervises, trial?.evaluates, ...decides]);
    for (const agency of agencies.filter((one) => !within.has(one)))
      expect(mayReadDocument(life.state, life.law, officerOf(agency), document)).toBe(false);
  }
});

it('an administrator reads none, a leader nothing personal, an auditor all', () => {
  const eyes = (role: 'admin' | 'leader' | 'auditor', agency: string | null = null): DocumentEyes => ({
    id: `${role}.9`,
    role,
    agency,
  });
  for (const { document, life } of met) {
    const may = (one: DocumentEyes) => mayReadDocument(life.state, life.law, one, document);
    expect(may(eyes('admin'))).toBe(false);
    expect(may(eyes('auditor'))).toBe(true);
    expect(may(eyes('leader'))).toBe(document.class !== 'personal');
  }
  expect(met.some(({ document }) => document.class === 'personal')).toBe(true);
});
