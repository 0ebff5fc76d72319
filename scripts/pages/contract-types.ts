import { apiBase, apiRoutes, apiVersion } from '../../api/app.js';
import { type ApiDeps } from '../../api/deps.js';
import { openApiDocument } from '../../api/http/open-api.js';

/** What the pages call, by the path of the contract. */
const called = {
  get: [
    '/me',
    '/rehearsal/clock',
    '/rehearsal/next',
    '/rehearsal/advances/{id}',
    '/rehearsal/systems',
    '/city-data',
    '/city-data/settings/{code}/schema',
    '/city-data/{kind}/{code}',
    '/screenings/law',
    '/law-changes',
    '/law-changes/{id}/preview',
    '/engine/faults',
    '/engine/systems',
    '/cases/{code}/engine',
    '/webhooks',
    '/webhooks/{id}',
    '/erasures',
    '/legal-holds',
    '/sessions',
    '/security/events',
    '/readings',
    '/tasks',
    '/tasks/{id}',
    '/tasks/{id}/presence',
    '/tasks/{id}/draft',
    '/tasks/{id}/drafted',
    '/tasks/{id}/similar',
    '/notifications',
    '/agencies/{agency}/people',
    '/agencies/{agency}/workload',
    '/delegations',
    '/powers-of-attorney',
    '/condition-subjects',
    '/cases',
    '/cases/{code}',
    '/cases/{code}/roadmap',
    '/cases/{code}/ledger',
    '/cases/{code}/timeline',
    '/cases/{code}/statuses',
    '/cases/{code}/acts',
    '/cases/{code}/readings',
    '/cases/{code}/questions',
    '/cases/{code}/forms',
    '/cases/{code}/duties',
    '/cases/{code}/procedures/{procedure}/consultations',
    '/cases/{code}/procedures/{procedure}/extracts',
    '/cases/{code}/trial',
    '/cases/{code}/trial/readings',
    '/cases/{code}/trial/terms',
    '/cases/{code}/trial/council',
    '/cases/{code}/trial/council/candidates',
    '/fields',
    '/organisations',
    '/drafts',
    '/drafts/{id}',
    '/procedures',
    '/procedures/{code}',
    '/pathways',
    '/agencies',
    '/calendars',
    '/public/decisions/{number}',
    '/public/log',
    '/public/signing-keys',
    '/public/publications',
    '/public/trials',
    '/public/trials/{code}',
    '/dashboard/summary',
    '/dashboard/agencies',
    '/dashboard/automation',
    '/dashboard/sandbox',
    '/dashboard/cuts',
    '/dashboard/bottlenecks',
    '/dashboard/early-warning',
    '/dashboard/bottlenecks/cases',
    '/dashboard/figures/{figure}/cases',
    '/instructions',
    '/reports',
    '/targets',
    '/reports/{id}',
    '/reports/{id}/figures/{figure}/cases',
    '/public/reports',
    '/integrity/questions',
    '/measures',
    '/zones',
    '/lands',
    '/regimes',
    '/regimes/{code}',
    '/public/figures',
    '/public/scorecards',
    '/public/open-data/decision-timelines',
  ],
  post: [
    '/cases/{code}/procedures/{procedure}/extracts/looks',
    '/cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal',
    '/public/case-status',
    '/screenings',
    '/regimes/fit',
    '/drafts',
    '/drafts/{id}',
    '/drafts/{id}/filing',
    '/drafts/{id}/signature',
    '/organisations',
    '/organisations/{id}/membership',
    '/organisations/{id}/invitations',
    '/organisations/{id}/invitations/acceptance',
    '/organisations/{id}/invitations/refusal',
    '/organisations/{id}/members/{person}/role',
    '/organisations/{id}/members/{person}/departure',
    '/documents',
    '/tasks/{id}/claim',
    '/tasks/{id}/draft',
    '/notifications/{id}/read',
    '/notifications/read-all',
    '/rehearsal/advances',
    '/rehearsal/systems/{system}/switches',
    '/law-changes/{id}/confirmation',
    '/law-changes/{id}/refusal',
    '/calendars/{code}/versions',
    '/calendars/{code}/preview',
    '/procedures/{code}/versions',
    '/procedures/{code}/preview',
    '/procedures/{code}/migrations',
    '/law-changes/{id}/withdrawal',
    '/city-data/{kind}/{code}/preview',
    '/city-data/agencies/{code}/versions',
    '/city-data/pathways/{code}/versions',
    '/city-data/regimes/{code}/versions',
    '/webhooks',
    '/people',
    '/people/{id}/move',
    '/people/{id}/departure',
    '/people/import',
    '/city-data/lists/{code}/versions',
    '/city-data/settings/{code}/versions',
    '/webhooks/{id}/confirmation',
    '/webhooks/{id}/pause',
    '/webhooks/{id}/resumption',
    '/webhooks/{id}/replay',
    '/webhooks/{id}/removal',
    '/erasures',
    '/erasures/runs',
    '/erasures/{id}/confirmation',
    '/erasures/{id}/refusal',
    '/legal-holds',
    '/legal-holds/{id}/lifting',
    '/sessions/{id}/end',
    '/tasks/{id}/release',
    '/tasks/{id}/completion',
    '/tasks/{id}/supplement-request',
    '/tasks/{id}/return',
    '/tasks/{id}/reassign',
    '/tasks/bulk-completion',
    '/delegations',
    '/delegations/{id}/acceptance',
    '/delegations/{id}/refusal',
    '/delegations/{id}/revocation',
    '/powers-of-attorney',
    '/powers-of-attorney/{id}/acceptance',
    '/powers-of-attorney/{id}/refusal',
    '/powers-of-attorney/{id}/revocation',
    '/cases/{code}/procedures/{procedure}/supplements/{requestId}/withdrawal',
    '/cases/{code}/procedures/{procedure}/supplements/{requestId}/review',
    '/cases/{code}/procedures/{procedure}/supplements/{requestId}/end',
    '/cases/{code}/procedures/{procedure}/extension/withdrawal',
    '/cases/{code}/procedures/{procedure}/extension',
    '/cases/{code}/procedures/{procedure}/supplements/{requestId}/extension',
    '/cases/{code}/procedures/{procedure}/consultations/{n}/reopening',
    '/cases/{code}/lane-hearings',
    '/cases/{code}/official-corrections',
    '/cases/{code}/interest-declarations',
    '/cases/{code}/procedures/{procedure}/receipt/withdrawal',
    '/cases/{code}/procedures/{procedure}/dossier',
    '/cases/{code}/procedures/{procedure}/refiling',
    '/cases/{code}/procedures/{procedure}/payment',
    '/cases/{code}/supplements',
    '/cases/{code}/gates/{gate}',
    '/cases/{code}/duties/{duty}/fulfilment',
    '/cases/{code}/survey',
    '/cases/{code}/pin',
    '/cases/{code}/questions',
    '/cases/{code}/withdrawal',
    '/cases/{code}/procedures/{procedure}/conference',
    '/cases/{code}/trial/permits',
    '/cases/{code}/trial/reports',
    '/cases/{code}/trial/incidents',
    '/cases/{code}/trial/visits',
    '/cases/{code}/trial/suspension',
    '/cases/{code}/trial/resumption',
    '/cases/{code}/trial/termination',
    '/cases/{code}/trial/extension',
    '/cases/{code}/trial/adjustments',
    '/cases/{code}/trial/keys',
    '/cases/{code}/trial/final-report',
    '/cases/{code}/trial/terms',
    '/cases/{code}/trial/council',
    '/cases/{code}/trial/council/opening',
    '/cases/{code}/trial/council/votes',
    '/cases/{code}/trial/council/interest',
    '/cases/{code}/deferrals',
    '/cases/{code}/deferrals/{procedure}/end',
    '/cases/{code}/lane-proposals',
    '/cases/{code}/lane-evidence',
    '/cases/{code}/lane-hearings/answer',
    '/cases/{code}/procedures/{procedure}/result-changes',
    '/cases/{code}/result-changes/{change}/statement',
    '/cases/{code}/corrections',
    '/cases/{code}/instructions',
    '/cases/{code}/instructions/{instruction}/date',
    '/cases/{code}/instructions/{instruction}/withdrawal',
    '/instructions',
    '/instructions/{id}/date',
    '/instructions/{id}/withdrawal',
    '/instructions/{id}/answer',
    '/instructions/{id}/closing',
    '/reports/{id}/chapters/{agency}/signature',
    '/targets',
    '/reports/{id}/gathering',
    '/reports/{id}/approval',
    '/reports/{id}/errata',
  ],
} as const;

type Json = Readonly<Record<string, unknown>>;
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Json }>> }>
  >;
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** Nothing of it is called to describe the routes. */
const unused = { limits: { publicPerMinute: 1, perMinute: 1, quotas: {} } } as unknown as ApiDeps;

/** TypeScript for everything that the pages send and read; not formatted yet. */
export function contractTypes(): string {
  const contract = openApiDocument(apiRoutes(unused), apiBase, apiVersion) as unknown as Contract;
  const { schemas } = contract.components;
  const wanted = new Set<string>(['Problem']);
  const named = (name: string): string => {
    wanted.add(name);
    return name;
  };
  const entries = (method: 'get' | 'post') =>
    called[method].map((path) => {
      const operation = contract.paths[apiBase + path]?.[method];
      if (operation === undefined) throw new Error(`The contract has no ${method} ${path}`);
      const json = (content: Readonly<Record<string, { readonly schema?: Json }>> | undefined): string => {
        const schema = content?.['application/json']?.schema;
        return schema === undefined ? 'undefined' : typeOf(schema, named);
      };
      const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
      const answer = json(success?.content);
      return method === 'get'
        ? `'${path}': ${answer};`
        : `'${path}': { body: ${json(operation.requestBody?.content)}; answer: ${answer} };`;
    });
  const routes = `export interface Reads {\n${entries('get').join('\n')}\n}\nexport interface Acts {\n${entries('post').join('\n')}\n}`;
  const types: string[] = [];
  // A set that grows while it is walked is walked to its end.
  for (const name of wanted) {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`The contract has no schema ${name}`);
    types.push(`export type ${name} = ${typeOf(schema, named)};`);
  }
  return `// Made by \`npm run page-types\` from our OpenAPI document; not written by hand.\n\n${routes}\n\n${types.sort().join('\n\n')}\n`;
}

/** One JSON schema as a type. */
function typeOf(schema: Json | boolean, named: (name: string) => string): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema;
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (typeof $ref === 'string') return named($ref.replace('#/components/schemas/', ''));
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ') || 'never';
  const choice = (anyOf ?? oneOf) as readonly Json[] | undefined;
  if (choice !== undefined) return `(${choice.map((one) => typeOf(one, named)).join(' | ')})`;
  if (Array.isArray(allOf)) return `(${(allOf as Json[]).map((one) => typeOf(one, named)).join(' & ')})`;
  if (Array.isArray(type))
    return `(${type.map((one) => typeOf({ ...schema, type: one as unknown }, named)).join(' | ')})`;
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      if (Array.isArray(schema['prefixItems'])) {
        return `readonly [${(schema['prefixItems'] as Json[]).map((one) => typeOf(one, named)).join(', ')}]`;
      }
      return `readonly (${schema['items'] === undefined ? 'unknown' : typeOf(schema['items'] as Json, named)})[]`;
    case 'object':
      return objectOf(schema, named);
    default:
      return 'unknown';
  }
}

function objectOf(schema: Json, named: (name: string) => string): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>);
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const fields = properties.map(
    ([name, property]) =>
      `readonly ${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${typeOf(property, named)};`,
  );
  const rest = schema['additionalProperties'];
  const open = typeof rest === 'object' && rest !== null ? typeOf(rest as Json, named) : undefined;
  if (fields.length === 0)
    return open === undefined ? 'Readonly<Record<string, never>>' : `Readonly<Record<string, ${open}>>`;
  return `{ ${fields.join(' ')} }`;
}
