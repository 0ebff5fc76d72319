import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allTasks } from '../../domain/case/task/state.js';
import { onBehalfOf } from '../../ops/request-context.js';
import { inSpan, spanOfAnswer, traceparent, tracingEnvironment, tracingOf } from '../../ops/tracing.js';
import { type Span, startCollector } from '../support/collector.js';
import { Town } from '../workflows/support.js';

const settings = (env: Record<string, string>) => z.object(tracingEnvironment).parse(env);
const request = 'a-request-that-receives';

describe('a request that receives a dossier', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  const failures: string[] = [];
  const named = (name: string) => collector.spans.filter((span) => span.name === name);
  const valueOf = (span: Span | undefined, key: string) =>
    span?.attributes.find((one) => one.key === key)?.value.stringValue;

  beforeAll(async () => {
    collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=city' };
    const tracing = tracingOf('tests', settings(env), (message) => failures.push(message));
    const town = await Town.found();
    try {
      const filed = await town.open();
      const waiting = await filed.liveOn(({ kind }) => kind === 'intake');
      const [intake] = [...allTasks(waiting)].filter(({ kind, status }) => kind === 'intake' && status === 'open');
      if (!intake) throw new Error('no counter');
      const answered = spanOfAnswer(request, 'POST');
      await onBehalfOf(request, () => filed.complete(intake));
      answered('/tasks/{id}/completion', 200);
      await filed.until('the question to another agency', ({ consultations }) =>
        Object.values(consultations).some(({ opinions }) => Object.values(opinions).some((one) => one.requestId)),
      );
      await town.engine.handOver.settled();
      await expect(
        onBehalfOf('another-request', () =>
          inSpan('fails', {}, () => Promise.reject(new Error('Nguyễn Thí Dụ, 0901 234 567'))),
        ),
      ).rejects.toThrow();
    } finally {
      await town.close();
      await tracing?.stop();
    }
  });
  afterAll(() => collector.close());

  it('is one trace through answer, door, workflow, activity and calls of other systems', () => {
    expect(failures).toEqual([]);
    const [answer] = named('POST /tasks/{id}/completion');
    expect(answer?.parentSpanId ?? '').toBe('');
    const own = collector.spans.filter(({ traceId }) => traceId === answer?.traceId);
    const names = new Set(own.map(({ name }) => name));
    for (const name of ['door completeTask', 'workflow procedure', 'activity turn']) expect([...names]).toContain(name);
    expect([...names].some((name) => name.startsWith('POST ') && name !== 'POST /tasks/{id}/completion')).toBe(true);
    const [opened] = own.filter(({ name }) => name === 'door completeTask');
    expect(opened?.parentSpanId).toBe(answer?.spanId);
    // What an activity asks of the door is below it.
    const activities = new Set(own.filter(({ name }) => name.startsWith('activity ')).map(({ spanId }) => spanId));
    expect(own.some(({ name, parentSpanId }) => name.startsWith('door ') && activities.has(parentSpanId ?? ''))).toBe(
      true,
    );
  });

  it('says of what failed its kind alone, never what somebody wrote', () => {
    const [failed] = named('fails');
    expect(failed?.status.code).toBe(2);
    expect(valueOf(failed, 'error.type')).toBe('Error');
    expect(JSON.stringify(collector.spans)).not.toMatch(/Thí Dụ|0901|Voorbeeld/);
  });

  it('reaches the collector with the headers that were set', () => {
    expect(collector.headers[0]).toMatchObject({ path: '/v1/traces', 'x-tenant': 'city' });
  });
});

describe('where no collector is named', () => {
  it('nothing is traced, and work goes on as ever', async () => {
    expect(tracingOf('tests', settings({}), () => undefined)).toBeUndefined();
    expect(await inSpan('anything', {}, () => Promise.resolve(traceparent() ?? 'none'))).toBe('none');
  });
});

it('of one trace every process decides alike whether it is kept', async () => {
  const collector = await startCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '0.5' };
  const tracing = tracingOf('tests', settings(env), () => undefined);
  const all = Array.from({ length: 200 }, (_, i) => `request-${i}-of-many`);
  for (const id of all) {
    const answered = spanOfAnswer(id, 'GET');
    // Another process, which knows the id alone.
    await onBehalfOf(id, () => inSpan('elsewhere', {}, () => Promise.resolve()));
    answered('/me', 200);
  }
  await tracing?.stop();
  await collector.close();
  const of = (name: string) =>
    collector.spans
      .filter((span) => span.name === name)
      .map(({ traceId }) => traceId)
      .sort();
  expect(of('elsewhere')).toEqual(of('GET /me'));
  expect(of('GET /me').length).toBeGreaterThan(50);
  expect(of('GET /me').length).toBeLessThan(150);
});
