import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWitness } from '../../agencies/witness/witness.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { checkpointText } from '../../domain/evidence/checkpoint.js';
import { leafHash } from '../../domain/evidence/merkle.js';
import { noteKeyOf, signatureLine } from '../../domain/evidence/note.js';
import { ed25519Seed } from '../../ops/ed25519.js';
import { logCheckOf } from '../../scripts/log-check.js';

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
  expect((await logCheckOf(places(), [], (line) => said.push(line))).witnessed).toBeUndefined();
  expect(said).toHaveLength(1);
  const text = checkpointText({ origin: key.verifier.name, size: 1, root: leafHash(new Uint8Array(32)) });
  const note = `${text}\n${signatureLine(text, key.verifier, key.sign)}`;
  const signing = createWitness({ key: witness, logs: [key.verifier], stateFile: at('signed.json'), now: Date.now });
  expect(await signing.add(`old 0\n\n${note}`)).toMatchObject({ status: 200 });
  for (const publish of [() => Promise.resolve(), () => logFolder(at('log')).writeCheckpoint(note)]) {
    await publish();
    const check = await logCheckOf(places(), [], () => undefined);
    expect(check.witnessed?.note).toContain(text);
    expect(check.witnessed?.verifier).toEqual(witness.verifier);
    expect(check.keys).toEqual([key.verifier]);
  }
});
