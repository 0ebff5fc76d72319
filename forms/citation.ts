import { type Text } from '../domain/law/agency.js';

const acts = 'Law|Decrees?|Resolution|Circular|Decision';
const begins = new RegExp(`^(${acts}) \\d`);

const inVietnamese: readonly (readonly [RegExp, string])[] = [
  [/\bLaw (?=\d)/g, 'Luật số '],
  [/\bDecrees (?=\d)/g, 'các Nghị định số '],
  [/\bDecree (?=\d)/g, 'Nghị định số '],
  [/\bResolution (?=\d)/g, 'Nghị quyết số '],
  [/\bCircular (?=\d)/g, 'Thông tư số '],
  [/\bDecision (?=\d)/g, 'Quyết định số '],
  [/ as amended by /g, ', được sửa đổi, bổ sung bởi '],
  [/ and its circulars/g, ' và các thông tư hướng dẫn'],
  [/ on Enterprises/g, ' về doanh nghiệp'],
  [/\bArt\. (?=\d)/g, 'Điều '],
  [/\bApp\. (?=[IVX])/g, 'Phụ lục '],
];

/** Remarks of the catalogue that are no part of a citation: what was not read, by analogy, what the clause says. */
const remark = /\s*(?:\(.*|:.*| as reported.*)$/;

/**
 * A legal basis of the catalogue as it may be printed, in both languages: act and article without our remarks. Where the article was not read only the
 * act is cited. Undefined where the words cite no act.
 */
export function citationOf(act: string, article = ''): Text | undefined {
  if (!begins.test(act)) return undefined;
  const clause = article.replace(remark, '');
  const en = act.replace(remark, '') + (/^(Art|App)\. /.test(clause) ? ` ${clause}` : '');
  const vi = inVietnamese.reduce((text, [english, vietnamese]) => text.replaceAll(english, vietnamese), en);
  return { vi, en };
}

/** A basis written as one, as it may be read in both languages; as it stands where it cites no act. */
export function citedOf(basis: string): Text {
  const at = basis.search(/, (?:Art|App)\. /);
  const [act, article] = at < 0 ? [basis, ''] : [basis.slice(0, at), basis.slice(at + 2)];
  return citationOf(act, article) ?? { vi: basis, en: basis };
}

const number = String.raw`\d+\/(?:\d{4}\/)?[\p{Lu}][\p{L}\d-]*`;
const actInVietnamese = new RegExp(`^(Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|Kế hoạch) .*?số (${number})`, 'u');
const clauses = /^(?:khoản [\d, ]+ )?Điều \d+(?:[.,-]? ?\d+)*/u;

const inEnglish: Readonly<Record<string, string>> = {
  Luật: 'Law',
  'Nghị quyết': 'Resolution',
  'Nghị định': 'Decree',
  'Thông tư': 'Circular',
  'Quyết định': 'Decision',
  'Kế hoạch': 'Plan',
};

/** As `citationOf`, of an act that the catalogue names in Vietnamese: its kind and number, and the article where one was read. */
export function vietnameseCitationOf(act: string, article: string | null = null): Text | undefined {
  const [named, kind = '', signed = ''] = actInVietnamese.exec(act) ?? [];
  if (named === undefined) return undefined;
  const clause = clauses.exec(article ?? '')?.[0];
  const en = `${inEnglish[kind] ?? kind} ${signed}`;
  if (clause === undefined) return { vi: named, en };
  return { vi: `${named} ${clause}`, en: `${en} ${clause.replace('Điều', 'Art.').replace('khoản', 'para.')}` };
}
