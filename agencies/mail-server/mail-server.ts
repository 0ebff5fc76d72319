import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { openMailbox } from './mailbox.js';
import { mailPages } from './pages.js';

interface MailServerOptions {
  readonly host: string;
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly folder: string;
}

export interface MailServer {
  readonly smtpUrl: string;
  readonly pagesUrl: string;
  close(): Promise<void>;
}

const mostBytes = 5_000_000;
const addresses = (list: AddressObject | AddressObject[] | undefined): string[] =>
  [list ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));

/** Takes every mail over SMTP, keeps it and shows it; sends none on. A mail is acknowledged when it is on disk. */
export async function startMailServer({ host, smtpPort, httpPort, folder }: MailServerOptions): Promise<MailServer> {
  const mailbox = await openMailbox(folder);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: mostBytes,
    closeTimeout: 500,
    logger: false,
    onData: (stream, session, done) => {
      const take = async () => {
        const { messageId, from, to, subject, text, html, date } = await simpleParser(stream);
        await mailbox.keep({
          messageId: messageId ?? session.id,
          from: addresses(from)[0] ?? '',
          to: addresses(to),
          subject: subject ?? '',
          text: text ?? '',
          html: html || '',
          date: date?.toISOString() ?? null,
        });
      };
      take().then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  smtp.on('error', () => undefined); // a client that went away
  const pages = createServer(mailPages(mailbox));
  const [smtpAt, pagesAt] = await Promise.all([
    listening(smtp.server, () => smtp.listen(smtpPort, host)),
    listening(pages, () => pages.listen(httpPort, host)),
  ]);
  return {
    smtpUrl: `smtp://${host}:${smtpAt}`,
    pagesUrl: `http://${host}:${pagesAt}`,
    close: async () => {
      pages.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise((resolve) => pages.close(resolve)),
      ]);
    },
  };
}

interface Listener {
  once(event: 'error', heard: (error: Error) => void): unknown;
  once(event: 'listening', heard: () => void): unknown;
  address(): AddressInfo | string | null;
}

const listening = (server: Listener, listen: () => void): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => resolve((server.address() as AddressInfo).port));
    listen();
  });
