import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type RevocationList, revocationListsFrom } from '../domain/evidence/revocations.js';

/** No older than this is what is known; authorities make their lists by the hour or the day. */
const freshMs = 10_000;
const answerMs = 10_000;
const mostBytes = 32 * 1024 * 1024;

export interface Sources {
  /** Of lists (CRL, DER or PEM): http, https or file. Those that the City named, never one that a certificate names. */
  readonly urls: readonly string[];
  /** One of them was not read: what it said before goes on, until its own end. */
  readonly failed: (url: string, error: unknown) => void;
}

/** What authorities revoked, as of some seconds ago. */
export function createRevocations({ urls, failed }: Sources): () => Promise<readonly RevocationList[]> {
  const sources = urls.map((url) => {
    let kept: readonly RevocationList[] = [];
    let asked: Promise<void> | undefined;
    let askedAt = -Infinity;
    const ask = async (): Promise<void> => {
      try {
        const lists = revocationListsFrom(await bytesAt(url));
        if (!lists) throw new Error('no list of revoked certificates, or one that is not understood');
        // Somebody in between may answer with an old one.
        if (newest(lists) >= newest(kept)) kept = lists;
      } catch (error) {
        failed(url, error);
      }
    };
    return async () => {
      if (performance.now() - askedAt > freshMs) {
        askedAt = performance.now();
        asked = ask();
      }
      await asked;
      return kept;
    };
  });
  return async () => (await Promise.all(sources.map((one) => one()))).flat();
}

const newest = (lists: readonly RevocationList[]): number => Math.max(...lists.map(({ from }) => Date.parse(from)));

async function bytesAt(url: string): Promise<Uint8Array> {
  if (url.startsWith('file:')) return readFile(fileURLToPath(url));
  const response = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
  if (!response.ok || !response.body) throw new Error(`answered ${String(response.status)}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > mostBytes) throw new Error('too long a list');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
