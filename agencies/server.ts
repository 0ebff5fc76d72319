import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { settingsOf } from '../ops/environment.js';
import { createLogger } from '../ops/log.js';
import { openAuthority } from './authority/authority.js';
import { agenciesConfig, agenciesEnvironment } from './config.js';
import { createAgencies } from './system.js';

const environment = settingsOf('The agency systems', agenciesEnvironment);
const { AGENCIES_HOST: host, AGENCIES_PORT: port } = environment;
const logger = createLogger('agencies', environment.LOG_LEVEL);
const agencies = createAgencies({
  ...agenciesConfig(environment),
  ...(environment.AUTHORITY_DIR !== undefined && { authority: await openAuthority(environment.AUTHORITY_DIR) }),
});
const server = createServer(agencies.app);

server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = `port ${port} is taken: stop what uses it, or set AGENCIES_PORT`;
  process.stderr.write(`The agency systems cannot start: ${error.code === 'EADDRINUSE' ? taken : error.message}\n`);
  process.exit(1);
});
server.listen(port, host, () => {
  logger.info({ address: `http://${host}:${(server.address() as AddressInfo).port}` }, 'agency systems ready');
});

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeAllConnections();
  agencies.close().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.fatal({ err: error }, 'stop failed');
      process.exit(1);
    },
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Started by a supervisor: when it dies, so do we.
if (process.send) process.on('disconnect', stop);
