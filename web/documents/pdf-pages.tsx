import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Loading } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { placesOf } from './find.js';
import css from './documents.module.css';
import { drawPage, faultOf, openPdf, textOf } from './pdf.js';

type Fault = ReturnType<typeof faultOf>;
const faults = { broken: 'documentBroken', encrypted: 'documentEncrypted', undrawn: 'documentUndrawn' } as const;

function NotDrawn({ fault }: { readonly fault: Fault }) {
  const { t } = useWords();
  return (
    <Notice tone="red" alert>
      <p>{t(faults[fault])}</p>
    </Notice>
  );
}

/** A PDF, a page at a time, opened at the `first`: drawn, with its words over it, so that they are found, copied and read aloud. */
export function PdfPages({ bytes, first }: { readonly bytes: ArrayBuffer; readonly first: number }) {
  const [pdf, setPdf] = useState<PDFDocumentProxy>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const opening = openPdf(bytes);
    let closed = false;
    opening.promise.then(
      (opened) => closed || setPdf(opened),
      (error: unknown) => closed || setFault(faultOf(error)),
    );
    return () => {
      closed = true;
      void opening.destroy();
    };
  }, [bytes]);
  if (fault !== undefined) return <NotDrawn fault={fault} />;
  return pdf === undefined ? <Loading /> : <Pages pdf={pdf} first={first} />;
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const asWideAsItsPlace = zooms.indexOf(1);

/** Pages on which what was sought stands, and how often on all of them. */
interface Found {
  readonly wanted: string;
  readonly pages: readonly number[];
  readonly times: number;
}

function Pages({ pdf, first }: { readonly pdf: PDFDocumentProxy; readonly first: number }) {
  const { t } = useWords();
  const [page, setPage] = useState(Math.min(first, pdf.numPages));
  const [zoom, setZoom] = useState(asWideAsItsPlace);
  const [found, setFound] = useState<Found>();
  const go = (to: number) => setPage(Math.min(Math.max(to, 1), pdf.numPages));
  const zoomBy = (steps: number) => setZoom((now) => Math.min(Math.max(now + steps, 0), zooms.length - 1));
  const keys: Readonly<Record<string, () => void>> = {
    PageDown: () => go(page + 1),
    PageUp: () => go(page - 1),
    Home: () => go(1),
    End: () => go(pdf.numPages),
    '+': () => zoomBy(1),
    '=': () => zoomBy(1),
    '-': () => zoomBy(-1),
    '0': () => setZoom(asWideAsItsPlace),
  };
  const onKey = (event: KeyboardEvent) => {
    const run = keys[event.key];
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run();
  };
  return (
    <>
      <div className={css['bar']} role="group" aria-label={t('documentControls')}>
        <button type="button" className={parts['secondary']} disabled={page === 1} onClick={() => go(page - 1)}>
          {t('pageBefore')}
        </button>
        <span role="status">{t('pageOf', { n: page, of: pdf.numPages })}</span>
        <button
          type="button"
          className={parts['secondary']}
          disabled={page === pdf.numPages}
          onClick={() => go(page + 1)}
        >
          {t('pageAfter')}
        </button>
        <button type="button" className={parts['secondary']} disabled={zoom === 0} onClick={() => zoomBy(-1)}>
          {t('zoomOut')}
        </button>
        <button
          type="button"
          className={parts['secondary']}
          disabled={zoom === zooms.length - 1}
          onClick={() => zoomBy(1)}
        >
          {t('zoomIn')}
        </button>
      </div>
      <Search pdf={pdf} page={page} found={found} onFound={setFound} go={go} />
      <p className={parts['help']}>{t('documentKeys')}</p>
      <Sheet pdf={pdf} page={page} zoom={zooms[zoom] ?? 1} wanted={found?.wanted ?? ''} onKey={onKey} />
    </>
  );
}

function Search(props: {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly found: Found | undefined;
  readonly onFound: (found: Found) => void;
  readonly go: (page: number) => void;
}) {
  const { pdf, page, found, onFound, go } = props;
  const { t } = useWords();
  const [seeking, setSeeking] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const next = found?.pages.find((one) => one > page) ?? found?.pages[0];
  const seek = async (wanted: string) => {
    const pages: number[] = [];
    let times = 0;
    for (let n = 1; n <= pdf.numPages; n++) {
      const here = placesOf(await textOf(await pdf.getPage(n)), wanted).length;
      if (here > 0) pages.push(n);
      times += here;
    }
    onFound({ wanted, pages, times });
    const first = pages.find((one) => one >= page) ?? pages[0];
    if (first !== undefined) go(first);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('wanted');
    const wanted = typeof given === 'string' ? given.trim() : '';
    if (wanted === '' || seeking) return;
    if (wanted === found?.wanted) {
      if (next !== undefined) go(next);
      return;
    }
    setSeeking(true);
    setFault(undefined);
    seek(wanted)
      .catch((error: unknown) => setFault(faultOf(error)))
      .finally(() => setSeeking(false));
  };
  return (
    <form role="search" className={css['bar']} onSubmit={submit}>
      <input name="wanted" type="search" aria-label={t('documentSearch')} placeholder={t('documentSearch')} />
      <button type="submit" className={parts['secondary']} disabled={seeking}>
        {t('documentFind')}
      </button>
      <span role="status" className={parts['faint']}>
        {seeking
          ? t('documentSeeking')
          : found !== undefined &&
            (found.times === 0
              ? t('documentFoundNone', { wanted: found.wanted })
              : t('documentFound', { n: found.times, pages: found.pages.join(', ') }))}
      </span>
      {fault !== undefined && <NotDrawn fault={fault} />}
    </form>
  );
}

function Sheet(props: {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly zoom: number;
  readonly wanted: string;
  readonly onKey: (event: KeyboardEvent) => void;
}) {
  const { pdf, page, zoom, wanted, onKey } = props;
  const { t } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [fault, setFault] = useState<Fault>();
  const [text, setText] = useState<HTMLElement>();
  useEffect(() => {
    const place = frame.current;
    if (place === null) return;
    const watching = new ResizeObserver(() => setRoom(Math.floor(place.clientWidth)));
    watching.observe(place);
    return () => watching.disconnect();
  }, []);
  useEffect(() => {
    if (room === 0) return;
    const ending = new AbortController();
    setFault(undefined);
    pdf
      .getPage(page)
      .then((one) => drawPage(one, room * zoom, css['text'] ?? '', ending.signal))
      .then(
        (drawn) => {
          const place = sheet.current;
          if (drawn === undefined || ending.signal.aborted || place === null) return;
          place.style.width = `${drawn.width}px`;
          place.style.height = `${drawn.height}px`;
          place.replaceChildren(drawn.canvas, drawn.text);
          setText(drawn.text);
        },
        (error: unknown) => {
          if (!ending.signal.aborted) setFault(faultOf(error));
        },
      );
    return () => ending.abort();
  }, [pdf, page, zoom, room]);
  useEffect(() => {
    // What it gives back is no end of the effect: newer browsers promise when it is over.
    void frame.current?.scrollTo({ top: 0 });
  }, [page]);
  useEffect(() => {
    return text === undefined ? undefined : mark(text, wanted);
  }, [text, wanted]);
  return (
    <>
      {fault !== undefined && <NotDrawn fault={fault} />}
      {text !== undefined && text.textContent.trim() === '' && <p className={parts['faint']}>{t('pageWithoutText')}</p>}
      <div
        ref={frame}
        className={css['frame']}
        tabIndex={0}
        role="region"
        aria-label={t('pageOf', { n: page, of: pdf.numPages })}
        onKeyDown={onKey}
      >
        <div ref={sheet} className={css['sheet']} />
      </div>
    </>
  );
}

const highlightName = 'found-in-document';

/** Marks what is sought among the words of a page, and brings the first of it into view; gives what takes the marks away. */
function mark(text: HTMLElement, wanted: string): (() => void) | undefined {
  const pieces: { readonly node: Text; readonly from: number }[] = [];
  let whole = '';
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    if (node instanceof Text) {
      pieces.push({ node, from: whole.length });
      whole += node.data;
    } else if (node.nodeName === 'BR') whole += ' ';
  }
  const ranges = placesOf(whole, wanted).flatMap(([from, to]) => {
    const [first, last] = [from, to - 1].map((place) => pieces.findLast((piece) => piece.from <= place));
    if (first === undefined || last === undefined) return [];
    const range = new Range();
    range.setStart(first.node, Math.min(from - first.from, first.node.length));
    range.setEnd(last.node, Math.min(to - last.from, last.node.length));
    return [range];
  });
  ranges[0]?.startContainer.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  // Browsers without marks of this kind still go to the place.
  if (ranges.length === 0 || !('highlights' in CSS)) return undefined;
  CSS.highlights.set(highlightName, new Highlight(...ranges));
  return () => CSS.highlights.delete(highlightName);
}
