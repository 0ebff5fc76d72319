import { type Request } from 'express';

export type Language = 'vi' | 'en';

/** What the caller reads: the better of Vietnamese and English in Accept-Language, Vietnamese where neither is asked for. */
export const languageOf = (request: Request): Language => (request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi');
