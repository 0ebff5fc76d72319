import express, { type Express } from 'express';
import { type KeptMail, type Mailbox } from './mailbox.js';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (found) => escapes[found] ?? found);
const most = 200;

/** What came, for people (`/mails`) and for programs (`/mails.json?to=`). Nothing of a mail runs: its HTML is shown in a sandbox. */
export function mailPages(mailbox: Mailbox): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use((_request, response, next) => {
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.set('Cache-Control', 'no-store');
    next();
  });
  const addressee = (to: unknown): string | undefined => (typeof to === 'string' && to !== '' ? to : undefined);
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/mails.json', async (request, response) => {
    response.json(await mailbox.all(addressee(request.query['to'])));
  });
  app.get('/mails', async (request, response) => {
    const mails = await mailbox.all(addressee(request.query['to']));
    response.type('html').send(listPage(mails.slice(0, most), mails.length));
  });
  app.get('/mails/:id', async (request, response) => {
    const mail = await mailbox.find(request.params.id);
    if (mail) response.type('html').send(mail.html);
    else response.status(404).type('text').send('Không có thư này. · No such mail.');
  });
  app.get('/', (_request, response) => response.redirect('/mails'));
  return app;
}

function listPage(mails: readonly KeptMail[], total: number): string {
  const rows = mails.map(
    ({ id, to, subject, date, receivedAt, times, text }) =>
      `<details><summary>${escape(date ?? receivedAt)} · ${escape(to.join(', '))} · <b>${escape(subject)}</b>${times > 1 ? ` (×${times})` : ''}</summary>` +
      `<pre style="white-space:pre-wrap">${escape(text)}</pre><p><a href="/mails/${id}">HTML</a></p></details>`,
  );
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Thư · Mails</title>
<body style="font-family:sans-serif;max-width:60em;margin:2em auto">
<h1>Thư đã gửi · Mails sent (${total})</h1>
<p>Máy chủ thư để phát triển: không thư nào rời khỏi máy này. <span lang="en">A mail server for development: no mail leaves this machine.</span></p>
${rows.join('\n')}</body></html>`;
}
