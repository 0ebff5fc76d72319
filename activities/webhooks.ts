import { createHmac } from 'node:crypto';
import { lookup as lookUpHost } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { ApplicationFailure } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import type pg from 'pg';
import { businessNow } from '../db/register/business-clock.js';
import { eventOf } from '../db/register/chain-link.js';
import { writeNotices } from '../db/outbound/notices.js';
import { type LawSource } from '../db/law/live-law.js';
import { inTransaction } from '../db/pool.js';
import { bookFault, clearFault } from '../db/register/quarantine.js';
import {
  eventsToRepeat,
  findPlace,
  nextEvents,
  noteDelivery,
  passEvent,
  setWebhookStatus,
  webhookReader,
} from '../db/outbound/webhooks.js';
import { type WebhookActivities } from '../domain/case/activities.js';
import { callbackHeaders, callbackSigningInput } from '../domain/schemas/agency-messages.js';
import { isPrivateHost, privateRanges } from '../domain/schemas/webhook-url.js';
import { envelopeOf, webhookIdHeader } from '../domain/notices/webhook-envelope.js';

export interface WebhookDeps {
  readonly pool: pg.Pool;
  readonly law: LawSource;
  /** Addresses of this machine and of private networks: for development, never in production. */
  readonly privateAddresses: boolean;
}

const eventsPerRound = 20;
const timeoutMs = 10_000;

/** Sends events to those outside who asked for them: in order, signed over the bytes sent, one after another. */
export function createWebhookActivities({ pool, law, privateAddresses }: WebhookDeps): WebhookActivities {
  return {
    async sendEvents({ webhook }) {
      let sent = 0;
      const next = await nextEvents(pool, webhook, eventsPerRound);
      const repeated = await eventsToRepeat(pool, webhook);
      for (const one of [...repeated, ...next]) {
        Context.current().heartbeat();
        const place = await findPlace(pool, webhook);
        // Somebody paused it, or moved it back: then what we have is not what comes next.
        if (place?.status !== 'active') return { sent, more: false };
        let body: string;
        try {
          body = JSON.stringify(envelopeOf(eventOf(one.canonical)));
        } catch (error) {
          // The receiver has no part in it: what comes after goes out, this one when it can be read.
          await bookFault(pool, webhookReader(webhook), one, error);
          await passEvent(pool, webhook, one, place.replays);
          continue;
        }
        const answer = await post(place.url, place.secret, body, one, privateAddresses);
        const delivered = /^2\d\d$/.test(answer);
        await noteDelivery(pool, webhook, one, { replays: place.replays, delivered, answer });
        if (delivered && repeated.includes(one)) await clearFault(pool, webhookReader(webhook), one);
        if (!delivered && sent > 0) return { sent, more: true };
        if (!delivered) throw failed(answer);
        sent += 1;
        if ((await findPlace(pool, webhook))?.replays !== place.replays) return { sent, more: true };
      }
      return { sent, more: next.length === eventsPerRound };
    },

    async pauseWebhook({ webhook, reason }) {
      const at = await businessNow(pool);
      await inTransaction(pool, async (client) => {
        if (!(await setWebhookStatus(client, webhook, 'paused', reason))) return;
        await writeNotices(client, law.current().law, [
          {
            addressees: [{ to: 'admins' }],
            kind: 'webhook-paused',
            urgency: 'normal',
            vars: { webhook, outcome: reason },
            ref: `webhook/${webhook}/${at}`,
            caseCode: null,
            investor: null,
            at,
          },
        ]);
      });
    },
  };
}

const failed = (answer: string): ApplicationFailure =>
  ApplicationFailure.create({
    type: answer,
    message: 'The receiver did not take an event',
    nonRetryable: answer === 'ADDRESS_REFUSED',
  });

/** The HTTP status, or a code of what went wrong. A redirection is not followed: it would be to an address nobody checked. */
export async function post(
  url: string,
  secret: string,
  body: string,
  event: { readonly caseCode: string; readonly seq: number },
  privateAddresses: boolean,
): Promise<string> {
  const target = new URL(url);
  if (!privateAddresses && (target.protocol !== 'https:' || isPrivateHost(target.hostname))) return 'ADDRESS_REFUSED';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'luong-xanh-webhook',
    [webhookIdHeader]: `${event.caseCode}.${event.seq}`,
    [callbackHeaders.timestamp]: timestamp,
    [callbackHeaders.signature]: `sha256=${createHmac('sha256', secret).update(callbackSigningInput(timestamp, body)).digest('hex')}`,
  };
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const call = request(
      target,
      { method: 'POST', headers, signal, agent: false, ...(privateAddresses ? {} : { lookup: publicLookup }) },
      (response) => {
        response.resume();
        resolve(String(response.statusCode ?? 0));
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) =>
      resolve(signal.aborted ? 'TIMEOUT' : error.code === 'ADDRESS_REFUSED' ? error.code : 'UNREACHABLE'),
    );
    call.end(body);
  });
}

const blocked = new BlockList();
for (const [address, prefix, family] of privateRanges) blocked.addSubnet(address, prefix, family);

/** The name may lead anywhere, and elsewhere the next time: what counts is the address that is really called. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookUpHost(hostname, { ...options, all: true }, (error, found) => {
    const addresses = error ? [] : found;
    const [first] = addresses;
    const refused = addresses.some(({ address }) => blocked.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
    if (error || first === undefined) done(error ?? new Error('No address'), '', 0);
    else if (refused) done(Object.assign(new Error('A private address'), { code: 'ADDRESS_REFUSED' }), '', 0);
    else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
