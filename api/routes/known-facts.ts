import { type z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { type EarlierFact, earlierFacts } from '../../db/read/known-facts.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { KnownFacts, KnownFactsBody } from '../schemas/investor.js';

const sources = {
  'national-business-register': {
    vi: 'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp',
    en: 'National Business Register',
  },
  'population-database': {
    vi: 'Cơ sở dữ liệu quốc gia về dân cư (VNeID)',
    en: 'National population database (VNeID)',
  },
  'green-lane-register': { vi: 'Hồ sơ trước trong luồng xanh', en: 'Earlier cases in the green lane' },
} as const;
type Source = keyof typeof sources;
type Fact = z.input<typeof KnownFacts>['facts'][number];

/** What the form asks of the investor where nobody knows it. */
const asked = ['investor.name', 'investor.country', 'investor.registrationNumber', 'investor.language'];

/** «Once only»: what registers and earlier cases know, each with its source and date, so that the form does not ask for it. */
export function knownFactsRoutes({ pool, registers }: ApiDeps, access: Access) {
  interface Question {
    readonly person: Person;
    readonly key: string;
    readonly at: Instant;
  }
  interface Found {
    readonly facts: readonly Fact[];
    /** Set where the register gave no answer. */
    readonly silent?: Source;
  }
  const fact = (source: Source, field: string, value: string | boolean, at: Instant, from: string | null): Fact => ({
    field,
    value,
    source,
    sourceName: sources[source],
    case: from,
    asOf: dateOf(at),
  });
  const correlation = ({ person, key }: Question, source: Source) => `known-facts/${uuidOf(person.id, key, source)}`;

  /** The register of companies knows those founded in Viet Nam: asked where there is a number, or a country to ask about. */
  async function company(
    question: Question,
    earlier: readonly EarlierFact[],
    given: string | undefined,
  ): Promise<Found> {
    const source = 'national-business-register';
    const before = (field: EarlierFact['field']) => earlier.find((one) => one.field === field)?.value;
    const registrationNumber = given ?? before('registrationNumber') ?? null;
    const name = before('name') ?? question.person.organisation;
    const country = registrationNumber === null ? before('country') : 'VN';
    if (name === null || country === undefined) return { facts: [] };
    const subject = { name, country, registrationNumber };
    const correlationId = correlation(question, source);
    const answer = await registers?.ask('enterprise-record', { correlationId, askedAt: question.at, subject });
    if (!answer) return { facts: [], silent: source };
    if (!answer.found || answer.enterpriseCode === null) return { facts: [] };
    const of = (field: string, value: string) => fact(source, field, value, question.at, null);
    return {
      facts: [
        of('investor.registrationNumber', answer.enterpriseCode),
        ...(answer.status ? [of('investor.registrationStatus', answer.status)] : []),
      ],
    };
  }

  /** Echoes nothing of the person but that it is they. */
  async function identity(question: Question, shown: z.output<typeof KnownFactsBody>['identity']): Promise<Found> {
    const source = 'population-database';
    if (!shown) return { facts: [] };
    const subject = { ...shown, fullName: question.person.name };
    const correlationId = correlation(question, source);
    const answer = await registers?.ask('identity-check', { correlationId, askedAt: question.at, subject });
    if (!answer) return { facts: [], silent: source };
    return { facts: [fact(source, 'person.identity', answer.verified, question.at, null)] };
  }

  return [
    defineRoute({
      method: 'post',
      path: '/known-facts',
      tag: 'Filing',
      summary: 'What registers and earlier cases know of the investor, and what the form still has to ask',
      auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file', access: access.mayFile },
      idempotent: 'own',
      request: { body: KnownFactsBody },
      responses: { 200: { description: 'Facts with source and date', schema: KnownFacts } },
      refusals: ['OUTSIDE_POWER_OF_ATTORNEY'],
      handler: async ({ person, key, body, reply }) => {
        const question = { person, key, at: await businessNow(pool) };
        const investor = await access.investorFor(person, body.onBehalfOf);
        const earlier = await earlierFacts(pool, investor);
        const found = await Promise.all([
          company(question, earlier, body.registrationNumber),
          identity(question, body.identity),
        ]);
        const facts = found.flatMap((one) => one.facts);
        const known = new Set(facts.map(({ field }) => field));
        for (const { field, value, at, case: from } of earlier) {
          if (!known.has(`investor.${field}`)) {
            facts.push(fact('green-lane-register', `investor.${field}`, value, at, from));
            known.add(`investor.${field}`);
          }
        }
        const silent = found.flatMap((one) => one.silent ?? []);
        return reply(200, {
          facts,
          ask: asked.filter((field) => !known.has(field)),
          unanswered: silent.map((source) => ({ source, sourceName: sources[source] })),
        });
      },
    }),
  ];
}
