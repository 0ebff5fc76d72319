import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseProof } from '../../domain/evidence/verify.js';
import type { ApiClient } from './client.js';
import { type Commanded, runOffline } from './command.js';
import { proofOf } from './proof.js';

interface Papers {
  readonly items: readonly { readonly id: string; readonly form: string; readonly number: string | null }[];
}

/** What somebody takes home of a licence, and the program by which it is checked there. */
const files = {
  program: 'verify-proof.mjs',
  keys: 'luong-xanh-keys.json',
  paper: 'licence.pdf',
  signed: 'licence.json',
  proof: 'proof.json',
} as const;

const apartNames = {
  namespace: 'tiến trình không có mạng (unshare) · a process without a network (unshare)',
  'no-sockets': 'tiến trình bị từ chối mọi kết nối · a process that is refused every socket',
} as const;

/**
 * A licence as PDF, its signed form for machines and the proof of its case are checked by the published program with the network off; each of them with one change in
 * it is refused. True where that is so.
 */
export async function licenceScene(
  apiUrl: string,
  investor: ApiClient,
  { code, number }: { readonly code: string; readonly number: string },
  say: (line: string) => void,
): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-licence-'));
  try {
    const held = await takeHome(folder, apiUrl, investor, { code, number });
    const check = (...args: readonly string[]) =>
      runOffline([files.program, ...args, '--keys', files.keys], folder).then((one) => ({ ...one, args }));
    const proof = await check(files.proof);
    const signed = await check('--signed', files.signed);
    const paper = await check('--qr', held, '--paper', files.paper);
    const same = await check('--qr', held, '--paper', files.signed);
    say(`${files.program}, ${apartNames[proof.apart]}:`);
    const said = (one: Commanded, what: string) => say(`  ${what}: ${one.said.trim().split('\n').at(-1) ?? ''}`);
    const events = proof.said.split('\n').filter((line) => /^ *\d+ {2}/.test(line));
    said(proof, `${files.proof}, ${events.length} sự kiện · events`);
    said(signed, `${files.signed}, ${number}`);
    said(paper, `${files.paper} + QR`);
    said(same, `${files.signed} + QR`);
    const bent = await Promise.all(
      [
        { file: files.proof, args: [files.proof] },
        { file: files.signed, args: ['--signed', files.signed] },
        { file: files.paper, args: ['--qr', held, '--paper', files.paper] },
      ].map(async ({ file, args }) => {
        await bend(folder, file, number);
        return { file, checked: await check(...args) };
      }),
    );
    for (const { file, checked } of bent) said(checked, `${file}, sửa một chỗ · one change in it`);
    const shows = events.some((line) => line.includes('decisionSigned')) && signed.said.includes(`"${number}"`);
    return (
      [proof, signed, paper, same].every((one) => one.code === 0) &&
      shows &&
      bent.every(({ checked }) => checked.code === 1)
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Fetches all of it into a folder; answers what the QR code of the licence holds. */
async function takeHome(
  folder: string,
  apiUrl: string,
  investor: ApiClient,
  { code, number }: { readonly code: string; readonly number: string },
): Promise<string> {
  const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
  const published = async (path: string) => {
    const response = await fetch(`${apiUrl}/${path}`);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const base = `/cases/${code}/forms`;
  const { items } = await investor.get<Papers>(base);
  const listed = items.find((one) => one.form === 'decision' && one.number === number);
  if (!listed) throw new Error(`${number} has no paper`);
  const paper = await investor.download(`${base}/${listed.id}`);
  await put(files.paper, paper);
  await put(files.signed, JSON.stringify(await investor.get(`${base}/${listed.id}/signed`)));
  await put(files.proof, JSON.stringify(await proofOf(investor, code)));
  await put(files.program, await published(files.program));
  await put(files.keys, await published(`.well-known/${files.keys}`));
  // On a screen the printed address is a link to what the code holds.
  const [, held] = /\/URI ?\((https?:[^)]*#lx1\.\d+)\)/.exec(paper.toString('latin1')) ?? [];
  if (held === undefined) throw new Error(`${number} has no code that is checked offline`);
  return held;
}

/** Says something else than was signed, as a forger would write it: an event elsewhere, another number, other enclosures. */
const bends: Readonly<Record<string, (bytes: Buffer, number: string) => Buffer | string>> = {
  [files.proof]: (bytes) => {
    const proof = JSON.parse(bytes.toString()) as CaseProof;
    return JSON.stringify({ ...proof, events: proof.events.map((one) => ({ ...one, index: one.index + 1 })) });
  },
  [files.signed]: (bytes, number) => {
    const signed = JSON.parse(bytes.toString()) as { readonly payload: string };
    const said = Buffer.from(signed.payload, 'base64url').toString().replaceAll(number, `${number}9`);
    return JSON.stringify({ ...signed, payload: Buffer.from(said).toString('base64url') });
  },
  [files.paper]: (bytes) => {
    const bent = Buffer.from(bytes);
    for (let at = 0; ;) {
      const named = bent.indexOf('/EmbeddedFile', at);
      const stream = named < 0 ? -1 : bent.indexOf('stream', named);
      if (stream < 0) return bent;
      at = stream + 40;
      bent.writeUInt8(bent.readUInt8(at) ^ 1, at);
    }
  },
};

async function bend(folder: string, file: string, number: string): Promise<void> {
  const change = bends[file];
  if (!change) throw new Error(`nobody bends ${file}`);
  const path = join(folder, file);
  await writeFile(path, change(await readFile(path), number));
}
