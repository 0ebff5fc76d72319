import { settingsOf } from '../../ops/environment.js';
import { createLogger } from '../../ops/log.js';
import { mailServerEnvironment } from './config.js';
import { type MailServer, startMailServer } from './mail-server.js';

const refuse = (reason: string): never => {
  process.stderr.write(`The mail server cannot start: ${reason}\n`);
  process.exit(1);
};
const environment = settingsOf('The mail server', mailServerEnvironment);
const logger = createLogger('mail', environment.LOG_LEVEL);

const server: MailServer = await startMailServer({
  host: environment.MAIL_HOST,
  smtpPort: environment.SMTP_PORT,
  httpPort: environment.MAIL_PORT,
  folder: environment.MAIL_DIR,
}).catch((error: NodeJS.ErrnoException) =>
  refuse(error.code === 'EADDRINUSE' ? 'a port is taken: set SMTP_PORT or MAIL_PORT' : error.message),
);
logger.info({ smtp: server.smtpUrl, pages: server.pagesUrl }, 'mail server ready');

const stop = (): void => {
  server.close().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.fatal({ err: error }, 'stop failed');
      process.exit(1);
    },
  );
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Started by a supervisor: when it dies, so do we.
if (process.send) process.on('disconnect', stop);
