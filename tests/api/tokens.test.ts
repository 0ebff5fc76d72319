import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier } from '../../api/auth/tokens.js';
import { startIssuer, type Issuer } from './support.js';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => issuer.close());

/** A verifier whose time is turned on by hand. */
const verifierAt = (begin: number) => {
  let now = begin;
  const verify = createTokenVerifier({ issuer: issuer.issuer, audience: 'urn:luong-xanh:api', now: () => now });
  return { verify, turnOn: (ms: number) => void (now += ms) };
};

describe('a token that was valid', () => {
  it('is not checked again for a minute', async () => {
    const { verify, turnOn } = verifierAt(Date.now());
    const token = await issuer.sign({ sub: 'investor.besi', scope: 'case:read' });
    const { exp = 0 } = decodeJwt(token);
    const checked = vi.spyOn(globalThis.crypto.subtle, 'verify');
    const known = await verify(token);
    expect(known).toEqual({
      subject: 'investor.besi',
      scopes: new Set(['case:read']),
      assurance: undefined,
      endsAt: (exp + 5) * 1000,
    });
    turnOn(59_000);
    expect(await verify(token)).toBe(known);
    expect(checked).toHaveBeenCalledTimes(1);
    turnOn(2_000);
    expect(await verify(token)).toEqual(known);
    expect(checked).toHaveBeenCalledTimes(2);
  });

  it('is refused once it has expired, within that minute, too', async () => {
    const { verify, turnOn } = verifierAt(Date.now());
    const token = await issuer.sign({ sub: 'investor.besi' }, { expiresIn: 20 });
    await verify(token);
    turnOn(24_000);
    await verify(token);
    turnOn(2_000);
    await expect(verify(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('says nothing of another one, nor does one that was refused', async () => {
    const { verify } = verifierAt(Date.now());
    const [mine, forged] = await Promise.all([
      issuer.sign({ sub: 'investor.besi' }),
      issuer.sign({ sub: 'investor.cmc' }, { forged: true }),
    ]);
    expect(await verify(mine)).toMatchObject({ subject: 'investor.besi' });
    for (let i = 0; i < 2; i++) await expect(verify(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verify(mine.slice(0, -4))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
