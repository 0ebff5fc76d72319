import { createServer } from 'node:http';
import { pino } from 'pino';
import { logDestination } from '../../ops/log.js';
import { identityEnvironment } from './config.js';
import { createIdentityProvider } from './provider.js';

const parsed = identityEnvironment.safeParse(process.env);
if (!parsed.success) {
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  process.stderr.write(`The identity provider cannot start: ${wrong.join('; ')}\n`);
  process.exit(1);
}
const config = parsed.data;
const logger = pino({ level: config.LOG_LEVEL, base: { process: 'identity' } }, logDestination());
const server = createServer(createIdentityProvider(config, logger));

server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = `port ${config.PORT} is taken: stop what uses it, or set IDENTITY_PORT`;
  process.stderr.write(`The identity provider cannot start: ${error.code === 'EADDRINUSE' ? taken : error.message}\n`);
  process.exit(1);
});
server.listen(config.PORT, config.IDENTITY_HOST, () =>
  logger.info({ issuer: config.OIDC_ISSUER }, 'identity provider ready'),
);

const stop = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
