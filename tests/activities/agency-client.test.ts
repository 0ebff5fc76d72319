import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgencyClient } from '../../activities/agency-client.js';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { startAgencies, token } from '../agencies/support.js';

const codeOf = (work: Promise<unknown>): Promise<ErrorCode | 'answered'> =>
  work.then(
    () => 'answered',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

describe('the client of the agency systems', () => {
  let agencies: Awaited<ReturnType<typeof startAgencies>>;
  beforeEach(async () => {
    agencies = await startAgencies();
  });
  afterEach(() => agencies.stop());

  const client = (options: { resetMs?: number; timeoutMs?: number; token?: string } = {}) =>
    createAgencyClient({ baseUrl: agencies.client.url, token, ...options });
  const nameCheck = (correlationId: string, name = 'Besi') => ({
    system: 'enterprise-registry' as const,
    path: '/enterprise-registry/lookups/name-check',
    correlationId,
    body: { correlationId, caseCode: 'LX-1', procedure: null, askedAt: '2026-07-06T02:00:00Z', subject: { name } },
  });
  const requests = async () => {
    const { body } = await agencies.client.call('GET', '/enterprise-registry/journal');
    return (body as { event: string }[]).filter(({ event }) => event === 'request').length;
  };

  it('gives the same answer for the same key, and a refusal that stays for another question under it', async () => {
    const ours = client();
    const first = await ours.post(nameCheck('k1'));
    expect(await ours.post(nameCheck('k1'))).toEqual(first);
    expect(await codeOf(ours.post(nameCheck('k1', 'Another')))).toBe('AGENCY_REFUSED');
  });

  it('tells apart what may come later and what will not', async () => {
    expect(await codeOf(client({ token: 'a-wrong-token-of-16' }).post(nameCheck('k2')))).toBe('AGENCY_REFUSED');
    await agencies.client.faults('enterprise-registry', { errorRate: 1 });
    expect(await codeOf(client().post(nameCheck('k2')))).toBe('AGENCY_UNAVAILABLE');
    await agencies.client.faults('enterprise-registry', { timeoutRate: 1 });
    expect(await codeOf(client({ timeoutMs: 50 }).post(nameCheck('k3')))).toBe('AGENCY_UNAVAILABLE');
    await agencies.client.faults('enterprise-registry', { down: true });
    expect(await codeOf(client().post(nameCheck('k4')))).toBe('AGENCY_UNAVAILABLE');
  });

  it('leaves a system alone that failed again and again, and asks again after a while', async () => {
    const ours = client({ resetMs: 200 });
    await agencies.client.faults('enterprise-registry', { errorRate: 1 });
    for (let i = 0; i < 12; i++) await codeOf(ours.post(nameCheck(`k${i}`)));
    const asked = await requests();
    expect(asked).toBeLessThan(12);
    expect(await codeOf(ours.post({ ...nameCheck('t'), system: 'tax', path: '/tax/lookups/tax-code' }))).not.toBe(
      'AGENCY_UNAVAILABLE',
    );
    await agencies.client.call('DELETE', '/enterprise-registry/faults');
    await expect.poll(() => codeOf(ours.post(nameCheck('back'))), { timeout: 3_000, interval: 50 }).toBe('answered');
  });
});
