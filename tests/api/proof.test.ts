import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { witnessRouter } from '../../agencies/witness/router.js';
import { createWitness } from '../../agencies/witness/witness.js';
import { verifierText } from '../../domain/evidence/note.js';
import { type KeyPeriod } from '../../domain/evidence/key-period.js';
import { type TrustedKey } from '../../domain/evidence/trusted-keys.js';
import { type CaseProof, proofFrom, verifyProof } from '../../domain/evidence/verify.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { keepLog } from '../../worker/transparency.js';
import { feedSettled } from '../support/feed.js';
import { logWriter, noteKey } from '../support/log.js';
import { fileCase, startApi, type TestApi } from './support.js';

const now = () => new Date().toISOString();

const key = noteKey('log.example/city', 'log');
const witness = noteKey('witness.example', 'witness');
let api: TestApi;
let folder: string;
let server: Server;
let url: string;
let code: string;

const witnessed = () =>
  createWitness({ key: witness, logs: [key.verifier], stateFile: join(folder, 'witness.json'), now: Date.now });
const listen = async (app: express.Express): Promise<void> => {
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
/** One round of the worker's loop. */
const keep = async () => {
  await feedSettled(api.deps);
  await keepLog({
    pool: api.pool,
    writer: logWriter(join(folder, 'log'), key),
    witness: { url, verifier: witness.verifier },
    onCheckpoint: () => undefined,
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proof-'));
  await listen(express().use(witnessRouter(witnessed())));
  const log = { folder: join(folder, 'log'), files: logFolder(join(folder, 'log')) };
  api = await startApi(() => ({ log }));
  ({ case: code } = await fileCase(api, 'besi'));
});
afterAll(async () => {
  server.close();
  await api.close();
  await rm(folder, { recursive: true });
});

const proofOf = async (as: string): Promise<CaseProof> => {
  const { status, body } = await api.call<CaseProof>('GET', `/cases/${code}/proof`, { as });
  if (status !== 200) throw new Error(`the proof was answered ${status}: ${JSON.stringify(body)}`);
  const read = proofFrom(JSON.stringify(body));
  if (!read) throw new Error('the answer is no proof');
  return read;
};
const trusted = [key.verifier, witness.verifier];

describe('the proof of a case', () => {
  it('is not there before the log has it', async () => {
    const { status, body } = await api.refused('GET', `/cases/${code}/proof`, { as: 'investor.besi' });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'NOT_LOGGED_YET' });
  });

  it('holds for whoever may read the case, with what they may see', async () => {
    await keep();
    const found = verifyProof(await proofOf('investor.besi'), trusted, now());
    expect(found.faults).toEqual([]);
    expect(found.witnesses).toEqual([{ name: 'witness.example', seconds: expect.any(Number) }]);
    expect(found.events[0]?.shown).toMatchObject({ type: 'caseOpened', 'actor.id': 'investor.besi' });
    const whole = verifyProof(await proofOf('auditor.1'), trusted, now());
    expect(whole.faults).toEqual([]);
    expect(whole.events.map(({ hidden }) => hidden)).toEqual(whole.events.map(() => 0));
    expect(found.events.some(({ hidden }) => hidden > 0)).toBe(true);
    expect(found.events.map(({ seq }) => seq)).toEqual(whole.events.map(({ seq }) => seq));
  });

  it('is refused where its state was signed after the end of the key, and held where a witness saw it before', async () => {
    const proof = await proofOf('investor.besi');
    const [seen] = verifyProof(proof, trusted, now()).witnesses;
    const moment = (minutes: number) => new Date(((seen?.seconds ?? 0) + minutes * 60) * 1000).toISOString();
    const within: KeyPeriod = { from: moment(-60), until: null, revoked: null };
    const faults = (period: Partial<KeyPeriod>, witnesses: readonly TrustedKey[] = [witness.verifier], at = now()) =>
      verifyProof(proof, [{ ...key.verifier, period: { ...within, ...period } }, ...witnesses], at).faults.map(
        ({ reason }) => reason,
      );
    const stolen = (at: string) => ({ revoked: { at, reason: 'compromised' as const } });
    expect(faults({})).toEqual([]);
    expect(faults({ revoked: { at: moment(-1), reason: 'superseded' } })).toEqual(['key-revoked']);
    expect(faults({ until: moment(-1) })).toEqual(['key-expired']);
    expect(faults({ from: moment(60) })).toEqual(['key-early']);
    // The witness saw it before the end.
    expect(faults({ until: moment(1) }, undefined, moment(9))).toEqual([]);
    expect(faults(stolen(moment(1)), undefined, moment(9))).toEqual([]);
    // Nobody else says when: it counts as signed now, and never where somebody else may have the key.
    expect(faults({ until: moment(1) }, [], moment(9))).toEqual(['key-expired']);
    expect(faults(stolen(moment(60)), [], moment(9))).toEqual(['key-revoked']);
    // A witness whose own key is somebody else's attests nothing.
    const fallen = { ...witness.verifier, period: { ...within, ...stolen(moment(60)) } };
    expect(faults(stolen(moment(1)), [fallen], moment(9))).toEqual(['key-revoked']);
  });

  it('is made one after the other: whoever asks for many is refused the rest, and keeps nobody else waiting', async () => {
    await fileCase(api, 'cmc'); // a tree of one leaf has no path to be made
    await keep();
    const files = api.deps.log?.files ?? logFolder(folder);
    const { nodes } = files;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    Object.assign(files, {
      nodes: (size: number) => (level: number, index: number) => held.then(() => nodes(size)(level, index)),
    });
    const ask = (as: string) => api.call<{ code?: string }>('GET', `/cases/${code}/proof`, { as });
    try {
      let refused = 0;
      const rival = Array.from({ length: 12 }, async () => {
        const answer = await ask('investor.besi');
        if (answer.status === 503) refused += 1;
        return answer;
      });
      // One is made, four wait.
      await expect.poll(() => refused, { timeout: 20_000 }).toBe(7);
      const other = ask('auditor.1');
      release();
      expect((await other).status).toBe(200);
      const answers = await Promise.all(rival);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
      expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'OVERLOADED']));
    } finally {
      release();
      Object.assign(files, { nodes });
    }
  });

  it('is nothing to whoever has no business with the case', async () => {
    const { status } = await api.refused('GET', `/cases/${code}/proof`, { as: 'investor.cmc' });
    expect(status).toBe(403);
  });

  it('fails by whatever is bent in it', async () => {
    const proof = await proofOf('investor.besi');
    const [first, ...rest] = proof.events;
    if (!first) throw new Error('no events');
    const field = first.fields.findIndex((one) => 'value' in one && one.name === 'occurredAt');
    const bentField = first.fields.map((one, at) =>
      at === field ? { ...one, value: '"2020-01-01T00:00:00.000Z"' } : one,
    );
    const other = noteKey(key.verifier.name, 'log');
    const reasons = (bent: Partial<CaseProof>, keys = trusted) => [
      ...new Set(verifyProof({ ...proof, ...bent }, keys, now()).faults.map(({ reason }) => reason)),
    ];
    expect(reasons({ events: [{ ...first, fields: bentField }, ...rest] })).toEqual(['not-included']);
    expect(reasons({ events: [{ ...first, fields: first.fields.slice(1) }, ...rest] })).toEqual(['not-included']);
    expect(reasons({ events: [{ ...first, fields: [...first.fields].reverse() }, ...rest] })).toContain(
      'fields-disordered',
    );
    expect(reasons({ events: rest })).toContain('gap');
    expect(reasons({ caseCode: 'LX-260706-9999A' })).toEqual(['not-included']);
    expect(reasons({ checkpoint: proof.checkpoint.replace(/\n\d+\n/, (size) => `\n${Number(size) + 1}\n`) })).toContain(
      'checkpoint-unsigned',
    );
    expect(reasons({}, [other.verifier])).toEqual(['checkpoint-unsigned']);
    expect(reasons({ events: [] })).toEqual(['gap']);
    expect(proofFrom('{}')).toBeUndefined();
    expect(proofFrom(JSON.stringify({ ...proof, events: [{ seq: 1 }] }))).toBeUndefined();
  });
});

describe('the log', () => {
  it('is public: its state, its files, nothing else of the folder', async () => {
    const { body } = await api.call<{ size: number; keys: unknown; unlogged: number; address: string }>(
      'GET',
      '/public/log',
    );
    expect(body).toMatchObject({ origin: 'log.example/city', unlogged: 0, address: 'https://luong-xanh.example/log' });
    expect(body.keys).toEqual([{ verifier: verifierText(key.verifier), since: 0 }]);
    const get = (path: string) => fetch(`${api.url}/log/${path}`);
    const checkpoint = await get('checkpoint');
    expect(await checkpoint.text()).toContain('log.example/city\n');
    expect(checkpoint.headers.get('cache-control')).toBe('no-cache');
    const tile = await get(`tile/0/000.p/${body.size}`);
    expect((await tile.arrayBuffer()).byteLength).toBe(body.size * 32);
    expect((await get(`tile/entries/000.p/${body.size}`)).status).toBe(200);
    for (const path of ['', 'tile/0/', 'tile/0/../../checkpoint.new', 'witness.json', 'tile/0/000.p/999'])
      expect((await get(path)).status).toBe(404);
  });

  it('goes on with a witness that died after it signed, and is not signed where it was written anew', async () => {
    await fileCase(api, 'cmc');
    await keep();
    // It answers from what it kept on disk.
    server.close();
    await listen(express().use(witnessRouter(witnessed())));
    await fileCase(api, 'cmc', 'investor.cmc', 'Lô T9-9');
    await keep();
    const proof = verifyProof(await proofOf('auditor.1'), trusted, now());
    expect(proof.witnesses).toHaveLength(1);
    const answer = await fetch(`${url}/checkpoint?origin=log.example%2Fcity`);
    expect(await answer.text()).toContain(`\n${proof.size}\n`);
    const other = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'old 0\n\nsomething else' });
    expect(other.status).toBe(400);
  });

  it('is refused by its witness once its past is another one', async () => {
    // Another register under the same name and key: as if whoever owns everything had written it anew.
    const rewritten = await startApi();
    try {
      await fileCase(rewritten, 'besi');
      await feedSettled(rewritten.deps);
      const round = keepLog({
        pool: rewritten.pool,
        writer: logWriter(join(folder, 'rewritten'), key),
        witness: { url, verifier: witness.verifier },
        onCheckpoint: () => undefined,
      });
      await expect(round).rejects.toThrow('refuses the log');
    } finally {
      await rewritten.close();
    }
  });
});
