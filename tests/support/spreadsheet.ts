import { inflateRawSync, crc32 } from 'node:zlib';

/** The files of a ZIP archive by their names, each checked against its sum. */
function unzipped(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [sum, packed, nameLength] = [
      bytes.readUInt32LE(at + 16),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const plain = inflateRawSync(bytes.subarray(start, start + packed));
    if (crc32(plain) !== sum) throw new Error(`${name}: the sum of the archive is another`);
    files.set(name, plain.toString('utf8'));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

const plain = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** A cell as it is kept: text, or a number with the format in which it is shown. */
export type ReadCell = string | { readonly number: number; readonly format: string };

export interface ReadSheet {
  readonly name: string;
  /** Headings first; what is not there is ''. */
  readonly rows: readonly (readonly ReadCell[])[];
  /** Where cells lead, by their address (`C2`). */
  readonly links: ReadonlyMap<string, string>;
}

const builtIn: Readonly<Record<string, string>> = { '0': 'General', '3': '#,##0' };

/** Reads an .xlsx file as a program would, by its own tables of names, styles and links. */
export function readSheets(bytes: Buffer): ReadSheet[] {
  const files = unzipped(bytes);
  const of = (name: string): string => {
    const found = files.get(name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const all = (xml: string, pattern: RegExp): string[][] =>
    [...xml.matchAll(pattern)].map((found) => [...found].slice(1));
  const styles = of('xl/styles.xml');
  const formats = new Map(
    all(styles, /<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g).map(([id = '', code = '']) => [id, plain(code)]),
  );
  const cellXfs = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)?.[1] ?? '';
  const styleFormats = all(cellXfs, /<xf numFmtId="(\d+)"/g).map(([id = '']) => formats.get(id) ?? builtIn[id] ?? id);
  const targets = new Map(
    all(of('xl/_rels/workbook.xml.rels'), /Id="(\w+)" Type="[^"]*" Target="([^"]*)"/g).map(([id = '', to = '']) => [
      id,
      to,
    ]),
  );
  return all(of('xl/workbook.xml'), /<sheet name="([^"]*)" sheetId="\d+" r:id="(\w+)"/g).map(([name = '', id = '']) => {
    const file = targets.get(id) ?? '';
    const xml = of(`xl/${file}`);
    const rows = all(xml, /<row r="\d+">(.*?)<\/row>/gs).map(([row = '']) => {
      const cells: ReadCell[] = [];
      for (const [column = '', style = '', value, text] of all(
        row,
        /<c r="([A-Z]+)\d+" s="(\d+)"(?: t="inlineStr")?>(?:<v>([^<]*)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>/gs,
      )) {
        const index = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        while (cells.length < index) cells.push('');
        cells[index] =
          value === undefined
            ? plain(text ?? '')
            : { number: Number(value), format: styleFormats[Number(style)] ?? '' };
      }
      return cells;
    });
    const relations = files.get(`xl/${file.replace('worksheets/', 'worksheets/_rels/')}.rels`) ?? '';
    const addresses = new Map(
      all(relations, /Id="(\w+)" Type="[^"]*" Target="([^"]*)"/g).map(([one = '', to = '']) => [one, plain(to)]),
    );
    const links = all(xml, /<hyperlink ref="([A-Z]+\d+)" r:id="(\w+)"/g).map(
      ([at = '', one = '']) => [at, addresses.get(one) ?? ''] as const,
    );
    return { name: plain(name), rows, links: new Map(links) };
  });
}

/** The day or moment that a number stands for, as it was written: UTC of the civil time. */
export const dayOfSerial = (serial: number): string =>
  new Date(Math.round((serial - 25_569) * 86_400) * 1000).toISOString();
