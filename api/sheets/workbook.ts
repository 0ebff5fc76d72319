import { setImmediate as pause } from 'node:timers/promises';
import { type Text } from '../../domain/law/agency.js';
import { type Instant, millisecondsOf } from '../../domain/time/instants.js';
import { type Language } from '../http/language.js';
import { zipOf } from './zip.js';

/** How a column is written: what a spreadsheet can sort and add up is a number or a date there, never text. `share`: 0..1 in per cent. */
export type ColumnKind = 'text' | 'whole' | 'number' | 'share' | 'day' | 'moment';

/** Text that leads to an address. */
interface Linked {
  readonly text: string;
  readonly to: string;
}

/**
 * One cell. In columns of numbers a number or its decimal text, in `day` a legal day `YYYY-MM-DD`, in `moment` an instant; null: nothing is known.
 * In a column of text `Text` is written in the reader's language.
 */
export type CellValue = string | number | Text | Linked | null;

/** One column of a sheet of such rows. */
export interface SheetColumn<Row> {
  readonly name: Text;
  /** Text where it is left out. */
  readonly kind?: ColumnKind;
  readonly value: (row: Row) => CellValue;
}

/** One sheet, ready to be written. */
export interface Sheet {
  /** On its tab; cut after 31 characters. */
  readonly name: Text;
  readonly columns: readonly { readonly name: Text; readonly kind: ColumnKind }[];
  readonly rows: readonly (readonly CellValue[])[];
}

export function sheetOf<Row>(name: Text, columns: readonly SheetColumn<Row>[], rows: readonly Row[]): Sheet {
  return {
    name,
    columns: columns.map(({ name: heading, kind = 'text' }) => ({ name: heading, kind })),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  };
}

/** What a workbook says of itself on its last sheet: what it holds, as of when, and what was asked for. */
export interface Workbook {
  readonly title: Text;
  readonly asOf: Instant;
  readonly about: readonly (readonly [name: Text, value: CellValue])[];
  readonly sheets: readonly Sheet[];
}

/** More rows than this are no list that somebody reads; the caller is asked to narrow it. */
export const mostRows = 10_000;

const styles = { text: 1, whole: 2, number: 3, share: 4, day: 5, moment: 6 } as const;
const [headingStyle, linkStyle] = [7, 8];

const say = (vi: string, en: string): Text => ({ vi, en });
const aboutName = say('Thông tin', 'About');
const [titleName, asOfName] = [say('Nội dung', 'Content'), say('Số liệu tính đến', 'As of')];

/** The bytes of an .xlsx file (ECMA-376, strings inline). The same workbook makes the same bytes. */
export async function workbookFile({ title, asOf, about, sheets }: Workbook, language: Language): Promise<Buffer> {
  const pairs: readonly (readonly [Text, CellValue])[] = [[titleName, title], [asOfName, written(asOf)], ...about];
  const last = sheetOf<(typeof pairs)[number]>(
    aboutName,
    [
      { name: say('Mục', 'Item'), value: ([name]) => name },
      { name: say('Giá trị', 'Value'), value: ([, value]) => value },
    ],
    pairs,
  );
  const all = [...sheets, last];
  const names = distinct(all.map(({ name }) => tabName(name[language])));
  const drawn: { readonly xml: string; readonly links: readonly string[] }[] = [];
  for (const sheet of all) drawn.push(await sheetXml(sheet, language));
  return zipOf([
    { name: '[Content_Types].xml', content: contentTypes(all.length) },
    { name: '_rels/.rels', content: packageRelations },
    { name: 'docProps/core.xml', content: properties(title[language], asOf, language) },
    { name: 'xl/workbook.xml', content: workbookXml(names, all) },
    { name: 'xl/_rels/workbook.xml.rels', content: workbookRelations(all.length) },
    { name: 'xl/styles.xml', content: stylesXml },
    ...drawn.flatMap(({ xml, links }, n) => [
      { name: `xl/worksheets/sheet${n + 1}.xml`, content: xml },
      ...(links.length === 0
        ? []
        : [{ name: `xl/worksheets/_rels/sheet${n + 1}.xml.rels`, content: linkRelations(links) }]),
    ]),
  ]);
}

/** In Viet Nam's time, as people write it. */
function written(at: Instant): string {
  const text = new Date(millisecondsOf(at) + vietNam).toISOString();
  return `${text.slice(11, 16)} ${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`;
}

const vietNam = 7 * 3_600_000;
const dayMs = 86_400_000;
/** Serial number of 1 January 1970. */
const epoch = 25_569;
/** Before it, spreadsheets count a 29 February 1900 that never was. */
const firstDay = '1900-03-01';

/** Only what a spreadsheet keeps to the last digit is a number there. */
function numberOf(value: CellValue): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  return value.replaceAll(/[-.]/g, '').replace(/^0+/, '').length <= 15 ? Number(value) : undefined;
}

function serialOf(value: CellValue, kind: 'day' | 'moment'): number | undefined {
  if (typeof value !== 'string' || value < firstDay) return undefined;
  if (kind === 'day') return Date.parse(value) / dayMs + epoch;
  return Math.round((millisecondsOf(value) + vietNam) / 1_000) / 86_400 + epoch;
}

const isLinked = (value: CellValue): value is Linked => typeof value === 'object' && value !== null && 'to' in value;

const textOf = (value: CellValue, language: Language): string => {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return isLinked(value) ? value.text : value[language];
};

/** XML 1.0 has no other control characters, and a spreadsheet reads `_x0041_` as an escape of its own. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A, B … Z, AA … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** As much as a cell takes. */
const mostText = 32_767;

async function sheetXml(
  { columns, rows }: Sheet,
  language: Language,
): Promise<{ readonly xml: string; readonly links: readonly string[] }> {
  const links: string[] = [];
  const linkedCells: string[] = [];
  // A long heading is broken into lines.
  const widths = columns.map(({ name, kind }) =>
    Math.max(kind === 'moment' ? 16 : 10, Math.min(20, name[language].length)),
  );
  const inline = (at: string, style: number, text: string) =>
    `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, mostText))}</t></is></c>`;
  const cell = (value: CellValue, column: number, row: number): string => {
    const { kind = 'text' } = columns[column] ?? {};
    const at = `${columnName(column)}${row}`;
    const isDate = kind === 'day' || kind === 'moment';
    const number = isDate ? serialOf(value, kind) : kind === 'text' ? undefined : numberOf(value);
    if (number !== undefined) return `<c r="${at}" s="${styles[kind]}"><v>${number}</v></c>`;
    const text = textOf(value, language);
    if (text === '') return '';
    widths[column] = Math.max(widths[column] ?? 0, ...text.split('\n').map(({ length }) => length));
    if (!isLinked(value)) return inline(at, styles.text, text);
    links.push(value.to);
    linkedCells.push(`<hyperlink ref="${at}" r:id="rId${links.length}"/>`);
    return inline(at, linkStyle, text);
  };
  const lines = [
    `<row r="1">${columns.map(({ name }, n) => inline(`${columnName(n)}1`, headingStyle, name[language])).join('')}</row>`,
  ];
  for (const [n, values] of rows.entries()) {
    // Others are served between the rows of a long list.
    if (n % 500 === 499) await pause();
    lines.push(`<row r="${n + 2}">${values.map((value, column) => cell(value, column, n + 2)).join('')}</row>`);
  }
  const width = (column: number): number => Math.min(60, (widths[column] ?? 0) + 2);
  const xml = `${head}<worksheet xmlns="${main}" xmlns:r="${office}/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<cols>${columns.map((_column, n) => `<col min="${n + 1}" max="${n + 1}" width="${width(n)}" customWidth="1"/>`).join('')}</cols>\
<sheetData>${lines.join('')}</sheetData><autoFilter ref="${areaOf({ columns, rows })}"/>\
${linkedCells.length === 0 ? '' : `<hyperlinks>${linkedCells.join('')}</hyperlinks>`}\
<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
  return { xml, links };
}

const areaOf = ({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): string =>
  `A1:${columnName(columns.length - 1)}${rows.length + 1}`;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const upTo = (n: number): number[] => Array.from({ length: n }, (_nothing, at) => at + 1);

/** What no tab may be called, and no longer than it takes. */
const tabName = (name: string): string => name.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31);

/** Tabs of one name are told apart by a number. */
const distinct = (names: readonly string[]): string[] =>
  names.map((name, n) => (names.indexOf(name) === n ? name : `${name.slice(0, 28)} ${n + 1}`));

const contentTypes = (sheets: number): string =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="${mime}.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
${upTo(sheets)
  .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${mime}.worksheet+xml"/>`)
  .join('')}</Types>`;

const packageRelations = `${head}<Relationships xmlns="${packages}/relationships">\
<Relationship Id="rId1" Type="${office}/relationships/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const properties = (title: string, asOf: Instant, language: Language): string =>
  `${head}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title>\
<dc:creator>Luồng Xanh</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${asOf.slice(0, 19)}Z</dcterms:created>\
<dc:language>${language}</dc:language></cp:coreProperties>`;

function workbookXml(names: readonly string[], sheets: readonly Sheet[]): string {
  const tabs = names.map((name, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`);
  // The headings stand on every printed page, and the filter needs its area under a name of its own.
  const defined = sheets.flatMap((sheet, n) => {
    const of = `'${escaped(names[n] ?? '')}'!`;
    const fixed = areaOf(sheet).replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${n}" hidden="1">${of}${fixed}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${n}">${of}$1:$1</definedName>`,
    ];
  });
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}/relationships"><sheets>${tabs.join('')}</sheets>\
<definedNames>${defined.join('')}</definedNames></workbook>`;
}

const workbookRelations = (sheets: number): string =>
  `${head}<Relationships xmlns="${packages}/relationships">${upTo(sheets)
    .map(
      (n) => `<Relationship Id="rId${n}" Type="${office}/relationships/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )
    .join(
      '',
    )}<Relationship Id="rId${sheets + 1}" Type="${office}/relationships/styles" Target="styles.xml"/></Relationships>`;

const linkRelations = (links: readonly string[]): string =>
  `${head}<Relationships xmlns="${packages}/relationships">${links
    .map(
      (to, n) =>
        `<Relationship Id="rId${n + 1}" Type="${office}/relationships/hyperlink" Target="${escaped(to)}" TargetMode="External"/>`,
    )
    .join('')}</Relationships>`;

const cellStyle = (format: number, font = 0, fill = 0, wrap = false): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" \
applyAlignment="1"><alignment vertical="top"${wrap ? ' wrapText="1"' : ''}/></xf>`;

const stylesXml = `${head}<styleSheet xmlns="${main}"><numFmts count="4"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.0"/><numFmt numFmtId="167" formatCode="0.0%"/></numFmts>\
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>\
<font><u/><sz val="11"/><color rgb="FF1D5FA8"/><name val="Calibri"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE3F1E7"/><bgColor indexed="64"/></patternFill></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${cellStyle(0, 0, 0, true)}${cellStyle(3)}${cellStyle(166)}${cellStyle(167)}\
${cellStyle(164)}${cellStyle(165)}${cellStyle(0, 1, 2, true)}${cellStyle(0, 2)}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
