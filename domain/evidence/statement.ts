import { sha256 } from '@noble/hashes/sha2.js';
import { base64urlnopad, hex } from '@scure/base';
import { Unzlib } from 'fflate';
import type { Instant } from '../time/instants.js';
import { type KeyFault, keyFault } from './key-period.js';
import { joined } from './merkle.js';
import { bytesOf, isRsaSigned, numberOf } from './rsa.js';
import type { SealKey } from './trusted-keys.js';

/** What the QR code of a sealed paper says of it, signed with the key of the seal. */
export interface Statement {
  /** The address that the code opens; part of what is signed. */
  readonly address: string;
  /** Which form the paper is. */
  readonly form: string;
  /** Of a decision; else empty. */
  readonly outcome: string;
  /** Empty where the paper has none. */
  readonly number: string;
  readonly caseCode: string;
  /** Of the paper. */
  readonly day: string;
  /** By what its signer says; to the second. */
  readonly signedAt: Instant;
  /** The start of the SHA-256 of the certificate of the seal, 16 hexadecimal digits. */
  readonly key: string;
  /** SHA-256 of all that the paper says (`luong-xanh-paper/1`, RFC 8785), hexadecimal. */
  readonly contentHash: string;
}

export interface SignedStatement {
  readonly statement: Statement;
  readonly signature: Uint8Array;
}

/** Why a statement does not hold, or a file is not its paper; stable, each in both languages. */
export const statementFaultNames = {
  'statement-unreadable': {
    vi: 'đây không phải là mã QR của văn bản đã ký số: hãy quét lại cả mã, không sửa',
    en: 'this is no QR code of a sealed paper: scan the whole code again, unchanged',
  },
  'statement-unknown-key': {
    vi: 'không khóa nào bạn tin đã ký mã này: của nơi khác, hoặc cần tệp khóa mới hơn',
    en: 'none of the keys you trust signed this code: it is of somebody else, or you need a newer file of keys',
  },
  'statement-forged': {
    vi: 'chữ ký không khớp với điều mã nói: mã đã bị sửa hoặc quét sai, đừng tin; hãy quét lại',
    en: 'the signature is not over what the code says: it was changed or misread, do not trust it; scan it again',
  },
  'paper-differs': {
    vi: 'tệp này không phải là văn bản mà mã QR nói đến: hãy xin lại văn bản',
    en: 'this file is not the paper that the code speaks of: ask for the paper again',
  },
} as const satisfies Record<string, { vi: string; en: string }>;

export type StatementFault = keyof typeof statementFaultNames | KeyFault;

const format = 'luong-xanh-statement/1';
const mark = '#lx1.';

const said = ({ form, outcome, number, caseCode, day, signedAt, key }: Statement): string =>
  `${[form, outcome, number, caseCode, day, String(Date.parse(signedAt) / 1000), key].join('\n')}\n`;

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The exact bytes that the signature is over. */
export const statementBytes = (statement: Statement): Uint8Array =>
  joined(encoded(`${format}\n${statement.address}\n${said(statement)}`), hex.decode(statement.contentHash));

/**
 * What the QR code holds: the address, and behind it, in a fragment that no browser sends to a server, the statement and its signature. As one number in decimal digits:
 * a QR code holds those in fewer modules than any other form of bytes.
 */
export function statementText({ statement, signature }: SignedStatement): string {
  const bytes = joined(joined(encoded(said(statement)), hex.decode(statement.contentHash)), signature);
  return `${statement.address}${mark}${numberOf(joined(Uint8Array.of(1), bytes)).toString()}`;
}

/** Where in the text of a QR code the digits begin; undefined: it holds no statement. */
export function digitsFrom(text: string): number | undefined {
  const at = text.indexOf(mark);
  return at < 0 ? undefined : at + mark.length;
}

/** Reads what was scanned; undefined where it is no statement. Nothing of it is checked but its shape. */
export function statementFrom(scanned: string): SignedStatement | undefined {
  const parts = /^(https?:\/\/[^\s\p{Cc}#]{1,400})#lx1\.([1-9][0-9]{100,2999})$/u.exec(scanned.trim());
  if (!parts) return undefined;
  const [, address = '', digits = ''] = parts;
  const number = BigInt(digits);
  const bytes = bytesOf(number, Math.ceil(number.toString(16).length / 2));
  if (bytes[0] !== 1) return undefined;
  const lines = linesIn(bytes.slice(1));
  if (!lines) return undefined;
  const { texts, rest } = lines;
  const [form = '', outcome = '', paper = '', caseCode = '', day = '', seconds = '', key = ''] = texts;
  if (rest.length <= 32 || !/^[1-9][0-9]{0,10}$/.test(seconds) || !/^[0-9a-f]{16}$/.test(key)) return undefined;
  if (form === '' || caseCode === '' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  return {
    statement: {
      ...{ address, form, outcome, number: paper, caseCode, day, key },
      signedAt: new Date(Number(seconds) * 1000).toISOString(),
      contentHash: hex.encode(rest.slice(0, 32)),
    },
    signature: rest.slice(32),
  };
}

const lineCount = 7;

/** The lines of text at the start of the bytes, and what follows them. */
function linesIn(bytes: Uint8Array): { readonly texts: readonly string[]; readonly rest: Uint8Array } | undefined {
  const texts: string[] = [];
  let from = 0;
  while (texts.length < lineCount) {
    const end = bytes.indexOf(10, from);
    const text = end < 0 ? undefined : decoded(bytes.slice(from, end));
    // Also what a terminal would take for an order.
    if (text === undefined || /\p{Cc}/u.test(text)) return undefined;
    texts.push(text);
    from = end + 1;
  }
  return { texts, rest: bytes.slice(from) };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // Not text: no statement.
  }
}

/**
 * Checks a statement with nothing but itself and the keys that one trusts; undefined: it holds, as of the day it was signed. Whether the result was replaced or revoked
 * since, only the City can say.
 */
export function statementFault(
  { statement, signature }: SignedStatement,
  keys: readonly SealKey[],
): StatementFault | undefined {
  const known = keys.filter(({ id }) => id.startsWith(statement.key));
  if (known.length === 0) return 'statement-unknown-key';
  const bytes = statementBytes(statement);
  const signed = known.filter((key) => isRsaSigned(key, bytes, signature));
  if (signed.length === 0) return 'statement-forged';
  // Nobody but the signer says when it was.
  const faults = signed.map(({ period }) => keyFault(period, statement.signedAt, false));
  return faults.find((fault) => fault !== undefined);
}

/**
 * What the paper in a file says (JSON), where it is the one that the statement speaks of: the signed form for machines (JWS), or a sealed PDF, which encloses the same
 * bytes. Undefined: it is another. Whether the pages of a PDF were drawn over, its seal says. Files are anybody's: one made to fill the memory is another paper.
 */
export function contentIn(file: Uint8Array, contentHash: string): string | undefined {
  for (const bytes of candidates(file))
    if (hex.encode(sha256(bytes)) === contentHash) {
      const content = decoded(bytes);
      return content !== undefined && isObject(content) ? content : undefined;
    }
  return undefined;
}

function isObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null;
  } catch {
    return false; // Asked for: is it what papers say?
  }
}

/** One by one, so that no more of a file is unpacked than up to the match. */
function* candidates(file: Uint8Array): Generator<Uint8Array> {
  yield file;
  const payload = payloadIn(file);
  if (payload) yield payload;
  else yield* streamsIn(file);
}

function payloadIn(file: Uint8Array): Uint8Array | undefined {
  if (file[0] !== 123) return undefined;
  try {
    const { payload } = JSON.parse(decoded(file) ?? '') as { readonly payload?: unknown };
    return typeof payload === 'string' ? base64urlnopad.decode(payload) : undefined;
  } catch {
    return undefined; // Asked for: is it a JWS?
  }
}

/** Files that a PDF encloses, as the seal puts them there: as they are, or compressed (FlateDecode). */
function* streamsIn(file: Uint8Array): Generator<Uint8Array> {
  let room = mostInflated;
  for (let at = 0; ;) {
    const named = indexIn(file, '/EmbeddedFile', at);
    const word = named < 0 ? -1 : indexIn(file, 'stream', named);
    const end = word < 0 ? -1 : indexIn(file, 'endstream', word + 6);
    if (end < 0) return;
    // Behind the word a line ends; the end of the line before the last word is not of the bytes.
    const start = word + (file[word + 6] === 13 ? 8 : 7);
    const bytes = file.slice(start, file[end - 1] === 10 ? end - 1 : end);
    yield bytes;
    if (bytes[0] === 0x78) {
      const { inflated, length } = inflatedFrom(bytes, room);
      room -= length;
      if (inflated) yield inflated;
    }
    at = end;
  }
}

/** Of all that a file encloses, unpacked: no paper says as much. */
const mostInflated = 8 * 1024 * 1024;
/** Unpacked in one go; deflate makes at most a thousand times as much of it. */
const chunk = 1024;

/** What is compressed in there, and how much it was as far as it was unpacked; nothing where it is not compressed or there is no room for it. */
function inflatedFrom(
  bytes: Uint8Array,
  room: number,
): { readonly inflated: Uint8Array | undefined; readonly length: number } {
  const parts: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const stream = new Unzlib((part, final) => {
    length += part.length;
    parts.push(part);
    isWhole = final;
  });
  try {
    for (let at = 0; at < bytes.length && length <= room && !isWhole; at += chunk)
      stream.push(bytes.subarray(at, at + chunk), at + chunk >= bytes.length);
  } catch {
    return { inflated: undefined, length }; // Asked for: is it compressed?
  }
  return { inflated: isWhole && length <= room ? joinedAll(parts, length) : undefined, length };
}

function joinedAll(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function indexIn(bytes: Uint8Array, text: string, from: number): number {
  const [first = 0, ...others] = encoded(text);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1))
    if (others.every((byte, i) => bytes[at + 1 + i] === byte)) return at;
  return -1;
}
