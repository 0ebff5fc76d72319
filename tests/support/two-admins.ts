import type pg from 'pg';
import { confirmCityData, proposeCalendar, proposeDefinition } from '../../db/law/city-data.js';
import { type LawPublication, type Published } from '../../db/law/law-changes.js';
import { type ProcedureDefinition } from '../../domain/law/procedure.js';
import { type CalendarData } from '../../domain/time/calendar.js';

/** Another one than the admin who proposes. */
const second = ({ by }: LawPublication): string => (by === 'admin.2' ? 'admin.1' : 'admin.2');

async function confirmed(
  pool: pg.Pool,
  publication: LawPublication,
  { change, replayed }: Published,
): Promise<Published> {
  return { change: await confirmCityData(pool, change.id, second(publication)), replayed };
}

/** The next version of a calendar, proposed by one admin and confirmed by another: in force. */
export const publishCalendar = async (
  pool: pg.Pool,
  publication: LawPublication,
  next: CalendarData & { readonly document: string },
): Promise<Published> => confirmed(pool, publication, await proposeCalendar(pool, publication, next));

/** A version of a definition, proposed by one admin and confirmed by another. */
export const publishDefinition = async (
  pool: pg.Pool,
  publication: LawPublication,
  next: ProcedureDefinition,
): Promise<Published> => confirmed(pool, publication, await proposeDefinition(pool, publication, next));
