import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type Language } from '../http/language.js';

/** What every page is told beside its own content. */
export interface Frame {
  readonly language: Language;
  /** Path and query, for the link to the other language. */
  readonly address: string;
  readonly signedIn: boolean;
  readonly clock: { readonly mode: 'real' | 'stepped' | 'ticking'; readonly now: string };
  /** An upload's most bytes. */
  readonly documentMaxBytes: number;
}

/** A public page by its name, with the answers of the API that it shows. */
export interface PublicPage {
  readonly name: string;
  readonly data: unknown;
}

/** Where somebody stands in the dry run; the rest is the pages' own. */
export interface DryRun {
  readonly at: number | 'verdict';
  /** Day of filing that is tried; '' = today. */
  readonly day: string;
}

/** The pages, built apart from this process: found by path, told by data. */
export interface Pages {
  /** The whole document of a public page; none needs a script for what it says. */
  render(page: PublicPage, frame: Frame): string;
  /** What a form of the dry run says and where it leads. `needed`: paths of the filing that want an answer. */
  readDryRun(form: Readonly<Record<string, unknown>>, needed: ReadonlySet<string>): DryRun;
  /** The filing that a dry run asks about. */
  filingOf(run: DryRun): unknown;
  /** The cookie in which a browser carries the answers to the form of a filing. */
  readonly dryRunCookie: { readonly name: string; readonly path: string; readonly maxAge: number };
  carriedOf(run: DryRun): string;
  /** The document that carries the application of whoever is signed in. */
  shell(frame: Frame): string;
  /** Folder of scripts, styles and fonts, by names that change with their content. */
  readonly assets: string;
  /** The program that checks proofs anywhere. */
  readonly checker: string;
}

const Manifest = z.record(z.string(), z.looseObject({ file: z.string(), isEntry: z.boolean().optional() }));
interface Built {
  createPages(files: {
    script: string;
    check: string;
    dryRun: string;
    style: string;
  }): Omit<Pages, 'assets' | 'checker'>;
}

/** The pages built in `folder`; undefined where there are none. */
export async function loadPages(folder: string): Promise<Pages | undefined> {
  const entry = join(folder, 'server/render.js');
  if (!existsSync(entry)) return undefined;
  const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, 'client/.vite/manifest.json'), 'utf8')));
  const files = Object.values(manifest);
  const [script, check, dryRun] = ['main.tsx', 'check.tsx', 'dry-run.tsx'].map((source) => manifest[source]?.file);
  const style = files.find(({ file }) => file.endsWith('.css'))?.file;
  if (script === undefined || check === undefined || dryRun === undefined || style === undefined)
    throw new Error(`${folder} holds no whole build of the pages`);
  const built = (await import(pathToFileURL(entry).href)) as Built;
  return {
    ...built.createPages({ script: `/${script}`, check: `/${check}`, dryRun: `/${dryRun}`, style: `/${style}` }),
    assets: join(folder, 'client/assets'),
    checker: join(folder, 'server/verify-proof.js'),
  };
}
