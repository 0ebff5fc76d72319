import { type Payload } from '@temporalio/common';
import { expect, it } from 'vitest';
import { masterKeysIn, newMasterKey } from '../../ops/master-keys.js';
import { dataConverterOf, payloadCodec, PayloadShut } from '../../ops/payload-codec.js';

const holding = (...lines: string[]) => payloadCodec(() => masterKeysIn(lines.join('\n')));
const payload = (text: string): Payload => ({
  metadata: { encoding: Buffer.from('json/plain'), messageType: Buffer.from('x') },
  data: Buffer.from(JSON.stringify(text)),
});
const textOf = ({ metadata, data }: Payload) => [
  Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
  Buffer.from(data ?? []).toString(),
];

it('payloads are sealed one by one and come back as they were, also without data', async () => {
  const codec = holding(newMasterKey());
  const all = [payload('Trần Thị B'), payload(''), { metadata: { encoding: Buffer.from('binary/null') } }];
  const sealed = await codec.encode(all);
  expect(sealed).toHaveLength(3);
  for (const one of sealed) {
    expect(Buffer.from(one.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
    expect(Buffer.from(one.data ?? []).includes('Trần')).toBe(false);
    expect(Buffer.from(one.data ?? []).includes('json/plain')).toBe(false);
  }
  expect((await codec.decode(sealed)).map(textOf)).toEqual(all.map(textOf));
});

it('what was never sealed is taken as it is', async () => {
  const clear = [payload('x'), {}];
  expect(await holding(newMasterKey()).decode(clear)).toEqual(clear);
});

it('after a rotation old ones are opened, new ones are sealed by the new key', async () => {
  const [one, two] = [newMasterKey(), newMasterKey()];
  const old = await holding(one).encode([payload('old')]);
  const both = holding(two, one);
  expect((await both.decode(old)).map(textOf)).toEqual([textOf(payload('old'))]);
  const made = await both.encode([payload('new')]);
  expect((await holding(two).decode(made)).map(textOf)).toEqual([textOf(payload('new'))]);
  await expect(holding(one).decode(made)).rejects.toThrow(PayloadShut);
});

it('one that was changed, or put under another key, is not opened', async () => {
  const key = newMasterKey();
  const [sealed] = await holding(key).encode([payload('x')]);
  const data = Buffer.from(sealed?.data ?? []);
  data.writeUInt8(data.readUInt8(20) ^ 1, 20);
  await expect(holding(key).decode([{ ...sealed, data }])).rejects.toThrow('not what was sealed');
  await expect(holding(key).decode([{ metadata: { encoding: Buffer.from('binary/encrypted') } }])).rejects.toThrow(
    PayloadShut,
  );
});

it('without a file nothing is sealed; a file that is not there is said', () => {
  expect(dataConverterOf(undefined)).toEqual({});
  expect(() => dataConverterOf('/nowhere/key')).toThrow('ENOENT');
});
