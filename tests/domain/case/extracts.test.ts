import { describe, expect, it } from 'vitest';
import { canonicalExtract, isAboutOther, readExtract } from '../../../domain/case/extract/content.js';
import { type FoundExtract } from '../../../domain/case/extract/words.js';
import { checkDossier } from '../../../domain/case/procedure/dossier-check.js';
import { rulesDrafter } from '../../../domain/drafting/rules.js';
import { handlingOf } from '../../../domain/measures/automation.js';
import { noticesOf } from '../../../domain/notices/notices.js';
import { differencesOf } from '../../../domain/case/extract/compare.js';
import { refusalOf } from '../../support/memory-register.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import { exampleProjects } from '../../../seeds/index.js';
import { isOver } from '../../../domain/case/task/state.js';
import { OneProcedure } from '../../support/one-procedure.js';
import { at, person, seededLaw } from '../../support/memory-register.js';

const procedure = 'irc-ordinary';
const document = 'location-right';
const content = canonicalExtract({
  purpose: { vi: 'Giải quyết thủ tục', en: 'Handling' },
  legalBasis: 'Nghị định 96/2026/NĐ-CP, Điều 6.4',
  about: { name: 'BE Semiconductor Industries N.V.', number: null },
  fields: [{ code: 'zone', name: { vi: 'Khu', en: 'Zone' }, value: 'SHTP' }],
});
const found: FoundExtract = {
  requestId: 'R-1',
  reference: 'KTDL-1',
  asOf: at('2026-07-06 09:01'),
  issuedOn: null,
  validUntil: null,
  content,
  differences: [],
};

const filed = () => {
  const one = new OneProcedure(procedure, '2026-07-06 09:00').file();
  const finish = (answer: { found?: FoundExtract; missed?: 'not-held' | 'silent' }, look = 1) =>
    one.act(
      { kind: 'engine', scope: one.scope },
      {
        type: 'finishExtract',
        procedure: one.scope,
        document,
        look,
        found: answer.found ?? null,
        missed: answer.missed ?? null,
      },
    );
  const extract = () => one.state.extracts?.[document];
  const check = () => checkDossier(one.resolved, one.state.filings, one.state.extracts);
  return { one, finish, extract, check };
};

describe('a document that a register holds', () => {
  it('is asked from it with the filing, and nothing is marked as given that nobody gave', () => {
    const { one, extract } = filed();
    expect(one.events('dossierFiled')[0]?.payload).toMatchObject({ fetches: true });
    expect(extract()).toMatchObject({ register: 'national-land-database', look: 1, obtained: null, missed: null });
    expect(extract()?.consent).toBeNull();
  });

  it('is kept with source, time and validity, its content beside the event, once', () => {
    const { one, finish, extract } = filed();
    const [event] = finish({ found });
    expect(event).toMatchObject({ type: 'extractObtained', payload: { reference: 'KTDL-1', requestId: 'R-1' } });
    const { content: kept } = extract()?.obtained ?? {};
    expect(readExtract(one.register.texts.get(kept?.id ?? '') ?? '').fields[0]?.value).toBe('SHTP');
    expect(JSON.stringify(event?.payload)).not.toContain('SHTP');
    expect(finish({ found })).toEqual([]);
    expect(finish({ found }, 2)).toEqual([]);
    const mailbox = (one.register.mailboxes.get(one.scope) ?? []).map(({ event: { type } }) => type);
    expect(mailbox).not.toContain('extractObtained');
  });

  it('stands in the draft with register, number and day', () => {
    const { one, finish } = filed();
    finish({ found });
    const subject = {
      state: one.register.state,
      procedure: one.state,
      resolved: one.resolved,
      of: 'opinion',
      law: seededLaw,
      documents: [],
    } as const;
    const lines = rulesDrafter.draft(subject).map(({ text }) => text.vi);
    expect(lines.find((line) => line.includes('KTDL-1'))).toMatch(
      /^Khai thác từ cơ sở dữ liệu quốc gia về đất đai, .*06\/07\/2026/,
    );
  });

  it('is the investor’s to give where the register has nothing: missing, told, and a person’s work in the figure', () => {
    const { one, finish, extract, check } = filed();
    expect(check().missing).not.toContain(document);
    const [event] = finish({ missed: 'not-held' });
    expect(extract()?.missed).toMatchObject({ reason: 'not-held' });
    expect(check().missing).toContain(document);
    expect(check().documents.find(({ code }) => code === document)).toMatchObject({ required: true, source: null });
    const told = event ? noticesOf(event, one.register.state, seededLaw) : [];
    expect(told.map(({ kind, vars }) => [kind, vars.document, vars.outcome])).toEqual([
      ['register-missed', document, 'not-held'],
    ]);
    one.act(person('investor.test', 'investor'), {
      type: 'fileDossier',
      procedure,
      documents: [{ code: document, documentId: 'doc-2', obtainedFrom: null }],
    });
    expect(check().missing).not.toContain(document);
    expect(extract()?.paperAt).not.toBeNull();
    expect(finish({ found })).toEqual([]);
    const closed = { outcome: 'approved', at: one.now } as const;
    const decision = { outcome: 'approved', at: one.now, by: null, reason: null, content: null } as const;
    const handled = (extracts: typeof one.state.extracts) =>
      handlingOf({ ...one.state, closed, decision, extracts: extracts ?? {} }, one.resolved, seededLaw).doneByPerson;
    expect(handled(one.state.extracts)).toBe(handled({}) + 1);
  });

  it('counts as agreed to where whoever filed named the register themselves', () => {
    const one = new OneProcedure(procedure, '2026-07-06 09:00');
    one.act(person('investor.test', 'investor'), {
      type: 'fileDossier',
      procedure,
      documents: [{ code: document, documentId: null, obtainedFrom: 'national-land-database' }],
    });
    expect(one.events('dossierFiled')[0]?.payload.agreed).toEqual([document]);
    expect(one.state.extracts?.[document]?.consent).toMatchObject({ givenBy: 'investor.test' });
    const investor = person('investor.test', 'investor');
    const take = () => one.act(investor, { type: 'withdrawConsent', procedure, document });
    take();
    expect(one.state.extracts?.[document]?.consent).toBeNull();
    expect(refusalOf(take)).toBe('NOT_FOUND');
  });
});

it.each([
  [{ name: 'Công ty A', number: '0312345678' }, { name: 'CÔNG TY  A', number: '0312345678' }, false],
  [{ name: 'Công ty A', number: '0312345678' }, { name: 'Công ty A', number: '0399999999' }, true],
  [{ name: 'Công ty A', number: null }, { name: 'công ty  a ', number: '0312345678' }, false],
  [{ name: 'Công ty A', number: null }, { name: 'Công ty B', number: null }, true],
])('tells an answer about somebody else: %j, %j', (asked, answered, other) => {
  expect(isAboutOther(asked, answered)).toBe(other);
});

describe('where a register and the case differ', () => {
  const side = { filing: exampleProjects.besi, facts: { 'project.site.zone': 'SHTP' } };
  const said = (fields: readonly [code: string, value: string][], validUntil: PlainDate | null = null) => ({
    purpose: { vi: 'x', en: 'x' },
    legalBasis: 'x',
    about: { name: 'x', number: null },
    fields: fields.map(([code, value]) => ({ code, name: { vi: code, en: code }, value })),
    validUntil,
  });
  const today = '2026-07-06' as PlainDate;
  const differ = (...given: Parameters<typeof differencesOf>) =>
    differencesOf(...given).map(({ against, code, ours, theirs }) => [against, code, ours, theirs]);

  it('compares what was filed, or put right since, field by field, however it is spaced', () => {
    const project = `  ${exampleProjects.besi.project.name.vi.toUpperCase()} `;
    expect(
      differ(
        side,
        said([
          ['zone', 'shtp'],
          ['project', project],
          ['parcel-record', 'TD-1'],
        ]),
        null,
        today,
      ),
    ).toEqual([]);
    expect(
      differ(
        side,
        said([
          ['zone', 'DTP'],
          ['status', 'dissolved'],
        ]),
        null,
        today,
      ),
    ).toEqual([
      ['filed', 'zone', 'SHTP', 'DTP'],
      ['filed', 'status', 'active', 'dissolved'],
    ]);
  });

  it('compares what the register itself said before, new and lost fields too', () => {
    const before = said([
      ['parcel-record', 'TD-1'],
      ['mortgage', 'không'],
    ]);
    expect(
      differ(
        side,
        said([
          ['parcel-record', 'TD-2'],
          ['owner', 'A'],
        ]),
        before,
        today,
      ),
    ).toEqual([
      ['before', 'parcel-record', 'TD-1', 'TD-2'],
      ['before', 'mortgage', 'không', null],
      ['before', 'owner', null, 'A'],
    ]);
  });

  it('says so where a document is past its last day', () => {
    expect(differ(side, said([], '2026-07-05' as PlainDate), null, today)).toEqual([
      ['filed', 'valid-until', today, '2026-07-05'],
    ]);
    expect(differ(side, said([], today), null, today)).toEqual([]);
  });
});

describe('before a decision', () => {
  const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');
  const sides = [
    { against: 'filed', code: 'zone', name: { vi: 'Khu', en: 'Zone' }, ours: 'SHTP', theirs: 'DTP' },
  ] as const;
  /** The decision is to be signed; the register answered on the day of the filing. */
  const deciding = (answer: Partial<FoundExtract> = {}) => {
    const one = new OneProcedure(procedure, '2026-07-06 09:00').file();
    const finish = (look: number, given: Partial<FoundExtract> | 'silent') =>
      one.act(
        { kind: 'engine', scope: one.scope },
        {
          type: 'finishExtract',
          procedure: one.scope,
          document,
          look,
          found: given === 'silent' ? null : { ...found, asOf: one.now, ...given },
          missed: given === 'silent' ? 'silent' : null,
        },
      );
    finish(1, answer);
    one.receive().consult().answer('agree');
    one.work();
    return { one, finish, extract: () => one.state.extracts?.[document] };
  };
  const decide = (one: OneProcedure) => {
    for (let n = 0; one.state.decision === null && n < 20; n++) {
      one.work();
      const open = Object.values(one.state.tasks).find((task) => !isOver(task) && task.kind === 'step');
      if (!open) break;
      one.complete(open.key, { outcome: open.role === 'head' ? 'approve' : 'done', reason: 'x' });
    }
  };

  it('an officer says which side stands, and nothing is decided before', () => {
    const { one, finish, extract } = deciding();
    one.at('2026-07-07 09:00').act(officer, { type: 'lookAgain', procedure });
    finish(2, { differences: sides });
    const task = Object.values(one.state.tasks).find(({ kind }) => kind === 'extract');
    expect(task).toMatchObject({ key: `extract/${document}#2`, agency: 'shtp-board', role: 'officer', status: 'open' });
    expect(refusalOf(() => decide(one))).toBe('REGISTER_DIFFERS');
    expect(one.state.decision).toBeNull();
    expect(refusalOf(() => one.complete(task?.key ?? '', { outcome: 'register-stands' }))).toBe('VALIDATION_FAILED');
    one.complete(task?.key ?? '', { outcome: 'register-stands', reason: 'trích lục mới' });
    expect(extract()?.question?.settled).toMatchObject({ stands: 'register' });
    decide(one);
    expect(one.state.decision).not.toBeNull();
    expect(one.events('decisionMade')[0]?.payload.without).toBeUndefined();
  });

  it('registers are asked again for what is too old with the task of whoever signs, and the decision waits for them', () => {
    const { one, finish, extract } = deciding({ validUntil: '2026-07-07' as PlainDate });
    one.at('2026-07-08 09:00');
    expect(refusalOf(() => decide(one))).toBe('EXTRACT_OUTDATED');
    expect(one.events('extractAsked').map(({ payload }) => [payload.look, payload.cause])).toEqual([
      [2, 'before-decision'],
    ]);
    one.act({ kind: 'engine', scope: one.scope }, { type: 'lookAgain', procedure });
    expect(extract()?.look).toBe(2);
    finish(2, { validUntil: null });
    decide(one);
    expect(one.state.decision).not.toBeNull();
  });

  it('a register that stays silent holds nobody up: the decision says what it was made without', () => {
    const { one, finish } = deciding({ validUntil: '2026-07-07' as PlainDate });
    one.at('2026-07-08 09:00');
    expect(refusalOf(() => decide(one))).toBe('EXTRACT_OUTDATED');
    finish(2, 'silent');
    decide(one);
    const without = [{ document, register: 'national-land-database', reason: 'silent' }];
    expect(one.events('decisionMade')[0]?.payload.without).toEqual(without);
    const other = deciding({ validUntil: '2026-07-07' as PlainDate });
    other.one.at('2026-07-08 09:00');
    expect(refusalOf(() => decide(other.one))).toBe('EXTRACT_OUTDATED');
    other.one.at('2026-07-08 14:00');
    decide(other.one);
    expect(other.one.events('decisionMade')[0]?.payload.without).toEqual([{ ...without[0], reason: 'unanswered' }]);
  });

  it('nobody of another agency has registers asked again', () => {
    const { one } = deciding();
    const stranger = person('officer.dost.1', 'officer', 'dost');
    expect(refusalOf(() => one.act(stranger, { type: 'lookAgain', procedure }))).toBe('TASK_NOT_YOURS');
  });
});
