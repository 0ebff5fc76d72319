import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWitness } from '../../agencies/witness/witness.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { checkpointText } from '../../domain/evidence/checkpoint.js';
import { leafHash } from '../../domain/evidence/merkle.js';
import { noteKeyOf, signatureLine, verifierText } from '../../domain/evidence/note.js';
import { ed25519Seed } from '../../ops/ed25519.js';
import { limitedBy, logCheckOf } from '../../scripts/log-check.js';

let folder: string;
const at = (name: string) => join(folder, name);
const keyAt = (name: string) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(at(name), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return ed25519Seed(at(name));
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A register that keeps this name of its log. */
const registerOf = (...origins: string[]): pg.Pool =>
  ({ query: () => Promise.resolve({ rows: origins.map((origin) => ({ origin })) }) }) as never;

const places = () => ({
  folder: at('log'),
  key: at('log.pem'),
  origin: undefined,
  witness: { stateFile: at('signed.json'), keyFile: at('witness.pem') },
});

it('asks the witness of the installation by the key of the log, also where the published files were taken away', async () => {
  const key = noteKeyOf(keyAt('log.pem'), 'log');
  const witness = noteKeyOf(keyAt('witness.pem'), 'witness');
  const said: string[] = [];
  expect((await logCheckOf(registerOf(), places(), [], (line) => said.push(line))).witnessed).toBeUndefined();
  expect(said).toHaveLength(1);
  const text = checkpointText({ origin: key.verifier.name, size: 1, root: leafHash(new Uint8Array(32)) });
  const note = `${text}\n${signatureLine(text, key.verifier, key.sign)}`;
  const signing = createWitness({ key: witness, logs: [key.verifier], stateFile: at('signed.json'), now: Date.now });
  expect(await signing.add(`old 0\n\n${note}`)).toMatchObject({ status: 200 });
  for (const publish of [() => Promise.resolve(), () => logFolder(at('log')).writeCheckpoint(note)]) {
    await publish();
    const check = await logCheckOf(registerOf(), places(), [], () => undefined);
    expect(check.witnessed?.note).toContain(text);
    expect(check.witnessed?.verifier).toEqual(witness.verifier);
    expect(check.keys).toEqual([key.verifier]);
  }
});

it('knows the log by the name that the register keeps where its files are lost and another key signs it; a changed name silences no witness', async () => {
  const key = noteKeyOf(keyAt('log.pem'), 'log', 'log.example/city');
  const witness = noteKeyOf(keyAt('witness.pem'), 'witness');
  const text = checkpointText({ origin: key.verifier.name, size: 1, root: leafHash(new Uint8Array(32)) });
  const note = `${text}\n${signatureLine(text, key.verifier, key.sign)}`;
  const signing = createWitness({ key: witness, logs: [key.verifier], stateFile: at('signed.json'), now: Date.now });
  expect(await signing.add(`old 0\n\n${note}`)).toMatchObject({ status: 200 });
  const lost = await logCheckOf(registerOf('log.example/city'), places(), [], () => undefined);
  expect(lost.witnessed?.note).toContain(text);
  expect(lost.keys).toContainEqual(key.verifier);
  await logFolder(at('log')).writeCheckpoint(note);
  const changed = await logCheckOf(registerOf('log.example/other'), places(), [], () => undefined);
  expect(changed.witnessed?.note).toContain(text);
  expect(changed.keys).toContainEqual(key.verifier);
});

it('holds every key to the earlier end that the register or any copy of the published list says', () => {
  const log = noteKeyOf(keyAt('log.pem'), 'log', 'log.example/city').verifier;
  const witness = noteKeyOf(keyAt('witness.pem'), 'witness').verifier;
  const from = '2026-07-01T00:00:00.000Z';
  const open = { from, until: null, revoked: null };
  const ended = { ...open, until: '2026-08-01T00:00:00.000Z' };
  const kept = (period: typeof open | typeof ended) => [
    { id: 'log', use: 'log' as const, jwk: null, material: verifierText(log), ...period },
    { id: 'witness', use: 'witness' as const, jwk: null, material: verifierText(witness), ...period },
  ];
  const copies = (period: typeof open | typeof ended) => [log, { ...log, period }, { ...witness, period }];
  for (const [register, copy] of [
    [open, ended],
    [ended, open],
  ] as const) {
    const check = { folder: logFolder(at('log')), keys: copies(copy), witnessed: { note: '', verifier: witness } };
    const limited = limitedBy(kept(register), check);
    expect(limited.keys.map(({ name, period }) => [name, period?.until])).toEqual([[log.name, ended.until]]);
    expect(limited.witnessed?.verifier.period?.until).toBe(ended.until);
  }
});
