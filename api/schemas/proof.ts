import { z } from 'zod';
import { CaseCode } from './common.js';

const Field = z.union([
  z.strictObject({
    name: z.string(),
    value: z.string().describe('RFC 8785 text of the value'),
    salt: z.string().describe('16 bytes, hexadecimal'),
  }),
  z.strictObject({
    name: z.string(),
    hidden: z.string().describe('What this reader may not see: its salted SHA-256, hexadecimal'),
  }),
]);

/** One file by which anybody can check what happened in a case, and that it was not written afterwards. */
export const CaseProofView = z
  .strictObject({
    format: z.literal('luong-xanh-proof/1'),
    caseCode: CaseCode,
    checkpoint: z.string().describe('The signed note of the log, with the lines of its witnesses'),
    keys: z.array(z.string()).describe('Keys of the log (name+id+key). Whoever checks has them from elsewhere, too'),
    events: z.array(
      z.strictObject({
        seq: z.int().describe('From 1, without gaps'),
        index: z.int().describe('The number of its leaf'),
        fields: z.array(Field).describe('In the order of their names'),
        path: z.array(z.string()).describe('From the leaf to the root, base64'),
      }),
    ),
    unlogged: z.int().describe('Events of the last seconds that the log does not cover yet'),
  })
  .meta({ id: 'CaseProof' });

export const LogView = z
  .strictObject({
    origin: z.string().describe('The name of the log'),
    size: z.int().describe('Events in it'),
    root: z.string().describe('Merkle tree hash over them (RFC 6962), base64'),
    writtenAt: z.iso.datetime(),
    checkpoint: z.string().describe('The signed note, with the lines of its witnesses'),
    keys: z.array(z.strictObject({ verifier: z.string(), since: z.int().describe('From which size on it signed') })),
    unlogged: z.int().describe('Events that came since'),
    address: z.url().describe('Where its files are: checkpoint, tiles, entries (C2SP tlog-tiles)'),
  })
  .meta({ id: 'TransparencyLog' });
