import { type ApiClient } from './client.js';

/** A person's whole worklist, or what of it belongs to one case, however long what others left lying makes it. */
export async function everyTask<Task>(client: ApiClient, caseCode?: string): Promise<Task[]> {
  const only = caseCode === undefined ? '' : `&case=${encodeURIComponent(caseCode)}`;
  const tasks: Task[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Task[]; next: string | null } = await client.get(`/tasks?limit=100${only}${from}`);
    tasks.push(...page.items);
    cursor = page.next;
  }
  return tasks;
}

/**
 * Those of these people at whose desks something of these cases may lie: one look of somebody who reads every worklist instead of one by everybody, most of whom have
 * nothing to do.
 */
export async function whoHasWork<Person extends { readonly agency: string | null; readonly role: string }>(
  auditor: ApiClient,
  cases: readonly string[],
  people: readonly Person[],
): Promise<Person[]> {
  const lists = await Promise.all(
    cases.map((code) => everyTask<{ readonly agency: string; readonly role: string }>(auditor, code)),
  );
  const desks = new Set(lists.flat().map(({ agency, role }) => `${agency} ${role}`));
  return people.filter(({ agency, role }) => desks.has(`${agency ?? ''} ${role}`));
}
