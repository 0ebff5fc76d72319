import { createHash } from 'node:crypto';
import {
  type Attributes,
  type Context,
  context,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { z } from 'zod';
import { secret } from './environment.js';

/** Where spans go. Nothing is traced where no address is given. */
export const tracingEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base address of an OpenTelemetry collector (OTLP over HTTP); left out: nothing is traced'),
  OTEL_EXPORTER_OTLP_HEADERS: secret(
    z
      .string()
      .regex(/^[^=,\s]+=[^,]*(,[^=,\s]+=[^,]*)*$/)
      .optional()
      .describe('Headers sent with traces, name=value, comma-separated'),
  ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of the requests that are traced, 0 to 1; one that is, is in every process'),
} as const;

/** Spans of this process, until it stops. */
export interface Tracing {
  /** Sends what is left, and no more. */
  stop(): Promise<void>;
}

interface TracingOptions {
  /** As a trace names this process. */
  readonly service: string;
  readonly exporter: SpanExporter;
  readonly share: number;
}

let tracer: Tracer | undefined;
/** Whether this process is traced: what costs something is asked only then. */
export const traces = (): boolean => tracer !== undefined;

/**
 * The trace of a request and the span of its answer are made of the request's id: whoever knows the id, in whichever process and however much later, adds to the same
 * trace, and no case, mailbox or history has to carry more than the id.
 */
function spanOfRequest(requestId: string): SpanContext {
  const hash = createHash('sha256').update(requestId).digest('hex');
  return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48), traceFlags: TraceFlags.SAMPLED };
}

/** While `next` is set a span that is begun gets its ids. */
class RequestIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  next: SpanContext | undefined;

  generateTraceId = (): string => this.next?.traceId ?? this.random.generateTraceId();

  generateSpanId = (): string => this.next?.spanId ?? this.random.generateSpanId();
}
const ids = new RequestIds();

/** Begins to trace. Spans that a collector does not take are lost; nobody waits for them. */
export function startTracing({ service, exporter, share }: TracingOptions): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'luong-xanh' }),
    // By the trace's id, so that every process decides alike.
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  tracer = provider.getTracer('luong-xanh');
  return {
    stop: async () => {
      tracer = undefined;
      context.disable();
      await provider.shutdown();
    },
  };
}

/** As the environment says; undefined where nothing is traced. `onError` is told of what a collector did not take. */
export function tracingOf(
  service: string,
  environment: z.output<z.ZodObject<typeof tracingEnvironment>>,
  onError: (message: string) => void,
): Tracing | undefined {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const silent = (): void => undefined;
  diag.setLogger(
    { error: onError, warn: onError, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const pairs = (environment.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)] as const];
  });
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: Object.fromEntries(pairs),
  });
  return startTracing({ service, exporter, share: environment.OTEL_TRACES_SAMPLER_ARG });
}

/** Does work as part of the trace of this request. */
export const inTraceOf = <T>(requestId: string, work: () => T): T =>
  tracer ? context.with(contextOf(requestId), work) : work();

const contextOf = (requestId: string): Context => trace.setSpanContext(ROOT_CONTEXT, spanOfRequest(requestId));

/** The span of a request to us, from now until its answer: call what it returns then, with the pattern of its route. */
export function spanOfAnswer(requestId: string, method: string): (route: string, status: number) => void {
  if (!tracer) return () => undefined;
  ids.next = spanOfRequest(requestId);
  const span = tracer.startSpan(
    method,
    { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'request.id': requestId } },
    ROOT_CONTEXT,
  );
  ids.next = undefined;
  return (route, status) => {
    span.updateName(`${method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
}

/**
 * Does work in a span of its own, below whatever it belongs to. Of what it throws the code is kept, or the name, never the message: it may hold what somebody wrote. A
 * refusal is an answer, no error.
 */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<T> {
  if (!tracer) return work();
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      const { name: type, code } = error instanceof Error ? (error as Error & { code?: unknown }) : { name: 'unknown' };
      span.setAttribute('error.type', typeof code === 'string' ? code : type);
      if (type !== 'Refusal') span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A span of what is over: it went on from then until now, somewhere we do not stand. */
export function spanSince(began: Date, name: string, attributes: Attributes): void {
  tracer?.startSpan(name, { kind: SpanKind.CONSUMER, attributes, startTime: began }).end();
}

/** The span at hand as a header for another system (W3C Trace Context); undefined where nothing is traced. */
export function traceparent(): string | undefined {
  const at = tracer && trace.getActiveSpan()?.spanContext();
  return at && `00-${at.traceId}-${at.spanId}-0${at.traceFlags & TraceFlags.SAMPLED}`;
}

export { SpanKind };
