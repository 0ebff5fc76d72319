import { createTransport } from 'nodemailer';
import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { businessNow } from '../db/business-clock.js';
import { claimMessages, composeDue, noteSent, type Outgoing, type Sent } from '../db/messages.js';
import { type namesCache } from '../db/names.js';
import { lookupPath } from '../domain/agency-systems.js';
import { mailWords, smsWords } from '../domain/notice-texts.js';
import { Refusal } from '../domain/errors.js';
import { type LookupSubject } from '../domain/schemas/agency-messages.js';
import { type AgendaHandler } from './agenda.js';

interface MailerDeps {
  readonly pool: pg.Pool;
  readonly names: ReturnType<typeof namesCache>;
  /** More notices than this for one person share one mail. */
  readonly digestAbove: () => number;
  readonly smtpUrl: string;
  readonly from: string;
  readonly gateway: AgencyClient;
}

const atOnce = 10;
const firstPauseMs = 2_000;
const longestPauseMs = 300_000;

/** The server is away or takes nothing: all of it waits, and the loop pauses longer each time. Says what happened, never to whom. */
class ServerAway extends Error {}

/** Sends what is due: mails by SMTP, short messages by the City's gateway. Business time says when, real time how often it is tried. */
export function createMailer({ pool, names, digestAbove, smtpUrl, from, gateway }: MailerDeps) {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 3_000,
    greetingTimeout: 3_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'luong-xanh.example';

  const mail = async ({ reference, at, email, language, notices }: Outgoing): Promise<Sent> => {
    const { subject, text, html } = mailWords(notices, await names(), language);
    try {
      await transport.sendMail({
        from,
        to: email,
        subject,
        text,
        html,
        date: new Date(at),
        messageId: `<${reference}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      });
      return { how: 'sent' };
    } catch (error) {
      return failedMail(error);
    }
  };

  const shortMessage = async (outgoing: Outgoing): Promise<Sent> => {
    const { reference, attempts, at, phone, language, notices } = outgoing;
    const [notice] = notices;
    if (phone === null || notice === undefined) return { how: 'failed', error: 'NO_PHONE' };
    const text = smsWords(notice, await names(), language);
    const subject: LookupSubject<'message'> = { channel: 'sms', to: phone, language, subject: null, text };
    const correlationId = `sms/${reference}`;
    const { case: caseCode = 'none', procedure = null } = notice.vars;
    const body = { correlationId, caseCode, procedure, askedAt: at, subject };
    try {
      await gateway.post({ system: 'message-gateway', path: lookupPath('message'), correlationId, body });
      return { how: 'sent' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'AGENCY_UNAVAILABLE') return { how: 'again', error: error.code, inMs: pauseAfter(attempts) };
      return { how: 'failed', error: error.code };
    }
  };

  const sendClaimed = async (channel: 'mail' | 'sms', send: (one: Outgoing) => Promise<Sent>): Promise<boolean> => {
    const claimed = await claimMessages(pool, channel, atOnce);
    const ends = await Promise.allSettled(
      claimed.map(async (one) => {
        const sent = await send(one).catch((error: unknown) => {
          if (error instanceof ServerAway) return error;
          throw error;
        });
        if (sent instanceof ServerAway) {
          await noteSent(pool, one.id, { how: 'again', error: sent.message, inMs: 0 });
          throw sent;
        }
        const again = sent.how === 'again' ? { ...sent, inMs: pauseAfter(one.attempts) } : sent;
        await noteSent(pool, one.id, again);
      }),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    return claimed.length > 0;
  };

  /** At the opening of an office: what waited for it is made into messages. The reference is `{person}/{instant}`. */
  const composeFor: AgendaHandler = async ({ ref }, now) => {
    await composeDue(pool, now, digestAbove(), ref.slice(0, ref.lastIndexOf('/')));
  };

  return {
    composeFor,
    /** One round of mails; true where there may be more. Throws where the server is away. */
    mails: async (): Promise<boolean> => {
      const composed = await composeDue(pool, await businessNow(pool), digestAbove());
      return (await sendClaimed('mail', mail)) || composed > 0;
    },
    /** One round of short messages. */
    shortMessages: (): Promise<boolean> => sendClaimed('sms', shortMessage),
    close: (): void => transport.close(),
  };
}

const pauseAfter = (attempts: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 12));

/** A refusal of this one mail is noted with it; everything else is the server's trouble. */
function failedMail(error: unknown): Sent {
  const { code, responseCode = 0 } = error as { readonly code?: string; readonly responseCode?: number };
  const about = code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'EDATA';
  if (about && responseCode >= 500) return { how: 'failed', error: `SMTP_${responseCode}` };
  if (about && responseCode >= 400 && responseCode !== 421)
    return { how: 'again', error: `SMTP_${responseCode}`, inMs: 0 };
  throw new ServerAway(`SMTP_${responseCode > 0 ? responseCode : (code ?? 'FAILED')}`);
}
