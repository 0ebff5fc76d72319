import { type ApiClient } from './client.js';

/** A person's whole worklist, however long what others left lying makes it. */
export async function everyTask<Task>(client: ApiClient): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Task[]; next: string | null } = await client.get(`/tasks?limit=100${from}`);
    tasks.push(...page.items);
    cursor = page.next;
  }
  return tasks;
}
