import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import {
  callbackHeaders,
  CallbackSignature,
  CallbackTimestamp,
  ConsultationAccepted,
  ConsultationRequest,
  lookupRequest,
  lookups,
  OpinionCallback,
  RedeliveryAccepted,
  RedeliveryRequest,
} from '../domain/schemas/agency-messages.js';
import { CounterReport } from './callbacks.js';
import { Faults } from './faults.js';
import { JournalEntry } from './journal.js';
import { Problem } from './problem.js';
import { type AgencySystem } from './systems/agency-system.js';

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const ok = (schema: z.ZodType, description: string) => ({ description, content: json(schema) });
const body = (schema: z.ZodType) => ({ content: json(schema), required: true });
const keyed = z.object({ 'idempotency-key': z.string().min(1).max(200) });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});
const refusals = {
  400: problem('Not JSON, or no Idempotency-Key'),
  401: problem('No valid bearer token'),
  409: problem('The same key with another body, or the state forbids it'),
  413: problem('Too large'),
  422: problem('Not a valid request'),
  503: problem('Busy; the same request may succeed later'),
};
const inspection = { 401: refusals[401] };

/** The contract of one system, OpenAPI 3.1, from the schemas it validates with. */
export function openApiDocument(system: AgencySystem, agencies: readonly string[]): unknown {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const route = (config: Omit<RouteConfig, 'security'>) =>
    registry.registerPath({ ...config, security: [{ [bearer.name]: [] }] });

  for (const kind of system.kinds) {
    route({
      method: 'post',
      path: `/lookups/${kind}`,
      summary: `Look-up ${kind}, answered at once`,
      request: { headers: keyed, body: body(lookupRequest(kind)) },
      responses: { 200: ok(lookups[kind].answer, 'The answer; the same for the same key'), ...refusals },
    });
  }
  if (system.reports)
    route({
      method: 'post',
      path: '/reports',
      summary: 'Tells what happened at a counter; sent on, signed, until a 2xx takes it',
      request: { headers: keyed, body: body(CounterReport) },
      responses: {
        202: ok(z.strictObject({ accepted: z.literal(true), messageId: z.string() }), 'On its way'),
        ...refusals,
      },
    });
  if (agencies.length > 0) {
    route({
      method: 'post',
      path: '/consultations',
      summary: `Asks for the opinion of: ${agencies.join(', ')}`,
      request: { headers: keyed, body: body(ConsultationRequest) },
      responses: { 202: ok(ConsultationAccepted, 'Taken; the opinion follows as the webhook `opinion`'), ...refusals },
    });
    route({
      method: 'post',
      path: '/redeliveries',
      summary: 'Sends opinions again',
      request: { body: body(RedeliveryRequest) },
      responses: { 202: ok(RedeliveryAccepted, 'How many are on their way'), ...refusals },
    });
    registry.registerWebhook({
      method: 'post',
      path: 'opinion',
      summary: 'The opinion, sent to `callbackUrl`, signed, until a 2xx takes it',
      request: {
        headers: z.object({
          [callbackHeaders.timestamp]: CallbackTimestamp,
          [callbackHeaders.signature]: CallbackSignature,
        }),
        body: body(OpinionCallback),
      },
      responses: { 202: { description: 'Taken' } },
    });
  }
  for (const { path, summary, filter, rows } of system.inspections ?? []) {
    const query = z.object({ [filter]: z.string().optional() });
    route({
      method: 'get',
      path: `/${path}`,
      summary,
      request: { query },
      responses: { 200: ok(rows, summary), ...inspection },
    });
  }
  const faults = { 200: ok(Faults, 'The faults in force'), ...inspection };
  route({ method: 'get', path: '/faults', summary: 'The faults in force', responses: faults });
  route({
    method: 'put',
    path: '/faults',
    summary: 'Sets all faults; a field left out takes its default',
    request: { body: body(Faults) },
    responses: { ...faults, 422: refusals[422] },
  });
  route({ method: 'delete', path: '/faults', summary: 'No faults', responses: faults });
  route({
    method: 'get',
    path: '/journal',
    summary: 'What happened here, ids and keys only',
    responses: { 200: ok(z.array(JournalEntry), 'Oldest first'), ...inspection },
  });

  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: `${system.title.vi} / ${system.title.en}`, version: '1.0.0' },
    servers: [{ url: `/${system.code}` }],
  });
}
