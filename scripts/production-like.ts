// `npm run start:production-like`: docker-compose.yml on this machine without containers, as docs/operations.md says. PORT (8443) and DATA_DIR (.data-production-like);
// REHEARSAL=stepped REHEARSAL_IN_PRODUCTION=yes for the demonstration.
import { join, resolve } from 'node:path';
import { StartRefused } from './platform/refused.js';
import { startProductionLike } from './production-like/run.js';

const say = (line: string) => console.log(line);
const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data-production-like'));
const port = Number(process.env['PORT'] || 8443);

const start = new AbortController();
const interrupted = new Promise<void>((end) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      start.abort();
      end();
    });
});
try {
  const started = performance.now();
  const running = await Promise.race([
    startProductionLike({ dataDir, port, env: process.env, say, signal: start.signal }),
    interrupted.then(() => undefined),
  ]);
  if (!running) {
    // Its children end with it: what it builds by the signal, the rest as soon as this process is gone.
    say('Đã dừng trước khi khởi động xong. · Stopped before it was ready.');
    process.exit(130);
  }
  say(`
Sẵn sàng sau ${((performance.now() - started) / 1000).toFixed(1)} giây. · ready.

  Trang web và API · pages and API   ${running.apiUrl}
${Object.entries(running.operations)
  .map(([name, url]) => `  ${name.padEnd(34)} ${url}/metrics`)
  .join('\n')}
  Dữ liệu, bí mật · data, secrets    ${dataDir}

Trình diễn · the demonstration:
  NODE_EXTRA_CA_CERTS=${running.caFile} DATA_DIR=${dataDir} npm run demo`);
  await interrupted;
  say('Đang dừng … · stopping …');
  await running.stop();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exit(1);
}
