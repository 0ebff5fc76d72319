// `npm start` with stand-ins for the worker and the API: the supervisor's own behaviour, in a process that tests can interrupt and kill.
import { runInForeground } from '../../../scripts/platform/foreground.js';

const [dataDir = '', port = '0'] = process.argv.slice(2);
const programs = { worker: 'tests/support/stand-ins/worker.ts', api: 'tests/support/stand-ins/api.ts' };
const say = (line: string) => console.log(line);
await runInForeground({ dataDir, port: Number(port), say, programs }, (system) => {
  console.log(`READY ${system.apiUrl} ${system.databaseUrl}`);
});
