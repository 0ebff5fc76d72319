// npm run reconcile [-- --since <instant>]: rebuilds every open workflow from the register, after Temporal's data was lost. `--since`: also asks the agency
// systems to send again what they sent since then. Safe to run twice. After a restore of the register itself: npm run after-restore.
import { parseArgs } from 'node:util';
import { instant } from '../domain/time/instants.js';
import { accessEngine, askAgencies, rebuildWorkflows } from './platform/rebuild.js';
import { accessRegister } from './register-access.js';

const { values } = parseArgs({ options: { since: { type: 'string' } } });
const since = values.since === undefined ? undefined : instant(values.since);
const say = (line: string) => process.stderr.write(`${line}\n`);
const engine = accessEngine(process.env, say);
if (!engine) process.exit(1);
const access = await accessRegister(process.env, say);
try {
  await rebuildWorkflows(access.url, engine, say);
  if (since !== undefined) await askAgencies(engine, since);
} finally {
  await access.close();
}
