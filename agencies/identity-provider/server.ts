import { createServer } from 'node:http';
import { settingsOf } from '../../ops/environment.js';
import { createLogger } from '../../ops/log.js';
import { identityEnvironment } from './config.js';
import { createIdentityProvider } from './provider.js';

const config = settingsOf('The identity provider', identityEnvironment);
const logger = createLogger('identity', config.LOG_LEVEL);
const provider = createIdentityProvider(config, logger);
// `localhost` is either address, and browsers ask the newer one first.
const hosts = config.IDENTITY_HOST === '127.0.0.1' ? ['127.0.0.1', '::1'] : [config.IDENTITY_HOST];
const servers = hosts.map((host) => {
  const server = createServer(provider);
  server.on('error', (error: NodeJS.ErrnoException) => {
    // A machine without IPv6 has only the one.
    if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')) return;
    const taken = `port ${config.PORT} is taken: stop what uses it, or set IDENTITY_PORT`;
    process.stderr.write(
      `The identity provider cannot start: ${error.code === 'EADDRINUSE' ? taken : error.message}\n`,
    );
    process.exit(1);
  });
  server.listen(config.PORT, host, () => logger.info({ issuer: config.OIDC_ISSUER, host }, 'identity provider ready'));
  return server;
});

const stop = (): void => {
  for (const server of servers) server.closeAllConnections();
  void Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))).then(() =>
    process.exit(0),
  );
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
