import type pg from 'pg';
import { type Actor } from '../../domain/case/events.js';
import { type TextRef } from '../../domain/case/words.js';
import { type Instant } from '../../domain/time/instants.js';
import { eventOf } from '../register/chain-link.js';
import { rows } from '../pool.js';
import { textsOf } from '../register/texts.js';

/** Words of somebody, while they are kept. */
export interface Said {
  readonly text: string | null;
  readonly at: Instant;
  readonly by: Actor;
  readonly name: string | null;
}

export interface Question {
  readonly id: string;
  readonly procedure: string | null;
  /** To whom it is addressed. */
  readonly agency: string;
  readonly asked: Said;
  readonly answered: Said | null;
}

/** The questions of a case with their answers, oldest first. */
export async function questionsOf(pool: pg.Pool, caseCode: string): Promise<Question[]> {
  const found = await rows<{ canonical: string; name: string | null }>(
    pool,
    `select e.canonical, p.name from case_event e left join person p on p.id = e.actor ->> 'id' and e.actor ->> 'kind' = 'person'
     where e.case_code = $1 and e.type in ('questionAsked', 'questionAnswered') order by e.seq`,
    [caseCode],
    'questions-of',
  );
  const told = found.map(({ canonical, name }) => ({ event: eventOf(canonical), name }));
  const refs = told.flatMap(({ event }) =>
    event.type === 'questionAsked' || event.type === 'questionAnswered' ? [event.payload.text.id] : [],
  );
  const words = await textsOf(pool, caseCode, refs);
  const questions = new Map<string, Question>();
  for (const { event, name } of told) {
    const said = (text: TextRef): Said => ({
      text: words.get(text.id) ?? null,
      at: event.occurredAt,
      by: event.actor,
      name,
    });
    if (event.type === 'questionAsked') {
      const { questionId: id, procedure, agency, text } = event.payload;
      questions.set(id, { id, procedure, agency, asked: said(text), answered: null });
    }
    if (event.type === 'questionAnswered') {
      const question = questions.get(event.payload.questionId);
      if (question) questions.set(question.id, { ...question, answered: said(event.payload.text) });
    }
  }
  return [...questions.values()];
}
