import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decipher, encipher, MasterKeyAway, masterKeysIn, masterKeysOf, newMasterKey } from '../../ops/master-keys.js';
import { ensureSecrets, masterKeyFile } from '../../scripts/platform/secrets.js';

let folder: string;
const file = () => join(folder, 'master-key');
const keep = (...keys: string[]) => writeFileSync(file(), keys.map((key) => `${key}\n`).join(''));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-master-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what is enciphered', () => {
  it('is opened by the same key for the same purpose, and by nothing else', () => {
    const key = randomBytes(32);
    const sealed = encipher(key, Buffer.from('Bà Trần Thị B'), 'case-text/A/1.1');
    expect(sealed.includes('Trần')).toBe(false);
    expect(encipher(key, Buffer.from('Bà Trần Thị B'), 'case-text/A/1.1').equals(sealed)).toBe(false);
    expect(decipher(key, sealed, 'case-text/A/1.1')?.toString()).toBe('Bà Trần Thị B');
    expect(decipher(key, sealed, 'case-text/A/1.2')).toBeUndefined();
    expect(decipher(randomBytes(32), sealed, 'case-text/A/1.1')).toBeUndefined();
    expect(decipher(key, sealed.subarray(0, 20), 'case-text/A/1.1')).toBeUndefined();
    for (const at of [0, 14, sealed.length - 1]) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(decipher(key, bent, 'case-text/A/1.1')).toBeUndefined();
    }
  });
});

describe('a file of master keys', () => {
  it('holds whole keys and nothing else', () => {
    for (const text of ['', '\n', 'short', `${newMasterKey()}\nmore`, newMasterKey().slice(0, 20)])
      expect(() => masterKeysIn(text)).toThrow('32 bytes');
    expect(() => masterKeysOf(file())).toThrow('ENOENT');
    expect(masterKeysIn(`${newMasterKey()}\n${newMasterKey()}\n`).size).toBe(2);
  });

  it('wraps by its first line, opens what every line wrapped, and is read again when it has changed', async () => {
    const [old, young] = [newMasterKey(), newMasterKey()];
    keep(old);
    const keys = masterKeysOf(file());
    const data = randomBytes(32);
    const wrapped = await keys.wrap(data, 'case-key/A/1');
    keep(young, old);
    const anew = await keys.wrap(data, 'case-key/A/1');
    expect(anew.master).not.toBe(wrapped.master);
    for (const one of [wrapped, anew]) expect((await keys.unwrap(one, 'case-key/A/1')).equals(data)).toBe(true);
    await expect(keys.unwrap(anew, 'case-key/B/1')).rejects.toThrow(MasterKeyAway);
    keep(young, newMasterKey(), newMasterKey());
    expect([await keys.has(wrapped.master), await keys.has(anew.master)]).toEqual([false, true]);
    await expect(keys.unwrap(wrapped, 'case-key/A/1')).rejects.toThrow(`master key ${wrapped.master} is not at hand`);
  });

  it('that is taken away or spoilt while somebody runs leaves what was read', async () => {
    keep(newMasterKey());
    const keys = masterKeysOf(file());
    const wrapped = await keys.wrap(randomBytes(32), 'x');
    writeFileSync(file(), 'half');
    expect(await keys.has(wrapped.master)).toBe(true);
    rmSync(file());
    expect(await keys.has(wrapped.master)).toBe(true);
  });

  it('that an installation made and lost is not replaced in silence', () => {
    ensureSecrets(folder);
    rmSync(masterKeyFile(folder));
    expect(() => ensureSecrets(folder)).toThrow(/master-key[\s\S]*NEW_SECRETS=yes/);
    ensureSecrets(folder, true);
    writeFileSync(masterKeyFile(folder), 'garbage');
    expect(() => ensureSecrets(folder)).toThrow(/Không đọc được[\s\S]*cannot be read/);
  });
});
