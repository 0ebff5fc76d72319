import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRoutes } from '../../api/app.js';
import { type Command, type Envelope } from '../../domain/case/commands.js';
import { type Actor, type CaseEvent } from '../../domain/case/events.js';
import { sentOutside, shownToParty } from '../../domain/case/event-table.js';
import { canonicalExtract, readExtract } from '../../domain/case/extract/content.js';
import { mayReadDocument } from '../../domain/case/procedure/document-readers.js';
import { documentsShown } from '../../domain/case/procedure/documents.js';
import { isDecided } from '../../domain/case/procedure/state.js';
import { procedureOf, procedureScopeOf } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { commandTextClass, mapTexts } from '../../domain/case/texts.js';
import { refsIn } from '../../domain/case/words.js';
import { type AnyFiling } from '../../domain/schemas/trial.js';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { eventOf } from '../../db/register/chain-link.js';
import { textsOf } from '../../db/register/texts.js';
import { findCaseState } from '../../db/read/case-state.js';
import { classOfCode } from '../../domain/law/document-classes.js';
import { exampleProjects, exampleTrials, people } from '../../seeds/index.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { keepLog } from '../../worker/transparency.js';
import { logWriter } from '../support/log.js';
import { projected } from '../support/feed.js';
import { at, MemoryRegister, person, refusalOf } from '../support/memory-register.js';
import { boundOf } from '../support/scene.js';
import { drawing } from '../support/drawing.js';
import { randomAct } from '../support/random-acts.js';
import { randomOpening } from '../support/random-cases.js';
import { textOf } from '../support/poppler.js';
import { readSheets } from '../support/spreadsheet.js';
import { playedAgain } from './played-again.js';
import { fileForm, pdf, startApi, type TestApi } from './support.js';
import { keyInMemory, newKey, standing, standStill } from './trial-by-hand.js';

/**
 * Every route that reads, asked by every kind of reader about cases in which everything that somebody wrote, filed or handed in can be recognised: whatever the
 * answer holds, the table of its event's type or of its document's class must have allowed. A route that says more than the tables fails here whatever it is.
 */
const readers: Readonly<Record<string, string | null>> = {
  anyone: null,
  investor: 'investor.besi',
  'other investor': 'investor.cmc',
  representative: 'representative.besi',
  officer: 'officer.shtp-board.1',
  'officer of an agency that is asked': 'officer.dost.1',
  'officer of the tax office': 'officer.city-tax.1',
  head: 'head.hcmc-committee',
  expert: 'expert.1',
  leader: 'leader.hcmc-committee',
  auditor: 'auditor.1',
  admin: 'admin.1',
  operator: 'operator.1',
};

/** What can be recognised, wherever it turns up. */
const mark = /ZQ\d+QZ/g;

interface Marked {
  readonly caseCode: string;
  /** Who wrote it. */
  readonly by: Actor;
  /** Where in the command, or what it is of a filing or a document. */
  readonly path: string;
  /** Of what a register said: instead of which document. */
  readonly extract?: { readonly procedure: string; readonly document: string } | undefined;
}
interface Case {
  readonly code: string;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly words: ReadonlyMap<string, string | null>;
}

let api: TestApi;
let folder: string;
const cases = new Map<string, Case>();
const marked = new Map<string, Marked>();
const fileNames = new Map<string, string>();
let marks = 0;
const newMark = (what: Marked): string => {
  const one = `ZQ${marks++}QZ`;
  marked.set(one, what);
  return one;
};

/** What a register said, with the mark in its first field. */
function recordOf(text: string, one: string): string {
  const content = readExtract(text);
  return canonicalExtract({
    ...content,
    fields: content.fields.map((field) => ({ ...field, value: `${one} ${String(field.value)}` })),
  });
}
const extractOf = (command: Command) =>
  command.type === 'finishExtract'
    ? { procedure: procedureOf(command.procedure) ?? '', document: command.document }
    : undefined;

/** The envelope by somebody who can be recognised wherever they write. */
function recognisable(text: string, caseCode: string, documents: Map<string, string>): string {
  const envelope = JSON.parse(text) as Envelope;
  const { command, actor } = envelope;
  if (command.type === 'openCase') return text;
  const said = mapTexts(command, command.type, (one, path) => {
    const of = commandTextClass(path);
    const own =
      of === 'words' || of === 'admission' || of === 'reference' || (of === 'shown' && !one.startsWith('document:'));
    if (path === 'finishExtract.found.content')
      return recordOf(one, newMark({ caseCode, by: actor, path, extract: extractOf(command) }));
    return own && one !== '' ? `${newMark({ caseCode, by: actor, path })} ${one}` : one;
  });
  return JSON.stringify({ ...envelope, command: said }).replaceAll(
    /"(document:)?(doc-[\w-]+)"/g,
    (_all, before: string | undefined, id: string) => `"${before ?? ''}${documents.get(id) ?? ''}"`,
  );
}

async function play(memory: MemoryRegister, investor: string, example: AnyFiling): Promise<void> {
  const own = `case of ${investor} ${String(cases.size)}`;
  const by = person(investor, 'investor');
  const here = (path: string) => newMark({ caseCode: own, by, path });
  const filing = JSON.parse(JSON.stringify(example), (key, value: unknown) =>
    (key === 'vi' || key === 'en' || key === 'name' || key === 'lot') && typeof value === 'string'
      ? `${here(`filing.${key}`)} ${value}`
      : value,
  ) as AnyFiling;
  const documents = new Map<string, string>();
  for (const [, id = ''] of JSON.stringify(memory.accepted).matchAll(/"(?:document:)?(doc-[\w-]+)"/g)) {
    if (documents.has(id)) continue;
    const name = here('document');
    const { body } = await api.call<{ id: string }>('POST', '/documents', {
      as: investor,
      raw: fileForm(pdf(id), `${name}.pdf`),
    });
    documents.set(id, body.id);
    fileNames.set(body.id, name);
  }
  const key = newKey();
  const change = (envelope: string) => recognisable(envelope, own, documents).replaceAll(keyInMemory, key);
  const code = await playedAgain(api, memory, { investor, filing, change });
  for (const [one, what] of marked) if (what.caseCode === own) marked.set(one, { ...what, caseCode: code });
  const state = await findCaseState(api.pool, code);
  if (!state) throw new Error(`no ${code}`);
  const { rows } = await api.pool.query<{ canonical: string }>(
    'select canonical from case_event where case_code = $1 order by seq',
    [code],
  );
  const events = rows.map(({ canonical }) => eventOf(canonical));
  const words = await textsOf(api.pool, code, refsIn(events.map(({ payload }) => payload)));
  cases.set(code, { code, state, events, words });
}

/** One in which everybody tries everything. */
function life(n: number): MemoryRegister {
  const { law } = api.deps.law.current();
  const draw = drawing(20_261_200 + n);
  let now = at('2026-07-06 09:00');
  const register = new MemoryRegister('LX-260706-0001H', law);
  register.act(person('investor.test', 'investor'), now, {
    type: 'openCase',
    opening: randomOpening(draw, law, now),
    managed: true,
  });
  for (let i = 0; i < 110; i++) {
    now = new Date(Date.parse(now) + draw(900) * 60_000).toISOString();
    const { state } = register;
    const { command, actor, scope } = randomAct({ state, law, now, draw });
    const operationId = `random-${i}`;
    const rest = { caseCode: register.code, operationId, bodyHash: '', ...boundOf(state, scope) };
    refusalOf(() => register.handle({ ...rest, command, actor, occurredAt: now }));
  }
  return register;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-matrix-'));
  const files = logFolder(join(folder, 'log'));
  api = await startApi(() => ({ log: { folder: join(folder, 'log'), files } }));
  await standStill(api);
  for (let n = 0; n < 3; n++)
    await play(life(n), n === 2 ? 'investor.cmc' : 'investor.besi', exampleProjects[n % 2 === 0 ? 'besi' : 'cmc']);
  for (const phase of ['admission', 'suspended'] as const)
    await play(standing[phase]().register, 'investor.besi', exampleTrials.drone);
  await projected(api.deps);
  await keepLog({
    pool: api.pool,
    writer: logWriter(join(folder, 'log')),
    onCheckpoint: () => undefined,
  });
}, 120_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

// What the tables allow -------------------------------------------------------------------------------------------------------------------------

const personOf = (id: string) => people.find((one) => one.id === id);
const isParty = (role: PersonRole | undefined): boolean => role === 'investor' || role === 'representative';

/** Whether what this event tells there holds the mark, in clear or behind a reference. */
const tells = (told: unknown, one: string, { words }: Case): boolean =>
  JSON.stringify(told ?? null).includes(one) || refsIn(told).some((id) => words.get(id)?.includes(one) ?? false);

function allowed(reader: string | null, one: string, readsCase: boolean): boolean {
  const what = marked.get(one);
  const of = what && cases.get(what.caseCode);
  if (!what || !of) throw new Error(`nobody wrote ${one}`);
  const { state, events } = of;
  const outside = () => events.some((event) => tells(sentOutside(event), one, of));
  if (reader === null || !readsCase) return outside() || isPublicRecord(of, what);
  const role = personOf(reader)?.role;
  if (what.path === 'document') return readsFile(reader, role, one, of);
  if (what.extract) return readsExtract(reader, role, what.extract, of);
  if (what.path.startsWith('filing.')) return true;
  if (!isParty(role)) return true;
  const mine = what.by.kind === 'person' && isParty(what.by.role as PersonRole);
  return (
    mine ||
    events.some((event) =>
      tells(shownToParty(event, isDecided(state.procedures[procedureScopeOf(event.scope)])), one, of),
    )
  );
}

/** What a trial is called is published once it is admitted. */
const isPublicRecord = ({ state }: Case, { path }: Marked): boolean =>
  path.startsWith('filing.') && state.trial !== null && state.trial.phase !== 'admission';

const eyesOf = (reader: string, role: PersonRole | undefined) => ({
  id: reader,
  role: role as never,
  agency: personOf(reader)?.agency ?? null,
});

function readsFile(reader: string, role: PersonRole | undefined, one: string, { state, events }: Case): boolean {
  if (isParty(role)) return true;
  const { law } = api.deps.law.current();
  return events
    .flatMap((event) => documentsShown(event, state))
    .some(
      (shown) => fileNames.get(shown.documentId) === one && mayReadDocument(state, law, eyesOf(reader, role), shown),
    );
}

function readsExtract(
  reader: string,
  role: PersonRole | undefined,
  { procedure, document }: NonNullable<Marked['extract']>,
  { state }: Case,
): boolean {
  if (isParty(role)) return true;
  const about = { kind: 'procedure', procedure } as const;
  const { law } = api.deps.law.current();
  return mayReadDocument(state, law, eyesOf(reader, role), { about, class: classOfCode(document), by: null });
}

// What is answered ------------------------------------------------------------------------------------------------------------------------------

const tokens = new Map<string, Promise<string>>();
async function read(reader: string | null, path: string): Promise<{ status: number; text: string }> {
  if (reader !== null && !tokens.has(reader)) tokens.set(reader, api.issuer.tokenOf(reader));
  const token = reader === null ? undefined : await tokens.get(reader);
  const response = await fetch(`${api.url}/api/v1${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const text = type.includes('spreadsheet')
    ? JSON.stringify(readSheets(bytes))
    : type.includes('pdf') && path.includes('/forms/')
      ? (await textOf(bytes)).join(' ')
      : bytes.toString('utf8');
  const name = decodeURIComponent(response.headers.get('content-disposition') ?? '');
  return { status: response.status, text: `${name} ${text}` };
}

const column = async (sql: string, code: string): Promise<string[]> => {
  const { rows } = await api.pool.query<{ id: string }>(sql, [code]);
  return rows.map(({ id }) => id);
};

/** What stands for the holes of a path; of the first pattern that fits. */
const places: Readonly<Record<string, (of: Case) => Promise<readonly string[]> | readonly string[]>> = {
  '/tasks/{id}': ({ code }) =>
    column(
      `select min(id) as id from task where case_code = $1 group by kind, step, agency, status in ('open', 'claimed')`,
      code,
    ),
  '/documents/{id}': ({ code }) =>
    column('select distinct document_id::text as id from document_use where case_code = $1', code),
  '/cases/{code}/forms/{id}': async ({ code }) => {
    const { text } = await read('auditor.1', `/cases/${code}/forms`);
    const { items } = JSON.parse(text) as { items: { id: string; form: string }[] };
    return [...new Map(items.map(({ id, form }) => [form, id])).values()];
  },
  '{procedure}': ({ state }) => [...new Set(Object.values(state.procedures).map(({ procedure }) => procedure))],
  '{document}': ({ events }) => [
    ...new Set(events.flatMap((one) => (one.type === 'extractObtained' ? [one.payload.document] : []))),
  ],
  '/public/decisions/{number}': ({ events }) =>
    events.flatMap((one) => (one.type === 'decisionSigned' ? [one.payload.number] : [])),
  '/cases/{code}': ({ code }) => [code],
  '/public/trials/{code}': ({ code }) => [code],
  '{figure}': () => ['opened', 'closed', 'open', 'late'],
  '/agencies/{agency}': () => ['shtp-board', 'dost', 'hcmc-committee'],
  '{agency}': () => ['shtp-board', 'dost', 'hcmc-committee'],
};

/** Papers take the longest to make; the investor's side has them in hand. */
const isPaper = (route: string): boolean => route.endsWith('/forms/{id}');
/** Whoever asks: what is answered is for systems outside. */
const leavesTheCity = (route: string): boolean => route.startsWith('/public/') || route === '/ioc/feed';
const lists = new Set(['/cases', '/tasks', '/drafts', '/notifications', '/readings', '/ioc/feed', '/public/trials']);

/** The paths of a route: of each case where it is about one, else the one. */
async function pathsOf(route: string): Promise<string[]> {
  if (route === '/events') return ['/events?seconds=0'];
  if (route.endsWith('tracking-book') || route.includes('/tracking-book/'))
    return ['shtp-board', 'dost'].map((agency) => `${route.replace('{agency}', agency)}?from=2026-07-01&to=2026-12-31`);
  if (!route.includes('{')) return [lists.has(route) ? `${route}?limit=100` : route];
  const found = new Set<string>();
  for (const of of cases.values()) {
    let paths = [route];
    for (const [pattern, values] of Object.entries(places)) {
      if (!paths[0]?.includes(pattern)) continue;
      const filled = await values(of);
      const [hole = pattern] = /\{\w+\}$/.exec(pattern) ?? [];
      paths = paths.flatMap((path) =>
        filled.map((value) => path.replace(pattern, pattern.replace(hole, encodeURIComponent(value)))),
      );
    }
    for (const path of paths) if (!path.includes('{')) found.add(path);
  }
  return [...found];
}

const roleOf = (reader: string | null): PersonRole | undefined =>
  reader === null ? undefined : personOf(reader)?.role;
const accounts = /\b(?:officer|head|receiving-officer|expert|leader)\.[a-z][\w-]+(?:\.\d)?/g;

/** What each class of marked words is, for the count of what was met. */
const kindOf = ({ path }: Marked): string => {
  if (path === 'document') return 'document';
  if (path === 'finishExtract.found.content') return 'register';
  if (path.startsWith('filing.')) return 'filed';
  return commandTextClass(path) === 'admission' ? 'admission' : 'words';
};
const met = new Map<string, Set<string>>();
/** The best answer of each route to anybody. */
const answered = new Map<string, number>();

describe.each(Object.entries(readers))('%s', (name, reader) => {
  it('reads nothing anywhere but what the tables allow', { timeout: 120_000 }, async () => {
    const mine = new Set<string>();
    for (const code of cases.keys())
      if (reader !== null && (await read(reader, `/cases/${code}`)).status === 200) mine.add(code);
    const wrong = new Set<string>();
    const here = new Set<string>();
    for (const { path: route, method, auth } of apiRoutes(api.deps)) {
      const role = roleOf(reader);
      // Whoever may not ask at all is refused by their role (`access-matrix`).
      if (method !== 'get' || (auth.kind === 'person' && !(role !== undefined && auth.roles.includes(role)))) continue;
      if (isPaper(route) && role !== 'investor') continue;
      for (const path of await pathsOf(route)) {
        const { status, text } = await read(reader, path);
        answered.set(route, Math.min(status, answered.get(route) ?? 599));
        if (status >= 500) wrong.add(`${route} was answered ${status}`);
        for (const one of new Set(text.match(mark))) {
          const what = marked.get(one);
          if (!what || !allowed(reader, one, !leavesTheCity(route) && mine.has(what.caseCode)))
            wrong.add(`${route}: ${what?.path ?? one}`);
          else here.add(kindOf(what));
        }
        if (role === undefined || isParty(role))
          for (const account of text.match(accounts) ?? []) wrong.add(`${route}: ${account}`);
      }
    }
    expect([...wrong]).toEqual([]);
    met.set(name, here);
  });
});

it('and what is theirs was there to be read', () => {
  const found = Object.fromEntries([...met].map(([name, kinds]) => [name, [...kinds].sort().join(' ')]));
  const published = 'admission filed';
  const ofTheCase = 'admission document filed words';
  expect(found).toEqual({
    anyone: published,
    investor: ofTheCase,
    'other investor': `admission document filed register words`,
    representative: ofTheCase,
    officer: 'admission document filed register words',
    'officer of an agency that is asked': ofTheCase,
    'officer of the tax office': published,
    head: ofTheCase,
    expert: ofTheCase,
    leader: 'admission document filed register words',
    auditor: 'admission document filed register words',
    admin: 'admission filed words',
    operator: published,
  });
  const gets = apiRoutes(api.deps).flatMap(({ method, path }) => (method === 'get' ? [path] : []));
  expect(gets.filter((route) => answered.get(route) !== 200).sort()).toEqual(saidNothing);
});

/** Drafts of filings and what is published or decided elsewhere than in a case; papers are sealed, roots made by a worker; what a bottleneck is about must be asked for. */
const saidNothing = [
  '/cases/{code}/forms/{id}/signed',
  '/city-data/settings/{code}/schema',
  '/city-data/{kind}/{code}',
  '/dashboard/bottlenecks/cases',
  '/drafts/{id}',
  '/erasures/{id}',
  '/evidence/root',
  '/law-changes/{id}',
  '/law-changes/{id}/preview',
  '/problems/{code}',
  '/procedures/{code}',
  '/public/open-data/decision-timelines/{quarter}',
  '/public/reports/{id}/content',
  '/public/reports/{id}/paper',
  '/public/reports/{id}/sheet',
  '/regimes/{code}',
  '/rehearsal/advances/{id}',
  '/reports/{id}',
  '/reports/{id}/content',
  '/reports/{id}/figures/{figure}/cases',
  '/reports/{id}/paper',
  '/reports/{id}/sheet',
  '/webhooks/{id}',
];
