import {
  createContext,
  type ReactNode,
  type SubmitEvent,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { ApiProblem, newKey, upload } from '../api/call.js';
import { Notice } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { useAct } from './act.js';
import { useKeptForm } from './kept-form.js';
import { Failure, Refused } from './states.js';

type FileState = 'sending' | 'failed' | 'idle';

/** Told by each file of a form how it stands with it. */
const FilesContext = createContext<(name: string, state: FileState) => void>(() => undefined);

/** A form that does one act, once under its key, and says how it went; not while a file of it is on its way, nor while one failed. `again`: it may be filled in anew. */
export function ActForm(props: {
  readonly send: (form: FormData, key: string) => Promise<unknown>;
  readonly onDone: () => void;
  readonly button: string;
  readonly disabled?: boolean;
  readonly again?: boolean;
  /** The name under which what is typed is kept until it was sent; left out: it is not. */
  readonly keptAs?: string;
  /** What the fields of the request are called here, by their first name in it. */
  readonly names?: Readonly<Record<string, string>>;
  /** It was refused: what is shown may be old. */
  readonly onRefused?: () => void;
  readonly children: ReactNode;
}) {
  const { send, onDone, button, disabled = false, again = false, keptAs, names, onRefused, children } = props;
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  const [done, setDone] = useState(false);
  const [files, setFiles] = useState<Readonly<Record<string, FileState>>>({});
  const tell = useCallback(
    (name: string, state: FileState) => setFiles((before) => ({ ...before, [name]: state })),
    [],
  );
  const uploading = Object.values(files).includes('sending');
  const broken = Object.values(files).includes('failed');
  const keeping = useKeptForm(keptAs ?? '');
  const { restore } = keeping;
  // After each drawing: a field that was drawn anew, with what came since, has what was typed into it again.
  useEffect(() => {
    if (keptAs !== undefined) restore();
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (uploading || broken) return;
    const element = event.currentTarget;
    setDone(false);
    run(
      (key) =>
        send(new FormData(element), key).catch((error: unknown) => {
          if (error instanceof ApiProblem) onRefused?.();
          throw error;
        }),
      () => {
        if (keptAs !== undefined) keeping.forget();
        setDone(true);
        if (again) element.reset();
        onDone();
      },
    );
  };
  const said = done && (
    <Notice tone="green" alert>
      <p>{t('sent')}</p>
    </Notice>
  );
  if (done && !again) return said;
  return (
    <form ref={keeping.ref} onInput={keptAs === undefined ? undefined : keeping.onInput} onSubmit={submit}>
      {said}
      <FilesContext value={tell}>{children}</FilesContext>
      {failed !== undefined && <Refused error={failed} {...(names && { names })} />}
      {broken && (
        <Notice tone="amber">
          <p>{t('fileFailedFirst')}</p>
        </Notice>
      )}
      <button type="submit" disabled={busy || disabled || uploading || broken}>
        {busy ? t('sending') : uploading ? t('uploading') : button}
      </button>
    </form>
  );
}

/** Of a representative: for which investor the files of this page are. */
export const OnBehalfContext = createContext<string | undefined>(undefined);

const mostBytes = Number(document.body.dataset['documentMaxBytes'] ?? 0);

/** Files that were uploaded, by the name of their input. */
export type Uploaded = Readonly<Record<string, { readonly id: string; readonly name: string }>>;

/** One file, sent as soon as it is chosen; its limits are said before. */
export function FileInput(props: {
  readonly name: string;
  readonly label: string;
  readonly uploaded: Uploaded;
  readonly onUploaded: (name: string, file: { readonly id: string; readonly name: string }) => void;
  /** Told when it begins to be sent and when that is over, however it went; the form around it (`ActForm`) is told anyhow. */
  readonly onSending?: (sending: boolean) => void;
  /** Where it is sent; left out: to the documents of the investor's side. */
  readonly path?: string;
}) {
  const { name, label, uploaded, onUploaded, onSending, path } = props;
  const tellForm = useContext(FilesContext);
  const onBehalfOf = useContext(OnBehalfContext);
  const { t, number } = useWords();
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [tooLarge, setTooLarge] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const send = (file: File | undefined) => {
    setFailed(undefined);
    setTooLarge(file !== undefined && file.size > mostBytes);
    setEmpty(file?.size === 0);
    if (file === undefined) return tellForm(name, 'idle');
    if (file.size > mostBytes || file.size === 0) return tellForm(name, 'failed');
    const tell = (state: FileState) => {
      setSending(state === 'sending');
      tellForm(name, state);
      onSending?.(state === 'sending');
    };
    tell('sending');
    const ofInvestor = onBehalfOf === undefined ? undefined : `/documents?onBehalfOf=${encodeURIComponent(onBehalfOf)}`;
    upload(file, newKey(), path ?? ofInvestor).then(
      ({ id, fileName }) => {
        tell('idle');
        onUploaded(name, { id, name: fileName });
      },
      (error: unknown) => {
        tell('failed');
        setFailed(error);
      },
    );
  };
  // A field that goes takes its failure with it.
  useEffect(() => () => tellForm(name, 'idle'), [tellForm, name]);
  const input = useRef<HTMLInputElement>(null);
  const drop = () => {
    if (input.current !== null) input.current.value = '';
    send(undefined);
  };
  const given = uploaded[name];
  return (
    <div className={parts['field']}>
      <label htmlFor={name}>{label}</label>
      <p className={parts['help']} id={`${name}-help`}>
        {t('fileLimits', { mb: number(mostBytes / 1024 / 1024) })}
      </p>
      <input
        ref={input}
        id={name}
        type="file"
        aria-describedby={`${name}-help`}
        accept=".pdf,.png,.jpg,.jpeg,.jfif,.tif,.tiff,.heic,.docx,.xlsx"
        onChange={(event) => send(event.currentTarget.files?.[0])}
      />
      <p role="status">
        {sending ? t('uploading') : given !== undefined ? t('uploaded', { name: given.name }) : ''}
        {tooLarge && t('fileTooLarge', { mb: number(mostBytes / 1024 / 1024) })}
        {isEmpty && t('fileEmpty')}
      </p>
      {failed !== undefined && <Failure error={failed} />}
      {(failed !== undefined || tooLarge || isEmpty) && (
        <button
          type="button"
          className={parts['secondary']}
          aria-label={t('fileDropOf', { name: label })}
          onClick={drop}
        >
          {t('fileDrop')}
        </button>
      )}
    </div>
  );
}

export function useUploads(): readonly [
  Uploaded,
  (name: string, file: { readonly id: string; readonly name: string }) => void,
  (name: string) => void,
] {
  const [uploaded, setUploaded] = useState<Uploaded>({});
  return [
    uploaded,
    (name, file) => setUploaded((before) => ({ ...before, [name]: file })),
    (name) => setUploaded((before) => Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))),
  ];
}
