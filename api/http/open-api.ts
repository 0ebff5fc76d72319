import { z } from 'zod';
import { type ErrorCode, errors } from '../../domain/errors.js';
import { lookReasons } from '../../domain/people/look-reasons.js';
import { type JsonAnswer, type OtherAnswer, lookReasonHeader, type Route } from './route.js';
import { Problem, problemType } from './problem.js';

type Json = Record<string, unknown>;

const commonRefusals: readonly ErrorCode[] = [
  'MALFORMED_REQUEST',
  'RATE_LIMITED',
  'INTERNAL',
  'OVERLOADED',
  'STORAGE_FULL',
  'KEY_UNAVAILABLE',
];

/** The contract, OpenAPI 3.1, from the schemas that validate. `base` is where the routes are mounted. */
export function openApiDocument(routes: readonly Route[], base: string, version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => hoist(toJsonSchema(schema, io), components);
  schemaOf(Problem, 'output');
  for (const route of routes) {
    const operations = (paths[`${base}${route.path}`] ??= {});
    operations[route.method] = operation(route, schemaOf);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Luồng Xanh',
      version,
      description:
        'Hồ sơ dự án trên luồng xanh của Thành phố Hồ Chí Minh: nộp một lần, các cơ quan xử lý song song, mỗi thủ tục một đồng hồ.\n\n' +
        "One project on Ho Chi Minh City's green lane: filed once, handled by agencies in parallel, a legal clock for each procedure.\n\n" +
        'Instants are ISO 8601 in UTC, legal days are YYYY-MM-DD in UTC+07:00, money is a decimal string. Every write takes an `Idempotency-Key`: ' +
        'the same key gives the same answer, with another body it is refused. Every write answers `caseSeq`; give it to a read as `after` to see what ' +
        'the engine made of it (`wait` seconds at most; `settled` says whether it was ready). Refusals are RFC 9457 problems with a stable `code`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'OIDC access token' },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Luong-Xanh-Signature',
          description: 'HMAC-SHA256 over `{timestamp}.{raw body}` under the key of the agency',
        },
        device: {
          type: 'apiKey',
          in: 'header',
          name: 'Trial-Signature',
          description: 'Ed25519 over the raw body, in base64, by the key that `Trial-Key` names',
        },
      },
    },
  };
}

const callers = { anyone: '', signature: 'For agency systems.', device: 'For devices of the participant.' } as const;

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Json;

function operation(route: Route, schemaOf: SchemaOf): Json {
  const { request = {}, auth } = route;
  const who = auth.kind === 'person' ? `For: ${auth.roles.join(', ')}.` : callers[auth.kind];
  const description = [route.description, who].filter(Boolean).join('\n\n');
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(description && { description }),
    security: auth.kind === 'anyone' ? [] : [{ [auth.kind]: [] }],
    parameters: parametersOf(route, schemaOf),
    ...(request.body !== undefined && {
      requestBody: {
        required: !request.body.safeParse(undefined).success,
        content: {
          [request.bodyContent ?? 'application/json']: {
            schema: schemaOf(request.contractBody ?? request.body, 'input'),
          },
        },
      },
    }),
    responses: responsesOf(route, schemaOf),
  };
}

const operationId = ({ method, path }: Route): string =>
  [method, ...path.split('/').filter(Boolean)]
    .map((part) => part.replaceAll(/[{}]/g, '').replaceAll(/[-.](\w)/g, (_all, letter: string) => letter.toUpperCase()))
    .map((part, i) => (i === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('');

function parametersOf({ request = {}, idempotent, method, path, auth }: Route, schemaOf: SchemaOf): Json[] {
  const parameters: Json[] = [];
  for (const [place, schema] of [
    ['path', request.params],
    ['query', request.query],
  ] as const) {
    if (!(schema instanceof z.ZodObject)) continue;
    const { required = [] } = schemaOf(schema.meta({}), 'input') as { required?: string[] };
    for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      const { description, ...rest } = schemaOf(field, 'input');
      parameters.push({
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description !== undefined && { description }),
        schema: rest,
      });
    }
  }
  if (idempotent !== undefined) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'Chosen by the caller, one per act; the same key gives the same answer',
      schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
    });
  }
  if (method === 'get' && auth.kind === 'person' && /^\/(cases|documents)\/\{/.test(path)) {
    parameters.push({
      name: lookReasonHeader,
      in: 'header',
      required: false,
      description: 'Why an official without a task on the case looks; kept with the look, which goes on either way',
      schema: { type: 'string', enum: lookReasons },
    });
  }
  for (const [name, description] of Object.entries(request.headers ?? {})) {
    parameters.push({ name, in: 'header', required: true, description, schema: { type: 'string' } });
  }
  return parameters;
}

function responsesOf(route: Route, schemaOf: SchemaOf): Json {
  const responses: Record<string, Json> = {};
  for (const [status, answer] of Object.entries(route.responses)) responses[status] = responseOf(answer, schemaOf);
  const codes = new Set<ErrorCode>([...commonRefusals, ...(route.refusals ?? [])]);
  const { request = {}, auth } = route;
  if (auth.kind === 'person') for (const code of personRefusals) codes.add(code);
  if (request.body !== undefined || request.query !== undefined || request.params !== undefined) {
    for (const code of inputRefusals) codes.add(code);
  }
  if (request.body !== undefined) for (const code of bodyRefusals) codes.add(code);
  if (route.idempotent !== undefined) codes.add('IDEMPOTENCY_KEY_MISSING').add('IDEMPOTENCY_KEY_REUSED');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(errors[code].http, [...(byStatus.get(errors[code].http) ?? []), code]);
  for (const [status, list] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[String(status)] = {
      description: list.sort().join(', '),
      content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}

const personRefusals = ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN'] as const;
const inputRefusals = [
  'VALIDATION_FAILED',
  'UNKNOWN_FIELD',
  'WRONG_TYPE',
  'AMOUNT_OUT_OF_RANGE',
  'UNKNOWN_VALUE',
] as const;
const bodyRefusals = ['UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE'] as const;

const bytesOf = (type: string): Json =>
  type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };

function responseOf(answer: JsonAnswer | OtherAnswer, schemaOf: SchemaOf): Json {
  if (!('schema' in answer)) {
    const content = [answer.content].flat().map((type) => [type, { schema: bytesOf(type) }] as const);
    return { description: answer.description, content: Object.fromEntries(content) };
  }
  return {
    description: answer.description,
    ...(answer.headers && {
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
    }),
    content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } },
  };
}

const toJsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;

/** Moves `$defs` into the components: a schema with an id has one description in the whole document. */
function hoist({ $schema: _dialect, $defs, ...schema }: Json, components: Json): Json {
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    const known = components[name];
    const described = repoint(definition) as Json;
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(described)) {
      throw new Error(`Two schemas are called ${name}`);
    }
    components[name] = described;
  }
  return repoint(schema) as Json;
}

function repoint(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repoint);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // zod repeats the id of a schema inside it; a property called «id» is an object.
      // `readOnly` is how our own types are written, nothing a client minds.
      .filter(
        ([name, inner]) => (name !== 'id' || typeof inner !== 'string') && !(name === 'readOnly' && inner === true),
      )
      .map(([name, inner]) => [
        name,
        name === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : repoint(inner),
      ]),
  );
}
