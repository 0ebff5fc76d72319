import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { NoAnswer, readFile } from '../api/call.js';
import { Failure, Loading } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import css from './documents.module.css';

interface Shown {
  readonly address: string;
  readonly name: string;
  /** Where it is opened, from 1. */
  readonly page: number;
}

/** The address of one uploaded document. */
export const documentAddress = (id: string): string => `/api/v1/documents/${id}`;

/**
 * Documents that are read in the page, one at a time. `link` stands where a document is named and opens or closes it; `view` is where the open one is shown, nothing
 * while none is. One of `withheld`, which the reader may not open, is named and not linked.
 */
export function useDocuments(withheld: readonly string[] = []): {
  readonly link: (address: string, name: string, page?: number) => ReactNode;
  readonly view: ReactNode;
} {
  const { t } = useWords();
  const [shown, setShown] = useState<Shown>();
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setShown(undefined);
    opener.current?.focus();
  };
  return {
    link: (address, name, page = 1) =>
      withheld.some((id) => documentAddress(id) === address) ? (
        <span>
          {name} <span className={parts['faint']}>({t('documentWithheld')})</span>
        </span>
      ) : (
        <button
          type="button"
          className={css['open']}
          aria-expanded={shown?.address === address && shown.page === page}
          onClick={({ currentTarget }) => {
            opener.current = currentTarget;
            if (shown?.address === address && shown.page === page) close();
            else setShown({ address, name, page });
          }}
        >
          {name}
        </button>
      ),
    view: shown !== undefined && <Viewer key={`${shown.address} ${shown.page}`} {...shown} onClose={close} />,
  };
}

const images = new Set(['image/png', 'image/jpeg']);
const isDrawn = (mediaType: string): boolean => mediaType === 'application/pdf' || images.has(mediaType);

/** The file, and what draws it; `other`: a page cannot show it, so nothing of it was fetched. */
async function load(address: string, signal: AbortSignal) {
  const { mediaType, bytes } = await readFile(address, isDrawn, signal);
  if (bytes === null) return { kind: 'other' } as const;
  if (images.has(mediaType)) return { kind: 'image', image: new Blob([bytes], { type: mediaType }) } as const;
  const { PdfPages } = await import('./pdf-pages.js').catch((cause: unknown) => {
    throw new NoAnswer('the viewer was not sent', { cause });
  });
  return { kind: 'pdf', bytes, PdfPages } as const;
}

function Viewer({ address, name, page, onClose }: Shown & { readonly onClose: () => void }) {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // Fetched once for as long as it is open: neither news of the case nor a new connection changes a document.
  const file = useQuery({
    queryKey: ['file', address],
    queryFn: ({ signal }) => load(address, signal),
    staleTime: 'static',
    gcTime: 0,
  });
  useEffect(() => {
    title.current?.focus();
  }, []);
  return (
    <section
      className={css['viewer']}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={css['bar']}>
        <h3 id={id} ref={title} tabIndex={-1}>
          {name}
        </h3>
        <a href={address} download>
          {t('documentDownload')}
        </a>
        <button type="button" className={parts['secondary']} onClick={onClose}>
          {t('documentClose')}
        </button>
      </div>
      {file.error !== null && <Failure error={file.error} />}
      {file.isPending && <Loading />}
      {file.data?.kind === 'pdf' && <file.data.PdfPages bytes={file.data.bytes} first={page} />}
      {file.data?.kind === 'image' && <Picture image={file.data.image} name={name} />}
      {file.data?.kind === 'other' && (
        <Notice>
          <p>{t('documentOther')}</p>
        </Notice>
      )}
    </section>
  );
}

function Picture({ image, name }: { readonly image: Blob; readonly name: string }) {
  const { t } = useWords();
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(image);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [image]);
  if (broken) {
    return (
      <Notice tone="red" alert>
        <p>{t('documentBroken')}</p>
      </Notice>
    );
  }
  return (
    address !== undefined && <img className={css['image']} src={address} alt={name} onError={() => setBroken(true)} />
  );
}
