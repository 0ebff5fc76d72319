import type pg from 'pg';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { openAll } from '../register/texts.js';
import { openingColumns, openingJoin, type TextRow } from '../register/case-keys.js';

const casesAtMost = 200;
const rowsAtMost = 1_000;
/** Of all cases together: each is opened by a key. */
const textsAtMost = 2_000;

/** What somebody wrote themselves, by the event it came with; null where it was erased. */
type Words = readonly { readonly seq: number; readonly id: string; readonly text: string | null }[];

/** What the register holds of one person, as they may take it with them. */
export interface OwnData {
  readonly person: Readonly<Record<string, unknown>>;
  readonly drafts: readonly { readonly id: string; readonly updatedAt: Instant; readonly content: unknown }[];
  readonly documents: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly uploadedAt: Instant;
  }[];
  readonly cases: readonly {
    readonly case: string;
    readonly openedAt: Instant;
    readonly closedAt: Instant | null;
    readonly filing: unknown;
    readonly words: Words;
  }[];
  /** The organisations of which they are or were, or were asked to be. */
  readonly memberships: readonly Readonly<Record<string, unknown>>[];
  /** For which enterprise the sign-on last vouched of them; null: for none. */
  readonly vouched: Readonly<Record<string, unknown>> | null;
  /** What they wrote in cases of those organisations; what was filed is the organisation's. */
  readonly casesOfOrganisations: readonly {
    readonly case: string;
    readonly organisation: string;
    readonly words: Words;
  }[];
  readonly delegations: readonly Readonly<Record<string, unknown>>[];
  readonly powersOfAttorney: readonly Readonly<Record<string, unknown>>[];
  /** There is more than fits into one answer: of the newest cases and documents the first are here. */
  readonly truncated: boolean;
}

/**
 * Everything that the register keeps of a person by their id: their entry, drafts, documents, powers of attorney, organisations and absences; of an investor their cases
 * with what they filed and wrote. Refuses `KEY_UNAVAILABLE` where the key of some words is not at hand.
 */
export async function ownDataOf(pool: pg.Pool, id: string): Promise<OwnData> {
  const [person] = await rows<Record<string, unknown>>(
    pool,
    `select p.id, p.name, p.role, p.agency, p.organisation, p.email, p.phone, p.language, s.mail, s.sms, s.digest
     from person p left join notice_setting s on s.person = p.id where p.id = $1`,
    [id],
  );
  const drafts = await rows<OwnData['drafts'][number] & pg.QueryResultRow>(
    pool,
    `select id::text as id, updated_at as "updatedAt", content from draft where owner = $1 and content is not null order by updated_at desc limit $2`,
    [id, rowsAtMost],
  );
  const documents = await rows<OwnData['documents'][number] & pg.QueryResultRow>(
    pool,
    `select id::text as id, file_name as "fileName", media_type as "mediaType", bytes, sha256, uploaded_at as "uploadedAt"
     from document where owner = $1 and erased_at is null order by uploaded_at desc, document.id limit $2`,
    [id, rowsAtMost],
  );
  const filed = await rows<Omit<OwnData['cases'][number], 'words'> & pg.QueryResultRow>(
    pool,
    `select h.code as case, h.opened_at as "openedAt", h.closed_at as "closedAt", f.body as filing
     from case_head h left join filing f on f.case_code = h.code where h.investor = $1 order by h.opened_at desc, h.code limit $2`,
    [id, casesAtMost + 1],
  );
  const acted = await rows<{ case: string; organisation: string } & pg.QueryResultRow>(
    pool,
    `select h.code as case, h.investor as organisation from case_head h
     where h.investor in (select grantor from power_of_attorney where representative = $1 and member_as is not null)
       and exists (select from case_event e where e.case_code = h.code and e.actor ->> 'kind' = 'person' and e.actor ->> 'id' = $1)
     order by h.opened_at desc, h.code limit $2`,
    [id, casesAtMost + 1],
  );
  let left = textsAtMost;
  let cut = false;
  const withWords = async <T extends { readonly case: string }>(found: readonly T[]) => {
    const told: (T & { readonly words: Words })[] = [];
    for (const one of found.slice(0, casesAtMost)) {
      const limit = Math.min(left, rowsAtMost);
      const written = await wordsBy(pool, one.case, id, limit + 1);
      const words = written.slice(0, limit);
      cut ||= written.length > limit;
      left -= words.length;
      told.push({ ...one, words: await opened(pool, one.case, words) });
    }
    return told;
  };
  const cases = await withWords(filed);
  const casesOfOrganisations = await withWords(acted);
  const delegations = await rows<Record<string, unknown>>(
    pool,
    `select id::text as id, person, delegate, from_date as "from", to_date as "to", reason from delegation
     where person = $1 or delegate = $1 order by from_date desc, delegation.id limit $2`,
    [id, rowsAtMost],
  );
  const powersOfAttorney = await rows<Record<string, unknown>>(
    pool,
    `select id::text as id, grantor, representative, from_date as "from", to_date as "to" from power_of_attorney
     where (grantor = $1 or representative = $1) and member_as is null order by from_date desc, power_of_attorney.id limit $2`,
    [id, rowsAtMost],
  );
  const memberships = await rows<Record<string, unknown>>(
    pool,
    `select w.grantor as organisation, p.name, o.enterprise, w.member_as as "as", w.granted_at as "askedAt",
       w.accepted_at as "acceptedAt", w.declined_at as "declinedAt", w.revoked_at as "endedAt"
     from power_of_attorney w join organisation o on o.id = w.grantor join person p on p.id = o.id
     where w.representative = $1 and w.member_as is not null order by w.granted_at desc, w.id limit $2`,
    [id, rowsAtMost],
  );
  const [vouched = null] = await rows<Record<string, unknown>>(
    pool,
    'select enterprise, name, at from enterprise_vouched where person = $1',
    [id],
  );
  const truncated =
    filed.length > casesAtMost ||
    acted.length > casesAtMost ||
    cut ||
    [drafts, documents, delegations, powersOfAttorney, memberships].some((some) => some.length === rowsAtMost);
  return {
    ...{ person: person ?? {}, drafts, documents, cases, delegations, powersOfAttorney },
    ...{ memberships, vouched, casesOfOrganisations, truncated },
  };
}

type OwnText = TextRow & { readonly seq: number };

/** A text is named by the sequence of its event: `{seq}.{n}`. */
const wordsBy = (pool: pg.Pool, caseCode: string, person: string, limit: number): Promise<OwnText[]> =>
  rows<OwnText & pg.QueryResultRow>(
    pool,
    `select t.id, e.seq, ${openingColumns} from case_text t
     join case_event e on e.case_code = t.case_code and e.seq = split_part(t.id, '.', 1)::int ${openingJoin}
     where t.case_code = $1 and e.canonical::json -> 'actor' ->> 'kind' = 'person' and e.canonical::json -> 'actor' ->> 'id' = $2
     order by e.seq, t.id limit $3`,
    [caseCode, person, limit],
  );

async function opened(
  pool: pg.Pool,
  caseCode: string,
  found: readonly OwnText[],
): Promise<OwnData['cases'][number]['words']> {
  if (found.length === 0) return [];
  const words = await openAll(pool, caseCode, found);
  return found.map(({ id, seq }) => ({ seq, id, text: words.get(id) ?? null }));
}
