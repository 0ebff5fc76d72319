import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearSites } from '../../db/read/near-sites.js';
import { rekeySites } from '../../db/register/rekey-sites.js';
import { siteOf } from '../../db/register/site-claims.js';
import { type Site } from '../../domain/case/case/opening.js';
import { type Actor } from '../../domain/case/events.js';
import { procedureScope } from '../../domain/case/scope.js';
import { Refusal } from '../../domain/errors.js';
import { type Filing } from '../../domain/lane/screening.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, createTestRegister, openingCommand, person, receiving, type TestRegister } from './support.js';

const procedure = 'irc-special';
const documents = [{ code: 'request-with-commitments', documentId: 'doc-1', obtainedFrom: null }];
const officer = person('receiving-officer.hcmc-pasc.2', 'receiving-officer', 'hcmc-pasc');

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const on = (lot: string | null, zone: Filing['project']['site']['zone'] = 'SHTP'): Filing => {
  const { project, investor } = exampleProjects.cmc;
  return { ...exampleProjects.cmc, investor, project: { ...project, site: { ...project.site, lot, zone } } };
};

/** `accepted`, or the code of the refusal. */
const answerOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  );

let cases = 0;

/** A case for that lot, its dossier at the counter. */
class Filed {
  private operations = 0;
  private constructor(
    readonly code: string,
    readonly investor: Extract<Actor, { kind: 'person' }>,
  ) {}

  static async for(filing: Filing): Promise<Filed> {
    const opening = openingCommand(filing, at('2026-07-06 08:00'), true, { pathway: 'special', site: siteOf(filing) });
    const investor = person(`investor.site-${++cases}`, 'investor') as Filed['investor'];
    const { caseCode } = await register.door.open({
      command: { ...opening, opening: { ...opening.opening, investor: { personId: investor.id, organisation: null } } },
      actor: investor,
      key: `site-${cases}`,
      bodyHash: 'body',
      occurredAt: at('2026-07-06 08:00'),
    });
    const filed = new Filed(caseCode, investor);
    await filed.engine(`case/${caseCode}`, '2026-07-06 08:00', { type: 'openProcedure', procedure });
    await filed.file('2026-07-06 08:10');
    return filed;
  }

  get scope() {
    return procedureScope(this.code, procedure, 1);
  }

  envelope(actor: Actor, when: string, command: Parameters<typeof register.door.handle>[0]['command']) {
    const operationId = `${this.code}/${++this.operations}`;
    return { caseCode: this.code, command, actor, occurredAt: at(when), operationId, bodyHash: 'body' };
  }

  act(actor: Actor, when: string, command: Parameters<typeof register.door.handle>[0]['command']) {
    return register.door.handle(this.envelope(actor, when, command));
  }

  async engine(scope: string, when: string, command: Parameters<typeof register.door.handle>[0]['command']) {
    const { rows } = await register.pool.query<{ generation: number; last: number }>(
      'select generation, last_seq as last from scope where id = $1',
      [scope],
    );
    const bound = { scope, generation: rows[0]?.generation ?? 1, basedOn: rows[0]?.last ?? 0 };
    return register.door.handle({ ...this.envelope({ kind: 'engine', scope }, when, command), bound });
  }

  file(when: string) {
    return this.act(this.investor, when, { type: 'fileDossier', procedure, documents });
  }

  /** An intake task, claimed; its id. */
  async intake(when: string, by: Actor = receiving): Promise<string> {
    const task = {
      type: 'openTask',
      key: 'intake/1',
      kind: 'intake',
      agency: 'hcmc-pasc',
      role: 'receiving-officer',
    } as const;
    const { events } = await this.engine(this.scope, when, { ...task, step: null });
    const opened = events.find((event) => event.type === 'taskOpened');
    const taskId = opened?.type === 'taskOpened' ? opened.payload.taskId : '';
    await this.act(by, when, { type: 'claimTask', taskId });
    return taskId;
  }

  complete(taskId: string, when: string, outcome: 'receive' | 'refuse', by: Actor = receiving) {
    const completion = { outcome, ...(outcome === 'refuse' && { reason: 'not this site' }) };
    return this.act(by, when, { type: 'completeTask', taskId, completion });
  }

  withdraw(when: string) {
    return this.act(this.investor, when, { type: 'withdrawCase', reason: 'other plans' });
  }
}

const claims = async (site: Site | null) => {
  const { rows } = await register.pool.query<{ code: string; open: boolean; released: boolean }>(
    `select case_code as code, open, released_at is not null as released from site_claim where site = $1 order by since, case_code`,
    [site?.lots[0] ?? ''],
  );
  return rows;
};

describe('a site', () => {
  it('is the same however its lot is spelled, another in another zone, and none where no lot is named', () => {
    const site = siteOf(on('Lô T4-3, đường D2'));
    expect(site?.lots).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    for (const lot of ['lo T4.3 đường D2', 'Lot T4/3, ĐƯỜNG  d2', 'T4 3 duong D2'])
      expect(siteOf(on(lot))?.lots).toEqual(site?.lots);
    expect(siteOf(on('Lô T4-3, đường D2', 'HEPZA'))?.lots).not.toEqual(site?.lots);
    expect(siteOf(on('Lô T4-31, đường D2'))?.lots).not.toEqual(site?.lots);
    expect([siteOf(on(null)), siteOf(on('T4', null)), siteOf(on('T4', 'none')), siteOf(on('Lô --'))]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([
    'Lô Q7-3, Ðường Ð2',
    'Lô số Q7-3, Đường Đ2',
    'Lô Q7-03, Đường Đ2',
    'Đường Đ2, Lô Q7-3',
    'Q 7-3 đường Đ 2',
    'Lô Ｑ７-３, Đường Đ2',
    'Lô Q7-3 và Q7-4, Đường Đ2',
    'lô q7.3 - đường đ2',
  ])('is taken for whoever spells it «%s»', async (lot) => {
    const first = await Filed.for(on('Lô Q7-3, Đường Đ2'));
    await first.complete(await first.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'receive');
    const second = await Filed.for(on(lot));
    const task = await second.intake('2026-07-07 09:00');
    expect(await answerOf(second.complete(task, '2026-07-07 09:10', 'receive'))).toBe('SITE_TAKEN');
    const beside = await Filed.for(on('Lô Q7-33, Đường Đ2'));
    await beside.complete(await beside.intake('2026-07-07 09:00'), '2026-07-07 09:10', 'receive');
    for (const one of [first, beside]) await one.withdraw('2026-07-08 09:00');
  });

  it('of several lots is claimed lot by lot', async () => {
    const both = await Filed.for(on('Lô W1-1 và W1-2'));
    await both.complete(await both.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'receive');
    for (const lot of ['Lô W1-1', 'Lô W1-2, đường D1']) {
      const later = await Filed.for(on(lot));
      const task = await later.intake('2026-07-07 09:00');
      expect(await answerOf(later.complete(task, '2026-07-07 09:10', 'receive'))).toBe('SITE_TAKEN');
    }
  });

  it('that could be another’s is shown to the counter', async () => {
    const known = await Filed.for(on('Lô V7-3, Đường Đ2'));
    await known.complete(await known.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'receive');
    const hasty = await Filed.for(on('Lô V73'));
    expect(await nearSites(register.pool, hasty.code)).toMatchObject([
      { case: known.code, procedure, receivedOn: '2026-07-06', same: false },
    ]);
    expect(await nearSites(register.pool, (await Filed.for(on('Lô V7-3'))).code)).toMatchObject([{ same: true }]);
    expect(await nearSites(register.pool, (await Filed.for(on('Lô V7-33'))).code)).toEqual([]);
  });

  it('of before is read anew from the filing, and no claim is lost: of two to one lot the earlier holds it', async () => {
    const spelled = ['Lô U7-3, Đường Đ2', 'Đường Đ2, Lô số U7-03'];
    const files: Filed[] = [];
    for (const [i, lot] of spelled.entries()) {
      const file = await Filed.for(on(`Lô X${i}-1`));
      await file.complete(await file.intake('2026-07-06 09:00'), `2026-07-0${6 + i} 09:10`, 'receive');
      files.push(file);
      // As 0.3.0 left it: one key a case, by the spelling.
      const key = String(i).repeat(64);
      await register.owner.query('delete from case_site where case_code = $1', [file.code]);
      await register.owner.query('insert into case_site values ($1, $2, false, 1)', [file.code, key]);
      await register.owner.query('update site_claim set site = $2 where case_code = $1', [file.code, key]);
      await register.owner.query(
        `insert into filing (case_code, body, name_vi, name_en, search) values ($1, $2, 'a', 'a', to_tsvector('simple', 'a'))`,
        [file.code, JSON.stringify(on(lot))],
      );
    }
    expect(await rekeySites(register.owner)).toBe(2);
    expect(await rekeySites(register.owner)).toBe(0);
    expect(await claims(siteOf(on('Lô U7-3')))).toEqual(
      files.map(({ code }) => ({ code, open: true, released: false })),
    );
    const { rows } = await register.owner.query(
      'select contested from site_claim where case_code = any ($1) order by since',
      [files.map(({ code }) => code)],
    );
    expect(rows).toEqual([{ contested: false }, { contested: true }]);
    const third = await Filed.for(on('Lô U7-3'));
    const task = await third.intake('2026-07-08 09:00');
    for (const one of files) {
      expect(await answerOf(third.complete(task, '2026-07-08 09:10', 'receive'))).toBe('SITE_TAKEN');
      await one.withdraw('2026-07-08 09:20');
    }
    await third.complete(task, '2026-07-08 09:30', 'receive');
  });
});

describe('the first valid dossier', () => {
  it('holds the site until it fails: then the next may be received', async () => {
    const [first, second] = [await Filed.for(on('Lô A-1')), await Filed.for(on('lo A 1'))];
    const { events } = await first.complete(await first.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'receive');
    const received = events.find((event) => event.type === 'dossierReceived');
    const dossierCode = received?.type === 'dossierReceived' ? received.payload.dossierCode : '';
    const task = await second.intake('2026-07-07 09:00');
    expect(await answerOf(second.complete(task, '2026-07-07 09:10', 'receive'))).toBe('SITE_TAKEN');
    await second
      .complete(task, '2026-07-07 09:11', 'receive')
      .catch((error: unknown) => expect(error).toMatchObject({ details: { dossierCode, receivedOn: '2026-07-06' } }));
    await first.withdraw('2026-07-08 09:00');
    await second.complete(task, '2026-07-08 09:10', 'receive');
    expect(await claims(siteOf(on('Lô A-1')))).toEqual([
      { code: first.code, open: false, released: true },
      { code: second.code, open: true, released: false },
    ]);
  });

  it('is one of two that are received at the same moment, whoever is faster', async () => {
    for (let round = 1; round <= 5; round++) {
      const site = on(`Lô B-${round}`);
      const both = [await Filed.for(site), await Filed.for(site)];
      const by = [receiving, officer];
      const tasks = await Promise.all(both.map((one, i) => one.intake('2026-07-06 09:00', by[i])));
      const answers = await Promise.all(
        both.map((one, i) => answerOf(one.complete(tasks[i] ?? '', '2026-07-06 09:10', 'receive', by[i]))),
      );
      expect(answers.sort()).toEqual(['SITE_TAKEN', 'accepted']);
      expect((await claims(siteOf(site))).filter(({ released }) => !released)).toHaveLength(1);
    }
  });

  it('a refusal at the counter takes no site, and a project without a lot stands in nobody’s way', async () => {
    const [first, second] = [await Filed.for(on('Lô C-1')), await Filed.for(on('Lô C-1'))];
    await first.complete(await first.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'refuse');
    await second.complete(await second.intake('2026-07-06 09:20'), '2026-07-06 09:30', 'receive');
    for (const nowhere of [await Filed.for(on(null)), await Filed.for(on(null))]) {
      await nowhere.complete(await nowhere.intake('2026-07-06 09:00'), '2026-07-06 09:10', 'receive');
    }
    expect((await claims(siteOf(on('Lô C-1')))).map(({ code }) => code)).toEqual([second.code]);
  });
});
