import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { businessNow } from '../db/register/business-clock.js';
import {
  type Channel,
  claimMessages,
  composeAndClaim,
  composeDue,
  noteSent,
  type Outgoing,
  type Sent,
} from '../db/outbound/messages.js';
import { type namesCache } from '../db/read/names.js';
import { lookupPath } from '../domain/law/agency-systems.js';
import { mailWords, smsWords } from '../domain/notices/texts.js';
import { Refusal } from '../domain/errors.js';
import { isMailAddress } from '../domain/notices/mail-address.js';
import { type LookupSubject } from '../domain/schemas/agency-messages.js';
import { paced } from '../engine/worker/loop.js';
import { type AgendaHandler } from './agenda.js';

interface MailerDeps {
  readonly pool: pg.Pool;
  readonly names: ReturnType<typeof namesCache>;
  /** More notices than this for one person share one mail. */
  readonly digestAbove: () => number;
  readonly smtpUrl: string;
  /** Who signs in there; left out: whom the address names, or nobody. */
  readonly signIn?: { readonly user: string; readonly password: string };
  /** `required`: nothing is sent without TLS. `ca`: who signs the server's certificate (PEM); left out: those of the system. */
  readonly tls?: { readonly required: boolean; readonly ca?: string };
  readonly from: string;
  readonly gateway: AgencyClient;
}

const atOnce = 10;
const firstPauseMs = 2_000;
// A mail that is put off again and again is given up after about a day, as servers do; a short message as well.
const patience = {
  mail: { attempts: 36, longestPauseMs: 3_600_000 },
  sms: { attempts: 300, longestPauseMs: 300_000 },
} as const;

/** What came of one attempt; `away`: the server takes nothing at all, and it is nobody's mail that is wrong. */
type Answered = { readonly how: 'sent' } | { readonly how: 'failed' | 'again'; readonly error: string };
type Attempt = Answered | { readonly how: 'away'; readonly error: string };

/** Sends what is due: mails by SMTP, short messages by the City's gateway. Business time says when, real time how often it is tried. */
export function createMailer({ pool, names, digestAbove, smtpUrl, signIn, tls, from, gateway }: MailerDeps) {
  const url = new URL(smtpUrl);
  const named = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const user = signIn ?? (url.username === '' ? undefined : named);
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    ...(user !== undefined && { auth: { user: user.user, pass: user.password } }),
    requireTLS: tls?.required === true,
    ...(tls?.ca !== undefined && { tls: { ca: tls.ca } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 3_000,
    greetingTimeout: 3_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'luong-xanh.example';

  const mail = async ({ reference, at, email, language, notices }: Outgoing): Promise<Attempt> => {
    const address = sendable(email);
    // No server is asked: whatever is written there, it is not one address.
    if (address === undefined) return { how: 'failed', error: 'ADDRESS_UNUSABLE' };
    const known = await names();
    const words = worded(() => mailWords(notices, known, language));
    if (words === undefined) return { how: 'again', error: 'NO_WORDS' };
    const { subject, text, html } = words;
    try {
      await transport.sendMail({
        from,
        to: { name: '', address },
        subject,
        text,
        html,
        date: new Date(at),
        messageId: `<${reference}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      });
      return { how: 'sent' };
    } catch (error) {
      return failedMail(error as SmtpError);
    }
  };

  const shortMessage = async ({ reference, at, phone, language, notices }: Outgoing): Promise<Attempt> => {
    const [notice] = notices;
    if (phone === null || notice === undefined) return { how: 'failed', error: 'NO_PHONE' };
    const known = await names();
    const text = worded(() => smsWords(notice, known, language));
    if (text === undefined) return { how: 'again', error: 'NO_WORDS' };
    const subject: LookupSubject<'message'> = { channel: 'sms', to: phone, language, subject: null, text };
    const correlationId = `sms/${reference}`;
    const { case: caseCode = 'none', procedure = null } = notice.vars;
    const body = { correlationId, caseCode, procedure, askedAt: at, subject };
    try {
      await gateway.post({ system: 'message-gateway', path: lookupPath('message'), correlationId, body });
      return { how: 'sent' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { how: error.code === 'AGENCY_UNAVAILABLE' ? 'again' : 'failed', error: error.code };
    }
  };

  const sendClaimed = async (
    channel: Channel,
    send: (one: Outgoing) => Promise<Attempt>,
    mine: readonly Outgoing[] = [],
  ): Promise<boolean | 'soon'> => {
    const left = atOnce - mine.length;
    const claimed = [...mine, ...(left > 0 ? await claimMessages(pool, channel, left) : [])];
    const away: { readonly one: Outgoing; readonly error: string }[] = [];
    const ends = await Promise.allSettled(
      claimed.map(async (one) => {
        const attempt = await send(one);
        if (attempt.how === 'away') away.push({ one, error: attempt.error });
        else await noteSent(pool, one.id, endOf(channel, one, attempt));
      }),
    );
    // Where the server took or refused others in the same round, it is not away: something is wrong with these.
    const answers = away.length < claimed.length;
    for (const { one, error } of away) {
      await noteSent(pool, one.id, answers ? endOf(channel, one, { how: 'again', error }) : { how: 'away', error });
    }
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
    const [first] = away;
    if (first && !answers) throw new Error(first.error);
    return paced(claimed.length, atOnce);
  };

  /** At the opening of an office: what waited for it is made into messages. The reference is `{person}/{instant}`. */
  const composeFor: AgendaHandler = async ({ ref }, now) => {
    await composeDue(pool, now, digestAbove(), ref.slice(0, ref.lastIndexOf('/')));
  };

  return {
    composeFor,
    /** One round of mails; see `paced`. Throws where the server is away. */
    mails: async (): Promise<boolean | 'soon'> => {
      const { people, claimed } = await composeAndClaim(pool, await businessNow(pool), digestAbove(), atOnce);
      return (await sendClaimed('mail', mail, claimed)) || paced(people, atOnce);
    },
    /** One round of short messages. */
    shortMessages: (): Promise<boolean | 'soon'> => sendClaimed('sms', shortMessage),
    close: (): void => transport.close(),
  };
}

/** What is put off comes again, later each time, until the patience is over. */
function endOf(channel: Channel, { attempts }: Outgoing, attempt: Answered): Sent {
  if (attempt.how === 'sent') return attempt;
  const { error } = attempt;
  if (attempt.how === 'failed') return { how: 'failed', error };
  const most = patience[channel];
  if (attempts >= most.attempts) return { how: 'failed', error };
  const inMs = Math.min(most.longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 12));
  return { how: 'again', error, inMs };
}

/** The address as servers know it, with the domain in ASCII; undefined where no mail can go there. */
function sendable(email: string): string | undefined {
  if (!isMailAddress(email)) return undefined;
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  return domain === '' || domain.length > 255 ? undefined : `${email.slice(0, at)}@${domain}`;
}

/** Undefined where a notice has no words: a fault of ours, which holds up this message alone and is seen with it. */
function worded<T>(words: () => T): T | undefined {
  try {
    return words();
  } catch {
    return undefined;
  }
}

/** `SMTP_550 5.1.1`: never the server's own words, in which an address may stand. */
function codeOf({ code, responseCode = 0, response = '' }: SmtpError): string {
  if (responseCode === 0) return `SMTP_${code ?? 'FAILED'}`;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return `SMTP_${responseCode}${enhanced === undefined ? '' : ` ${enhanced}`}`;
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** A refusal of this one mail is noted with it; everything else, our sender's refusal among it, is between us and the server. */
function failedMail(error: SmtpError): Attempt {
  const { code, command, responseCode = 0 } = error;
  const about = (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM' && responseCode !== 421;
  if (!about) return { how: 'away', error: codeOf(error) };
  // Without a code our own client has refused to ask.
  return { how: responseCode >= 400 && responseCode < 500 ? 'again' : 'failed', error: codeOf(error) };
}
