import { type DataConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { decipher, encipher, keysOfFile } from './master-keys.js';

// What Temporal keeps of workflows (arguments, results, signals, markers, queries) sealed before it leaves the process: AES-256-GCM by a key that Temporal never has.
// Failures' messages, ids, types and search attributes stay readable: they hold codes and ids only.

const encoding = 'binary/encrypted';
const about = 'temporal-payload';

/** A payload that cannot be opened here: its key is not at hand, or it was changed. */
export class PayloadShut extends Error {}

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

/** Metadata as JSON behind its length, then the data: one buffer to seal. */
function packed({ metadata, data }: Payload): Buffer {
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(named)), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, Buffer.from(data ?? [])]); // none at all may be an empty list
}

function unpacked(whole: Buffer): Payload {
  const end = 4 + whole.readUInt32BE(0);
  const named = JSON.parse(whole.subarray(4, end).toString('utf8')) as Record<string, string>;
  const metadata = Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name, new Uint8Array(Buffer.from(value, 'base64'))]),
  );
  return { metadata, data: new Uint8Array(whole.subarray(end)) };
}

/**
 * Seals payloads by the first of these keys, and opens what any of them sealed. What was never sealed (histories of before) is taken as it is. Throws `PayloadShut`
 * where a key is not at hand: the task is tried again until it is.
 */
export function payloadCodec(keys: () => ReadonlyMap<string, Buffer>): PayloadCodec {
  const seal = (payload: Payload): Payload => {
    const [current] = keys();
    if (!current) throw new Error('There is no key for payloads');
    const [id, key] = current;
    return {
      metadata: { encoding: text(encoding), 'encryption-key-id': text(id) },
      data: encipher(key, packed(payload), `${about}/${id}`),
    };
  };
  const open = (payload: Payload): Payload => {
    const { encoding: found, 'encryption-key-id': by } = payload.metadata ?? {};
    if (!found || Buffer.from(found).toString('utf8') !== encoding) return payload;
    const id = Buffer.from(by ?? []).toString('utf8');
    const key = keys().get(id);
    if (!key)
      throw new PayloadShut(`the key ${id} of a payload is not at hand: put it back into TEMPORAL_PAYLOAD_KEY_FILE`);
    const whole = decipher(key, Buffer.from(payload.data ?? []), `${about}/${id}`);
    if (!whole) throw new PayloadShut('a payload is not what was sealed');
    return unpacked(whole);
  };
  return {
    encode: (payloads) => Promise.resolve().then(() => payloads.map(seal)),
    decode: (payloads) => Promise.resolve().then(() => payloads.map(open)),
  };
}

/** The data converter that every client and worker of one installation is made with; without a file payloads stay in clear. */
export const dataConverterOf = (file: string | undefined): DataConverter =>
  file === undefined ? {} : { payloadCodecs: [payloadCodec(keysOfFile(file))] };
