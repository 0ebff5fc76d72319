import { type FormCode, type FormDefinition } from '../domain/schemas/forms.js';
import { type Instant } from '../domain/time/instants.js';

export type Language = 'vi' | 'en';

/** What stands between the letterhead and the signatures. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly style: 'plain' | 'italic' | 'centre' }
  /** `value` null: a dotted line to be filled in by hand. */
  | { readonly kind: 'field'; readonly label: string; readonly value: string | null }
  /** `part`: how much of the whole length the bar takes, 0 to 1. */
  | { readonly kind: 'bars'; readonly label: string; readonly bars: readonly PrintedBar[] }
  | { readonly kind: 'list'; readonly label: string; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

export interface PrintedBar {
  readonly name: string;
  readonly text: string;
  readonly part: number;
}

/** `share`: part of the width, beside the shares of the others. */
export interface Column {
  readonly title: string;
  readonly share: number;
}

export interface Signature {
  readonly caption: string;
  readonly hint: string;
  readonly name: string | null;
}

/** The form in one language. */
export interface Letter {
  readonly language: Language;
  /** The body over the issuing one; null where there is none. */
  readonly over: string | null;
  readonly agency: string;
  /** null: a paper without a number; an empty one is printed with a dotted line. */
  readonly number: string | null;
  readonly placeDate: string;
  /** First line large, the others below it. */
  readonly title: readonly string[];
  readonly blocks: readonly Block[];
  readonly signatures: readonly Signature[];
  readonly lookUp: string | null;
  readonly mark: string;
}

/** One paper, ready to be drawn: the same model gives the same bytes. */
export interface FormModel {
  readonly form: FormCode | 'report' | 'extract';
  readonly paper: FormDefinition['paper'];
  /** Of the document itself, never of its printing. */
  readonly issuedAt: Instant;
  readonly author: string;
  readonly keywords: string;
  readonly draft: boolean;
  /** Public status page of the case; no secret in it. */
  readonly statusUrl: string | null;
  /** What the QR code holds where the paper is sealed: `statusUrl` with what was signed of it behind. Left out: `statusUrl` alone. */
  readonly statement?: string;
  /** Vietnamese first: it is the document; the English one is for information. */
  readonly letters: readonly [Letter, Letter];
}

/** Everything a letter says, line by line, without any layout. */
export function linesOf(letter: Letter): string[] {
  return [
    ...(letter.over === null ? [] : [letter.over]),
    letter.agency,
    ...(letter.number === null ? [] : [letter.number]),
    letter.placeDate,
    ...letter.title,
    ...letter.blocks.flatMap(linesOfBlock),
    ...letter.signatures.flatMap(({ caption, hint, name }) => [caption, hint, ...(name === null ? [] : [name])]),
    ...(letter.lookUp === null ? [] : [letter.lookUp]),
    letter.mark,
  ];
}

export const blank = '……………………';

function linesOfBlock(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'field':
      return [`${block.label}: ${block.value ?? blank}`];
    case 'list':
      return [`${block.label}:`, ...block.items.map((item, i) => `${i + 1}. ${item}`)];
    case 'bars':
      return [block.label, ...block.bars.map(({ name, text }) => `${name}: ${text}`)];
    case 'table':
      return [block.columns.map(({ title }) => title), ...block.rows].map((row) => row.join(' | '));
  }
}
