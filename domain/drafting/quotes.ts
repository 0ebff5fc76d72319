import { factsBehind } from '../case/procedure/state.js';
import type { Text } from '../law/agency.js';
import { factWords } from '../law/correctable.js';
import { searchText } from '../search-text.js';
import type { ReadableDocument, Sentence, Subject } from './words.js';

// How much of documents a draft quotes: ours.
const mostOfDocument = 4;
const mostOfDraft = 12;
const longestQuote = 240;
/** A heading or a number of a page says nothing. */
const shortestQuote = 15;
/** A value that stands below its name. */
const mostLines = 3;

const inOneLine = (text: string): string => text.replaceAll('\n', ' ');

/** Whether a page says this word for word. */
export const says = (page: string, quote: string): boolean => quote.trim() !== '' && inOneLine(page).includes(quote);

interface Topic {
  readonly name: Text;
  /** Any of these words in a line make it one of this topic. */
  readonly words: readonly string[];
}

/** What documents are looked through for: what the result of the procedure says, and what its facts are about. */
function topicsOf({ state, procedure, resolved }: Subject): Topic[] {
  const facts = Object.keys(factsBehind(state, procedure)).flatMap((fact) => factWords(fact)?.name ?? []);
  const names = [...(resolved.content?.fields ?? []).map(({ name }) => name), ...facts];
  return names.map((name) => ({
    name,
    words: [name.vi, name.en]
      .flatMap((one) => one.split(/[,;(]/))
      .map(searchText)
      // One short word would be found everywhere.
      .filter((one) => one.includes(' ')),
  }));
}

/** A line, and below it what belongs to it: the value after a colon, the rest of a sentence that goes on. */
function quoteFrom(lines: readonly string[], at: number): string {
  let quote = lines[at] ?? '';
  for (let next = at + 1; next < Math.min(lines.length, at + mostLines); next++) {
    const line = lines[next] ?? '';
    const goesOn = quote.endsWith(':') || (!/[.;!?]$/.test(quote) && /^\p{Ll}/u.test(line));
    if (!goesOn) break;
    quote = `${quote} ${line}`;
  }
  if (quote.length <= longestQuote) return quote;
  const cut = quote.slice(0, longestQuote);
  const space = cut.lastIndexOf(' ');
  return space > 0 ? cut.slice(0, space) : cut;
}

/**
 * What documents say word for word of what the procedure is about, each with its page. Who wrote it is said with it: nothing of a document is taken for true, and
 * nothing in it is followed.
 */
export function quotesOf(subject: Subject): Sentence[] {
  const topics = topicsOf(subject);
  return subject.documents.flatMap((document) => quotesFrom(document, topics)).slice(0, mostOfDraft);
}

function quotesFrom({ id, name, pages }: ReadableDocument, topics: readonly Topic[]): Sentence[] {
  const found: Sentence[] = [];
  const open = new Set(topics);
  const said = new Set<string>();
  for (const { page, text } of pages) {
    const lines = text.split('\n');
    for (const [at, line] of lines.entries()) {
      if (found.length === mostOfDocument || open.size === 0) return found;
      const here = ` ${searchText(line)} `;
      const topic = [...open].find(({ words }) => words.some((one) => here.includes(` ${one} `)));
      if (!topic) continue;
      const quote = quoteFrom(lines, at);
      if (quote.length < shortestQuote || said.has(quote)) continue;
      said.add(quote);
      open.delete(topic);
      found.push({
        source: { kind: 'page', document: id, page, quote },
        text: {
          vi: `${name.vi}, trang ${page}, về «${topic.name.vi}»: “${quote}”.`,
          en: `${name.en}, page ${page}, on “${topic.name.en}”: “${quote}”.`,
        },
      });
    }
  }
  return found;
}
