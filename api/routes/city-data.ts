import { z } from 'zod';
import { confirmCityData, declineCityData, findKept, proposeCityData, withChange } from '../../db/law/city-data.js';
import { findLawChange, openCasesAfter, type LawChange } from '../../db/law/law-changes.js';
import { readWholeCatalogue } from '../../db/law/law.js';
import { openWorkOf, peopleToMove } from '../../db/law/mergers.js';
import { businessNow } from '../../db/register/business-clock.js';
import { cityEffectsOn } from '../../domain/case/law-change/city-preview.js';
import { refuse } from '../../domain/errors.js';
import { buildCatalogue, type CatalogueData } from '../../domain/law/catalogue.js';
import {
  settingHeld,
  settingParts,
  type CityData,
  type LawVersion,
  type SettingPart,
} from '../../domain/law/city-data.js';
import { createLaw } from '../../domain/law/law.js';
import { regimeVersion } from '../../domain/law/regime.js';
import { Agency } from '../../domain/schemas/agency.js';
import { PathwayDefinition } from '../../domain/schemas/pathway.js';
import { Regime, SandboxSettings } from '../../domain/schemas/regime.js';
import { Settings } from '../../domain/schemas/settings.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { headersOf } from '../acts.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { hashOf, uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import {
  AgencyProposal,
  CityDataView,
  CityDefinition,
  CityEffect,
  CityPreview,
  CityTrial,
  definitionKinds,
  ListProposal,
  PathwayProposal,
  RegimeProposal,
  SettingProposal,
  SettingSchema,
} from '../schemas/city-data.js';
import { Code } from '../schemas/common.js';
import { LawChange as LawChangeView } from '../schemas/law-changes.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'catalogue:write' } as const;
const tag = 'Data of the City';
const byCode = z.strictObject({ code: Code });
const byId = z.strictObject({ id: z.uuid() });
const location = { Location: 'Ask here what has become of it' };
const casesAtOnce = 500;

interface Proposal<D> {
  readonly data: D;
  readonly effectiveFrom: PlainDate;
  readonly document: string;
}

/** What the City decides beside the law: proposed by one admin with its document, looked at on the cases that run, confirmed by another, in force from its day. */
export function cityDataRoutes(deps: ApiDeps) {
  const { pool } = deps;
  const proposed = (
    person: Person,
    key: string,
    code: string,
    change: CityData,
    { effectiveFrom, document }: Proposal<unknown>,
  ) => {
    const own = change.kind === 'setting' ? code : change.data.code;
    if (own !== code) refuse('VALIDATION_FAILED', { field: 'data.code', expected: code });
    const publication = {
      id: uuidOf('city-data', person.id, key),
      bodyHash: hashOf({ change, effectiveFrom, document }),
      by: person.id,
    };
    return proposeCityData(pool, publication, { change, effectiveFrom, document });
  };
  const mergerOf = async (change: CityData | LawVersion) => {
    const into = change.kind === 'agency' ? change.data.mergedInto : undefined;
    if (into === undefined) return null;
    const people = await peopleToMove(pool, change.code, into);
    return { into, people, ...(await openWorkOf(pool, change.code)) };
  };
  /** What a change would do to the cases that are open; `isOpen`: it does not hold yet. */
  const effectOf = async (change: CityData | LawVersion, isOpen: boolean, from: string) => {
    const now = await readWholeCatalogue(pool);
    const asOf = await businessNow(pool);
    const next = isOpen ? withChange(now, change, dateOf(asOf)) : now;
    const [before, after] = [now, next].map((one) => createLaw(buildCatalogue(one)));
    const cases = isOpen ? await openCasesAfter(pool, from, casesAtOnce) : [];
    const items = cases.flatMap(({ code, state }) => {
      const effects = before && after ? cityEffectsOn(state, change, before, after) : [];
      return effects.length > 0 ? [{ case: code, effects }] : [];
    });
    return {
      replaces: heldNow(now, change),
      looked: cases.length,
      items,
      merger: isOpen ? await mergerOf(change) : null,
      next: cases.length === casesAtOnce ? (cases.at(-1)?.code ?? null) : null,
      asOf,
    };
  };
  const responses = { 201: { description: 'Proposed: nothing holds yet', schema: LawChangeView, headers: location } };
  const refusals = ['NOT_FOUND', 'CONFLICT', 'DEFINITION_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'MERGER_REFUSED'] as const;
  const description =
    'Needs the document behind it and a day that has not passed. Another admin confirms it (`POST /law-changes/{id}/confirmation`) after a look at `GET /law-changes/{id}/preview`.';
  const answer = ({ change, replayed }: { change: LawChange; replayed: boolean }) => ({
    Location: `/api/v1/law-changes/${change.id}`,
    ...headersOf({ replayed }),
  });

  return [
    defineRoute({
      method: 'get',
      path: '/city-data',
      tag,
      summary: 'Lists and settings of the City that hold now',
      auth: { kind: 'anyone' },
      responses: { 200: { description: 'Each entry and each part with its document or basis', schema: CityDataView } },
      handler: async ({ reply }) => {
        const { settings } = (await deps.law.atLeast()).catalogue;
        return reply(200, {
          lists: (settings.lists ?? []).map(({ entries, ...list }) => ({
            ...list,
            entries: entries.map((entry) => ({ ...entry })),
          })),
          settings: Object.fromEntries(settingParts.map((part) => [part, settingHeld(settings, part)])),
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/city-data/{kind}/{code}',
      tag,
      summary: 'An agency, a pathway or a regime whole, as its next version is proposed',
      auth: admins,
      request: { params: z.strictObject({ kind: z.enum(definitionKinds), code: Code }) },
      responses: { 200: { description: 'As it holds now; of a regime its newest version', schema: CityDefinition } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { kind, code }, reply }) => {
        const data = definitionHeld(await readWholeCatalogue(pool), kind, code);
        return reply(200, { kind, code, data: data ?? refuse('NOT_FOUND', { [kind]: code }) });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/lists/{code}/versions',
      tag,
      summary:
        'Propose the next version of a list: key projects, technologies and products, memoranda, strategic investors',
      description,
      auth: admins,
      idempotent: 'own',
      request: { params: byCode, body: ListProposal },
      responses,
      refusals,
      handler: async ({ params: { code }, body, person, key, reply }) => {
        const found = await proposed(person, key, code, { kind: 'list', code, data: body.data }, body);
        return reply(201, found.change, answer(found));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/city-data/settings/{code}/schema',
      tag,
      summary: 'What a part of the settings is made of, as JSON Schema: the form of its next version is made from it',
      auth: admins,
      request: { params: z.strictObject({ code: z.enum(settingParts) }) },
      responses: { 200: { description: 'Its schema', schema: SettingSchema } },
      handler: ({ params: { code }, reply }) =>
        Promise.resolve(
          reply(200, { code, schema: z.toJSONSchema(settingSchemas(code), { io: 'input', reused: 'inline' }) }),
        ),
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/settings/{code}/versions',
      tag,
      summary: 'Propose a part of the settings: the decision that promulgates the green lane, ladders, days, …',
      description: `${description} Parts: ${settingParts.join(', ')}.`,
      auth: admins,
      idempotent: 'own',
      request: { params: z.strictObject({ code: z.enum(settingParts) }), body: SettingProposal },
      responses,
      refusals,
      handler: async ({ params: { code }, body, person, key, reply }) => {
        const data = parsedBy<unknown>(settingSchemas(code), body.data) ?? null;
        const found = await proposed(person, key, code, { kind: 'setting', code, data }, body);
        return reply(201, found.change, answer(found));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/agencies/{code}/versions',
      tag,
      summary:
        'Propose an agency, a ward or a board of a zone: a new one, another name, another place in the order, or its merger into another',
      description: `${description} With \`mergedInto\` its people, and what is open and its own in every case, go over on that day, without moving any date; former names are kept by themselves.`,
      auth: admins,
      idempotent: 'own',
      request: { params: byCode, body: AgencyProposal },
      responses,
      refusals,
      handler: async ({ params: { code }, body, person, key, reply }) => {
        const found = await proposed(person, key, code, { kind: 'agency', code, data: body.data }, body);
        return reply(201, found.change, answer(found));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/pathways/{code}/versions',
      tag,
      summary: 'Propose a pathway as it is to be planned from a day on; plans made before stay as they are',
      description,
      auth: admins,
      idempotent: 'own',
      request: { params: byCode, body: PathwayProposal },
      responses,
      refusals,
      handler: async ({ params: { code }, body, person, key, reply }) => {
        const found = await proposed(person, key, code, { kind: 'pathway', code, data: body.data }, body);
        return reply(201, found.change, answer(found));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/regimes/{code}/versions',
      tag,
      summary: 'Propose a version of a sandbox regime; trials keep the one under which they were filed',
      description,
      auth: admins,
      idempotent: 'own',
      request: { params: byCode, body: RegimeProposal },
      responses,
      refusals,
      handler: async ({ params: { code }, body, person, key, reply }) => {
        const found = await proposed(
          person,
          key,
          code,
          { kind: 'regime', code, data: parsedBy(Regime, body.data) },
          body,
        );
        return reply(201, found.change, answer(found));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/city-data/{kind}/{code}/preview',
      tag,
      summary:
        'What an agency, a pathway or a regime would do as written here: whether it holds together, and which open cases it would concern; nothing is kept',
      auth: admins,
      idempotent: 'own',
      request: { params: z.strictObject({ kind: z.enum(definitionKinds), code: Code }), body: CityTrial },
      responses: { 200: { description: `At most ${casesAtOnce} cases are looked at`, schema: CityEffect } },
      refusals: ['NOT_FOUND', 'DEFINITION_INVALID', 'MERGER_REFUSED'],
      handler: async ({ params: { kind, code }, body: { data }, reply }) => {
        const change = definitionOf(kind, code, data);
        if (change.data.code !== code) refuse('VALIDATION_FAILED', { field: 'data.code', expected: code });
        const { replaces: _replaces, ...effect } = await effectOf(change, true, '');
        return reply(200, effect);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/law-changes/{id}/preview',
      tag,
      summary: 'What was proposed, what it would replace, and the open cases that it would concern',
      auth: admins,
      request: { params: byId, query: z.strictObject({ after: z.string().max(40).optional() }) },
      responses: { 200: { description: `At most ${casesAtOnce} cases are looked at`, schema: CityPreview } },
      refusals: ['NOT_FOUND', 'DEFINITION_INVALID', 'CONFLICT', 'CALENDAR_DAY_COUNTED', 'MERGER_REFUSED'],
      handler: async ({ params: { id }, query, reply }) => {
        const { change } = await findKept(pool, id);
        const kept = (await findLawChange(pool, id)) ?? refuse('NOT_FOUND', { change: id });
        const isOpen = kept.status === 'proposed' || kept.status === 'confirmed';
        const { replaces, ...effect } = await effectOf(change, isOpen, query.after ?? '');
        return reply(200, { change: kept, data: change.data, replaces, ...effect });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/law-changes/{id}/confirmation',
      tag,
      summary: 'Confirm what another admin has proposed: it holds from its day on',
      auth: admins,
      idempotent: 'own',
      request: { params: byId },
      responses: { 200: { description: 'Confirmed', schema: LawChangeView } },
      refusals: [
        ...(['NOT_FOUND', 'PROPOSER_CANNOT_APPROVE', 'PRECONDITION_FAILED', 'DEFINITION_INVALID', 'CONFLICT'] as const),
        'CALENDAR_DAY_COUNTED',
        'MERGER_REFUSED',
      ],
      handler: async ({ params: { id }, person, reply }) => {
        const change = await confirmCityData(pool, id, person.id);
        await deps.law.atLeast();
        return reply(200, change);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/law-changes/{id}/refusal',
      tag,
      summary: 'Take back, or refuse to confirm, what does not hold yet',
      auth: admins,
      idempotent: 'own',
      request: { params: byId },
      responses: { 200: { description: 'It will not hold', schema: LawChangeView } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
      handler: async ({ params: { id }, person, reply }) => reply(200, await declineCityData(pool, id, person.id)),
    }),
  ];
}

const settingSchemas = (part: SettingPart): z.ZodType =>
  part === 'sandbox' ? SandboxSettings.omit({ regimes: true }) : Settings.shape[part];

function definitionOf(kind: (typeof definitionKinds)[number], code: string, data: unknown) {
  switch (kind) {
    case 'agencies':
      return { kind: 'agency', code, data: parsedBy(Agency, data) } as const;
    case 'pathways':
      return { kind: 'pathway', code, data: parsedBy(PathwayDefinition, data) } as const;
    case 'regimes':
      return { kind: 'regime', code, data: parsedBy(Regime, data) } as const;
  }
}

/** What is not described in the contract in full is refused all the same where it does not fit, each fault by its place. */
function parsedBy<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ['data', ...path].join('.'), message }));
  return refuse('VALIDATION_FAILED', { field: issues[0]?.path ?? 'data', issues: issues.slice(0, 20) });
}

function heldNow(catalogue: CatalogueData, change: CityData | LawVersion): unknown {
  switch (change.kind) {
    case 'calendar':
      return catalogue.calendars.find(({ code }) => code === change.code) ?? null;
    case 'procedure':
      return catalogue.procedures.filter(({ code }) => code === change.code).at(-1) ?? null;
    case 'list':
      return catalogue.settings.lists?.find(({ code }) => code === change.code) ?? null;
    case 'setting':
      return settingHeld(catalogue.settings, change.code);
    case 'agency':
      return definitionHeld(catalogue, 'agencies', change.code) ?? null;
    case 'pathway':
      return definitionHeld(catalogue, 'pathways', change.code) ?? null;
    case 'regime':
      return definitionHeld(catalogue, 'regimes', change.code) ?? null;
  }
}

function definitionHeld(
  { agencies, pathways, regimes }: CatalogueData,
  kind: (typeof definitionKinds)[number],
  wanted: string,
): unknown {
  const isWanted = ({ code }: { readonly code: string }) => code === wanted;
  if (kind === 'agencies') return agencies.find(isWanted);
  if (kind === 'pathways') return pathways.find(isWanted);
  return regimes.filter(isWanted).sort((a, b) => (regimeVersion(a) < regimeVersion(b) ? 1 : -1))[0];
}
