import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { eventOf } from '../../db/register/chain-link.js';
import { clientsAt, exampleCases, storyAt } from '../../scripts/demo/company.js';
import { openPlace, type OwnPlace } from '../../scripts/demo/place.js';
import { report } from '../../scripts/demo/report.js';
import { type Moment, type Project } from '../../scripts/demo/story.js';
import { startScript } from '../support/child.js';
import { query } from '../support/sql.js';

/** A whole installation for one test file; what its supervisor said is kept. */
export async function openTown(env: NodeJS.ProcessEnv = {}): Promise<OwnPlace & { readonly said: string[] }> {
  const said: string[] = [];
  return { ...(await openPlace({ say: (line) => said.push(line), env: { LOG_LEVEL: 'fatal', ...env } })), said };
}

/** How the two example projects ended: equal in two runs if neither lost anything nor did anything twice. */
export interface Ending {
  /** What `npm run demo` prints: roadmap, decisions, where the days went, reduction. */
  readonly reports: readonly string[];
  /** Every event of the evidence by business time, scope, type and actor; without those that only say that a workflow was rebuilt. */
  readonly evidence: readonly string[];
}

/** Plays the demonstration from filing to the end, with whatever `onAct` does in the middle of it. */
export async function playStory(
  place: OwnPlace,
  onAct?: (moment: Moment, when: 'before' | 'after') => Promise<void> | void,
): Promise<Ending> {
  const projects = exampleCases();
  await storyAt(place, onAct === undefined ? {} : { onAct }).play(projects);
  return { reports: await reportsOf(place, projects), evidence: await evidenceOf(place) };
}

/** How each project ended, without its lot and the size of its paper (its seal and time stamp vary): each run has others. */
export async function reportsOf(place: OwnPlace, projects: readonly Project[]): Promise<string[]> {
  const as = clientsAt(place);
  const reports = await Promise.all(projects.map((project) => report(project, as(project.investor))));
  return reports.map((text) => text.replaceAll(/Lô D\d+/g, 'Lô D').replaceAll(/, \d+ KB/g, ''));
}

/** Every event of the evidence, as in `Ending`. */
export async function evidenceOf({ system }: OwnPlace): Promise<string[]> {
  const events = await query<{ canonical: string }>(system.databaseUrl, 'select canonical from case_event');
  return events
    .map(({ canonical }) => eventOf(canonical))
    .filter(({ type }) => type !== 'scopeRebuilt')
    .map(({ occurredAt, scope, type, actor }) => `${occurredAt} ${scope} ${type} ${JSON.stringify(actor)}`)
    .sort();
}

/** What is not over although every case is: nothing, or names of it. */
export async function leftOver({ system }: OwnPlace): Promise<string[]> {
  const found = await query<{ what: string }>(
    system.databaseUrl,
    `select 'task ' || id || ' ' || status as what from task where status not in ('done', 'cancelled')
     union all select 'scope ' || id from scope where not closed
     union all select 'message ' || message_id from inbox where status = 'pending'
     union all select 'case ' || code || ' ' || status from case_head where status <> 'approved'`,
  );
  return found.map(({ what }) => what);
}

/** The scopes that are not over, as the register says. */
export async function openScopes({ system }: OwnPlace): Promise<string[]> {
  const rows = await query<{ id: string }>(system.databaseUrl, 'select id from scope where not closed order by id');
  return rows.map(({ id }) => id);
}

/** Something to ask of this installation's Temporal. */
export async function withTemporal<T>({ system }: OwnPlace, ask: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: system.temporalAddress });
  try {
    return await ask(new Client({ connection, namespace: system.namespace }));
  } finally {
    await connection.close();
  }
}

/** The runs that Temporal knows as open. */
export const openRuns = (place: OwnPlace): Promise<string[]> =>
  withTemporal(place, async ({ workflow }) => {
    const runs: string[] = [];
    for await (const { runId } of workflow.list({ query: `ExecutionStatus = 'Running'` })) runs.push(runId);
    return runs;
  });

/** The superuser's address of the same database. */
export function adminUrl(appUrl: string, dataDir: string): string {
  const url = new URL(appUrl);
  url.username = 'postgres';
  url.password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  return url.href;
}

/** One of our commands, as an operator runs it beside this installation; resolves to what it printed. */
export async function runScript(place: OwnPlace, file: string): Promise<string> {
  const script = startScript(file, [], { DATA_DIR: place.dataDir, DATABASE_URL: '', TEMPORAL_ADDRESS: '' });
  const code = await script.exited;
  if (code !== 0) throw new Error(`${file} ended with ${code}:\n${script.output()}`);
  return script.output();
}
