import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { millisecondsOf } from '../domain/time/instants.js';
import { type Block, blank, type FormModel, type Letter, type Signature } from './model.js';
import { qrMatrix } from './qr.js';

const mm = 72 / 25.4;
/** What a telephone reads from a sheet held in the hand. */
const smallestModule = 0.42 * mm;

/** Nghị định 30/2020/NĐ-CP, Phụ lục I: margins 20-25, 30-35, 15-20 mm, serif of 13-14 points on A4. A5 is the same page made smaller. */
interface Layout {
  readonly size: 'A4' | 'A5';
  readonly landscape: boolean;
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  readonly text: number;
  readonly table: number;
}

const layouts: Readonly<Record<FormModel['paper'], Layout>> = {
  A4: {
    size: 'A4',
    landscape: false,
    margins: { top: 20 * mm, bottom: 20 * mm, left: 30 * mm, right: 15 * mm },
    text: 13,
    table: 10.5,
  },
  A5: {
    size: 'A5',
    landscape: false,
    margins: { top: 14 * mm, bottom: 14 * mm, left: 20 * mm, right: 11 * mm },
    text: 9.5,
    table: 7.5,
  },
  'A4-landscape': {
    size: 'A4',
    landscape: true,
    margins: { top: 15 * mm, bottom: 15 * mm, left: 15 * mm, right: 15 * mm },
    text: 12,
    table: 8.5,
  },
};

const require = createRequire(import.meta.url);
const font = (file: string): Buffer => readFileSync(require.resolve(`@expo-google-fonts/tinos/${file}`));
let loaded: Readonly<Record<Face, Buffer>> | undefined;
/** Tinos has every Vietnamese letter; read once. */
const fonts = (): Readonly<Record<Face, Buffer>> =>
  (loaded ??= {
    regular: font('400Regular/Tinos_400Regular.ttf'),
    bold: font('700Bold/Tinos_700Bold.ttf'),
    italic: font('400Regular_Italic/Tinos_400Regular_Italic.ttf'),
  });
type Face = 'regular' | 'bold' | 'italic';

/** Draws a form: the Vietnamese letter, then the English one on pages of its own. The same model gives the same bytes. */
export async function renderForm(model: FormModel): Promise<Buffer> {
  const layout = layouts[model.paper];
  const { size, landscape, margins } = layout;
  const [vietnamese] = model.letters;
  const doc = new PDFDocument({
    size,
    layout: landscape ? 'landscape' : 'portrait',
    margins,
    autoFirstPage: false,
    bufferPages: true,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: printable([...vietnamese.title, vietnamese.number ?? ''].filter(Boolean).join(' - ')),
      Author: printable(model.author),
      Subject: vietnamese.mark,
      Keywords: model.keywords,
      Creator: 'Luồng Xanh',
      Producer: 'Luồng Xanh',
      CreationDate: new Date(millisecondsOf(model.issuedAt)),
    },
  });
  for (const [face, bytes] of Object.entries(fonts())) doc.registerFont(face, bytes);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject));
  let english = 0;
  for (const letter of model.letters) {
    english = doc.bufferedPageRange().count;
    doc.addPage();
    await new Press(doc, layout).print(letter, model.statusUrl, model.statement ?? model.statusUrl);
  }
  finishPages(doc, layout, model, english);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** NFC, without characters that show nothing but could turn the order of others (bidirectional marks, zero widths). */
export const printable = (text: string): string => text.normalize('NFC').replaceAll(/[\p{Cf}\p{Co}]/gu, '');

type Doc = InstanceType<typeof PDFDocument>;
type Table = Extract<Block, { kind: 'table' }>;

/** Foot of every page, once it is known how many there are; a draft says so across each. */
function finishPages(doc: Doc, { margins, text }: Layout, model: FormModel, english: number): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    const [letter, first, last] = page < english ? [model.letters[0], 0, english] : [model.letters[1], english, count];
    // Below the margin no text may flow over to a new page.
    doc.page.margins.bottom = 0;
    const { width, height } = doc.page;
    const inner = width - margins.left - margins.right;
    const y = height - margins.bottom * 0.75;
    doc
      .font('italic')
      .fontSize(text * 0.7)
      .fillColor('#444444');
    doc.text(printable(letter.mark), margins.left, y, { width: inner, lineBreak: false });
    doc.text(`${page - first + 1}/${last - first}`, margins.left, y, {
      width: inner,
      align: 'right',
      lineBreak: false,
    });
    doc.fillColor('black');
    if (model.draft) watermark(doc, letter.language === 'vi' ? 'DỰ THẢO' : 'DRAFT');
    doc.page.margins.bottom = margins.bottom;
  }
}

function watermark(doc: Doc, word: string): void {
  const { width, height } = doc.page;
  const size = width / 6;
  doc.save();
  doc.rotate(-45, { origin: [width / 2, height / 2] });
  doc.font('bold').fontSize(size).fillColor('#999999').fillOpacity(0.25);
  doc.text(word, 0, height / 2 - size / 2, { width, align: 'center', lineBreak: false });
  doc.restore();
  doc.fillOpacity(1).fillColor('black');
}

/** Sets one letter, from the top of a fresh page. */
class Press {
  private readonly left: number;
  private readonly width: number;

  constructor(
    private readonly doc: Doc,
    private readonly layout: Layout,
  ) {
    const { left, right } = layout.margins;
    this.left = left;
    this.width = doc.page.width - left - right;
  }

  async print(letter: Letter, statusUrl: string | null, code: string | null): Promise<void> {
    this.head(letter);
    this.title(letter.title);
    for (const block of letter.blocks) {
      if (block.kind === 'table') await this.table(block);
      else this.block(block);
    }
    this.foot(letter, statusUrl, code);
  }

  private get em(): number {
    return this.layout.text;
  }

  private use(face: Face, size = this.em): this {
    this.doc.font(face).fontSize(size);
    return this;
  }

  /** Starts a new page unless this much is left on the page. */
  private ensure(height: number): void {
    const { doc, layout } = this;
    if (doc.y + height > doc.page.height - layout.margins.bottom) doc.addPage();
  }

  /** Centred lines in a box from `top`; answers where they end. */
  private centred(lines: readonly [Face, number, string][], x: number, width: number, top: number): number {
    let y = top;
    for (const [face, size, text] of lines) {
      this.use(face, size).doc.text(printable(text), x, y, { width, align: 'center' });
      y = this.doc.y;
    }
    return y;
  }

  /** The size at which an italic line stays one line, down to two thirds. */
  private fitting(text: string, width: number): number {
    const { em } = this;
    const needed = this.use('italic').doc.widthOfString(printable(text));
    return Math.max(em * 0.66, Math.min(em, (em * width * 0.99) / needed));
  }

  /** A rule under the last line, part of the box wide. */
  private rule(x: number, width: number, y: number, part: number): number {
    const start = x + (width * (1 - part)) / 2;
    this.doc
      .lineWidth(0.6)
      .moveTo(start, y + 2)
      .lineTo(start + width * part, y + 2)
      .stroke();
    return y + 6;
  }

  private head({ language, over, agency, number, placeDate }: Letter): void {
    const { doc, left, width, em } = this;
    const top = doc.y;
    const gap = width * 0.02;
    const leftWidth = width * 0.43 - gap;
    const rightX = left + width * 0.43;
    const rightWidth = width * 0.57;
    const small = em * 0.9;
    const issuer: [Face, number, string][] = [
      ...(over === null ? [] : [['regular', small, over.toUpperCase()] as [Face, number, string]]),
      ['bold', small, agency.toUpperCase()],
    ];
    let leftEnd = this.rule(left, leftWidth, this.centred(issuer, left, leftWidth, top), 0.4);
    if (number !== null) leftEnd = this.centred([['regular', em, number]], left, leftWidth, leftEnd + em * 0.3);
    const [state, motto] =
      language === 'vi'
        ? ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']
        : ['SOCIALIST REPUBLIC OF VIET NAM', 'Independence - Freedom - Happiness'];
    const mottoEnd = this.centred(
      [
        ['bold', small, state],
        ['bold', em, motto],
      ],
      rightX,
      rightWidth,
      top,
    );
    const rightTop = this.rule(rightX, rightWidth, mottoEnd, 0.6) + em * 0.3;
    const rightEnd = this.centred(
      [['italic', this.fitting(placeDate, rightWidth), placeDate]],
      rightX,
      rightWidth,
      rightTop,
    );
    doc.x = left;
    doc.y = Math.max(leftEnd, rightEnd) + em;
  }

  private title([first = '', ...others]: readonly string[]): void {
    const { doc, left, width, em } = this;
    const lines: [Face, number, string][] = [
      ['bold', em * 1.1, first],
      ...others.map((line): [Face, number, string] => [line.startsWith('(') ? 'italic' : 'bold', em, line]),
    ];
    doc.y = this.centred(lines, left, width, doc.y) + em * 0.7;
    doc.x = left;
  }

  private block(block: Exclude<Block, Table>): void {
    const { doc, left, width, em } = this;
    const gap = em * 0.25;
    switch (block.kind) {
      case 'text': {
        this.ensure(em * 2);
        const align = block.style === 'centre' ? 'center' : 'left';
        this.use(block.style === 'italic' ? 'italic' : 'regular');
        doc.text(printable(block.text), left, doc.y, { width, align, lineGap: gap });
        doc.y += gap;
        return;
      }
      case 'bars':
        return this.bars(block);
      case 'field':
        return this.field(block.label, block.value);
      case 'list': {
        this.ensure(em * 3);
        this.use('bold').doc.text(`${printable(block.label)}:`, left, doc.y, { width, lineGap: gap });
        block.items.forEach((item, i) => {
          this.ensure(em * 1.5);
          const y = doc.y;
          this.use('regular').doc.text(`${i + 1}.`, left + em * 0.6, y, { width: em * 2, lineBreak: false });
          doc.text(printable(item), left + em * 2.4, y, { width: width - em * 2.4, lineGap: gap });
        });
        doc.x = left;
        doc.y += gap;
        return;
      }
    }
  }

  /** Names on the left, then the bar in its frame, then the value; none is torn from its bar. */
  private bars({ label, bars }: Extract<Block, { kind: 'bars' }>): void {
    const { doc, left, width, layout, em } = this;
    this.ensure(em * 4);
    this.use('bold').doc.text(printable(label), left, doc.y, { width, lineGap: em * 0.25 });
    const [named, drawn] = [width * 0.42, width * 0.34];
    const gap = em * 0.4;
    for (const { name, text, part } of bars) {
      this.use('regular', layout.table);
      const height = doc.heightOfString(printable(name), { width: named });
      this.ensure(height + gap);
      const y = doc.y;
      doc.text(printable(name), left, y, { width: named });
      const thick = layout.table * 0.9;
      doc
        .lineWidth(0.4)
        .rect(left + named + gap, y + 1, drawn, thick)
        .stroke();
      doc.rect(left + named + gap, y + 1, drawn * Math.min(1, Math.max(0, part)), thick).fill('#1f6f4a');
      doc.fillColor('black').text(printable(text), left + named + drawn + 2 * gap, y, {
        width: width - named - drawn - 2 * gap,
      });
      doc.x = left;
      doc.y = Math.max(y + height, doc.y) + gap * 0.5;
    }
    doc.y += gap;
  }

  private field(label: string, value: string | null): void {
    const { doc, left, width, em } = this;
    const lineGap = em * 0.25;
    this.ensure(em * 1.5);
    this.use('bold').doc.text(`${printable(label)}: `, left, doc.y, { width, lineGap, continued: true });
    this.use('regular').doc.text(printable(value ?? blank), { width, lineGap });
    doc.x = left;
    doc.y += lineGap;
  }

  /** Rows are never split; the head comes again on every page. */
  private async table({ columns, rows }: Table): Promise<void> {
    const { doc, left, width, layout, em } = this;
    const whole = columns.reduce((sum, { share }) => sum + share, 0);
    const widths = columns.map(({ share }) => (width * share) / whole);
    const pad = layout.table * 0.3;
    const heightOf = (cells: readonly string[]): number =>
      2 * pad +
      Math.max(...cells.map((cell, i) => doc.heightOfString(cell || ' ', { width: (widths[i] ?? 0) - 2 * pad })));
    const draw = (cells: readonly string[], height: number, align: 'left' | 'center'): void => {
      const y = doc.y;
      let x = left;
      cells.forEach((cell, i) => {
        const cellWidth = widths[i] ?? 0;
        doc.lineWidth(0.5).rect(x, y, cellWidth, height).stroke();
        doc.text(cell, x + pad, y + pad, { width: cellWidth - 2 * pad, align });
        x += cellWidth;
      });
      doc.x = left;
      doc.y = y + height;
    };
    const head = columns.map(({ title }) => printable(title));
    const drawHead = (): void => {
      this.use('bold', layout.table);
      draw(head, heightOf(head), 'center');
    };
    this.ensure(em * 5);
    drawHead();
    for (const [n, row] of rows.entries()) {
      // A long book takes seconds: whoever else asks something of this process is answered in between.
      if (n % 10 === 9) await setImmediate();
      const cells = row.map(printable);
      this.use('regular', layout.table);
      const height = heightOf(cells);
      if (doc.y + height > doc.page.height - layout.margins.bottom) {
        doc.addPage();
        drawHead();
        this.use('regular', layout.table);
      }
      draw(cells, height, 'left');
    }
    doc.y += em * 0.6;
  }

  /** Signatures side by side and the code that leads to the status page: beside a single signature, else below. None is torn from itself. */
  private foot({ signatures, lookUp }: Letter, statusUrl: string | null, code: string | null): void {
    const { doc, left, width, em } = this;
    const coded = lookUp === null || statusUrl === null || code === null ? undefined : { lookUp, statusUrl, code };
    const matrix = coded && qrMatrix(coded.code);
    const side = matrix ? Math.max(em * 5, matrix.length * smallestModule) : 0;
    const beside = signatures.length === 1;
    const height = Math.max(em * 9, beside && matrix ? side + em * 4 : 0);
    if (signatures.length > 0) this.ensure(height);
    const top = doc.y + em * 0.8;
    this.signatures(signatures, top);
    if (signatures.length > 0) doc.y = top + height - em;
    if (!coded || !matrix) return;
    if (!beside) this.ensure(side + em);
    const y = beside ? top : doc.y;
    this.qr(matrix, left, y, side);
    // Four light modules around it.
    const quiet = Math.max(em * 0.3, (side / matrix.length) * 4);
    const [x, wide, down] = beside
      ? [left, width * 0.48, side + quiet]
      : [left + side + Math.max(em, quiet), width - side - Math.max(em, quiet), em * 0.5];
    this.use('italic', em * 0.75).doc.text(printable(coded.lookUp), x, y + down, { width: wide });
    // On a screen the address leads to all that the code holds.
    doc.text(coded.statusUrl, { width: wide, link: coded.code });
    doc.x = left;
    doc.y = Math.max(doc.y, y + side, beside ? top + height - em : 0);
  }

  private signatures(signatures: readonly Signature[], top: number): void {
    const { left, width, em } = this;
    const half = width / 2;
    // One signature stands on the right, as on any letter.
    const first = signatures.length === 1 ? 1 : 0;
    signatures.forEach(({ caption, hint, name }, i) => {
      const x = left + half * (i + first);
      const end = this.centred(
        [
          ['bold', em, caption],
          ['italic', em * 0.9, hint],
        ],
        x,
        half,
        top,
      );
      if (name !== null) this.centred([['bold', em, name]], x, half, Math.max(end, top + em * 3) + em * 2);
    });
  }

  private qr(matrix: ReturnType<typeof qrMatrix>, x: number, y: number, side: number): void {
    const { doc } = this;
    const module = side / matrix.length;
    matrix.forEach((row, r) =>
      row.forEach((dark, c) => {
        if (dark) doc.rect(x + c * module, y + r * module, module, module);
      }),
    );
    doc.fill('black');
  }
}
