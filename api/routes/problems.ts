import { z } from 'zod';
import { type ErrorCode, errors, refuse } from '../../domain/errors.js';
import { defineRoute } from '../http/route.js';
import { Text } from '../schemas/common.js';

const codes = Object.keys(errors) as [ErrorCode, ...ErrorCode[]];
const ProblemCode = z
  .strictObject({ code: z.enum(codes), status: z.int(), retryable: z.boolean(), title: Text })
  .meta({ id: 'ProblemCode' });
const describeCode = (code: ErrorCode) => {
  const { http, retryable, title } = errors[code];
  return { code, status: http, retryable, title: { ...title } };
};

/** Where the `type` of every problem leads. */
export const problemRoutes = () => [
  defineRoute({
    method: 'get',
    path: '/problems',
    tag: 'Service',
    summary: 'Every code a refusal can carry',
    auth: { kind: 'anyone' },
    responses: {
      200: {
        description: 'Codes',
        schema: z.strictObject({ items: z.array(ProblemCode) }).meta({ id: 'ProblemCodes' }),
      },
    },
    handler: async ({ reply }) => reply(200, { items: codes.map(describeCode) }),
  }),
  defineRoute({
    method: 'get',
    path: '/problems/{code}',
    tag: 'Service',
    summary: 'What one code means',
    auth: { kind: 'anyone' },
    request: { params: z.strictObject({ code: z.string().max(64) }) },
    responses: { 200: { description: 'The code', schema: ProblemCode } },
    refusals: ['NOT_FOUND'],
    handler: async ({ params, reply }) =>
      reply(200, describeCode(codes.find((code) => code === params.code) ?? refuse('NOT_FOUND'))),
  }),
];
