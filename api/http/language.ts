import { type Request } from 'express';

export type Language = 'vi' | 'en';

/** What the caller reads: the better of Vietnamese and English in Accept-Language, Vietnamese where neither is asked for. */
export const languageOf = (request: Request): Language => (request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi');

/** The cookie in which a browser keeps the language that its reader has chosen. */
export const languageCookie = 'language';

/** What the reader of a page has chosen; what the browser asks for where nothing was. */
export function pageLanguageOf(request: Request): Language {
  const [, chosen] = /(?:^|;\s*)language=(vi|en)(?:;|$)/.exec(request.get('Cookie') ?? '') ?? [];
  return chosen === 'vi' || chosen === 'en' ? chosen : languageOf(request);
}
