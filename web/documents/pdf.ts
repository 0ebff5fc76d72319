import {
  getDocument,
  GlobalWorkerOptions,
  InvalidPDFException,
  type PDFDocumentLoadingTask,
  type PDFPageProxy,
  RenderingCancelledException,
  TextLayer,
  VerbosityLevel,
  version,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;
const files = `/assets/pdfjs-${version}`;

/** Begins to read a PDF; whoever asks ends it with `destroy`. */
export const openPdf = (bytes: ArrayBuffer): PDFDocumentLoadingTask =>
  getDocument({
    // The worker takes what it is given.
    data: bytes.slice(0),
    isEvalSupported: false,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${files}/cmaps/`,
    standardFontDataUrl: `${files}/standard_fonts/`,
    wasmUrl: `${files}/wasm/`,
    iccUrl: `${files}/iccs/`,
  });

/** Why a PDF is not drawn: it is none any more, it asks for a password, or this browser fails at it. */
export function faultOf(error: unknown): 'broken' | 'encrypted' | 'undrawn' {
  // Its class is not given away.
  if (error instanceof Error && error.name === 'PasswordException') return 'encrypted';
  return error instanceof InvalidPDFException ? 'broken' : 'undrawn';
}

/** More pixels than that no canvas has everywhere. */
const mostPixels = 16e6;

export interface DrawnPage {
  readonly canvas: HTMLCanvasElement;
  /** The words of the page, each over its picture. */
  readonly text: HTMLElement;
  readonly width: number;
  readonly height: number;
}

/** Draws one page as wide as `width` pixels; undefined where `signal` ended it. */
export async function drawPage(
  page: PDFPageProxy,
  width: number,
  textClass: string,
  signal: AbortSignal,
): Promise<DrawnPage | undefined> {
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const canvas = document.createElement('canvas');
  const sharp = Math.min(window.devicePixelRatio, Math.sqrt(mostPixels / (viewport.width * viewport.height)));
  canvas.width = Math.floor(viewport.width * sharp);
  canvas.height = Math.floor(viewport.height * sharp);
  canvas.ariaHidden = 'true';
  const text = document.createElement('div');
  text.className = textClass;
  text.style.setProperty('--total-scale-factor', String(viewport.scale));
  const drawing = page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const stop = () => {
    drawing.cancel();
    layer.cancel();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all([drawing.promise, layer.render()]);
    return { canvas, text, width: viewport.width, height: viewport.height };
  } catch (error) {
    if (signal.aborted || error instanceof RenderingCancelledException) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The words of one page in their order, lines divided by a space. */
export async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('');
}
