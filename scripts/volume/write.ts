import type pg from 'pg';
import { namesNeeded } from '../../domain/case/case/names-then.js';
import { emptyCase } from '../../domain/case/fold.js';
import { foldVersion } from '../../domain/case/state.js';
import { type Law } from '../../domain/law/law.js';
import { projectStates } from '../../db/projection/projector.js';
import { searchText } from '../../domain/search-text.js';
import { canonicalEvent, genesis, linkHash } from '../../db/register/chain-link.js';
import { writeCommand } from '../../db/register/door-write.js';
import { agenciesOf, worklistRows } from '../../db/register/worklist-rows.js';
import { type History } from './histories.js';

/** Writes a whole case as the door writes what one command did, and projects it. In a transaction. */
export async function writeHistory(client: pg.PoolClient, law: Law, history: History): Promise<void> {
  const { code, events, state, texts, papers, filing } = history;
  let hash: Buffer = genesis;
  const chained = events.map((event) => {
    const canonical = canonicalEvent(code, event);
    const previous = hash;
    hash = linkHash(previous, canonical);
    const { seq, scope, type, actor, occurredAt: at } = event;
    return { seq, scope, type, actor, at, canonical, hash: hash.toString('hex'), previous: previous.toString('hex') };
  });
  await client.query(
    `insert into case_head (code, kind, seq, hash, status, lane, pathway, investor, managed)
     values ($1, 'green-lane', 0, $2, 'open', 'standard', 'standard', '', false)`,
    [code, genesis],
  );
  const outcome = {
    ...{ state, events, deliveries: [], texts, batches: [], tellings: [], statuses: [], nextAt: {}, nextDutyAt: null },
    ...{ refusal: null, done: [], stopped: null },
  };
  const at = state.lastAt;
  const { name } = filing.project;
  await writeCommand(client, {
    ...worklistRows(emptyCase(code), outcome, law, at, null),
    ...{ code, state, fold: foldVersion, hash: hash.toString('hex'), events: chained, papers },
    // In clear: the worker of the installation seals them.
    ...{ texts: texts.map((one) => ({ ...one, sealed: null })), caseKeys: [] },
    ...{ scopes: [], deliveries: [], operations: [], sites: [], claims: [], keys: [], agenda: [], batches: [] },
    ...{ tellings: [], statuses: [], documents: [], recused: [], pin: null, draft: null },
    names: namesNeeded(events, state.investor.personId, () => [law.receivingAgency, ...agenciesOf(state, law)]),
    filing: {
      body: filing,
      name_vi: name.vi,
      name_en: name.en,
      search: searchText([code, name.vi, name.en, filing.investor.name].join(' ')),
    },
  });
  await projectStates(client, law, [state]);
}
