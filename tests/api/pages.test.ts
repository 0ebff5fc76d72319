import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccount } from '../../db/people/accounts.js';
import { findSignedOn } from '../../db/people/people.js';
import { query } from '../support/sql.js';
import { startSite, type TestSite } from './site.js';
import { fileCase, type TestApi } from './support.js';

let site: TestSite;
let api: TestApi;
let base: string;
let issuer: string;
beforeAll(async () => {
  site = await startSite();
  ({ api, base, issuer } = site);
});
afterAll(() => site.close());

/** A browser as far as sign-in needs one: cookies by host, redirects followed by hand. */
function newBrowser() {
  const jar = new Map<string, Map<string, string>>();
  return async (address: string, init: RequestInit = {}): Promise<Response> => {
    let url = new URL(address, base);
    let next = init;
    for (let hops = 0; hops < 12; hops++) {
      const cookies = jar.get(url.host) ?? new Map<string, string>();
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { accept: 'text/html', ...(next.headers as Record<string, string>), ...(cookie && { cookie }) };
      const response = await fetch(url, { ...next, headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      jar.set(url.host, cookies);
      const location = response.headers.get('location');
      if (location === null || response.status === 201) return Object.assign(response, { at: url.href });
      url = new URL(location, url);
      next = {};
    }
    throw new Error('too many redirects');
  };
}
type Browser = ReturnType<typeof newBrowser>;
const place = (response: Response) => new URL((response as Response & { at: string }).at);

async function signIn(
  browser: Browser,
  account: string,
  address = '/login',
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = await browser(address);
  const action = /action="([^"]+)"/.exec(await form.text())?.[1] ?? '';
  return browser(new URL(action, place(form)).href, {
    method: 'POST',
    body: new URLSearchParams({ account, password: site.password, ...more }),
  });
}
const sessions = async () => (await api.pool.query('select sess from web_session')).rows as { sess: unknown }[];

describe('public pages', () => {
  it.each(['/', '/status', '/decisions', '/procedures', '/pathways', '/holidays', '/publications', '/trials'])(
    'draws %s in both languages, without a script and with a policy that allows none',
    async (path) => {
      for (const language of ['vi', 'en']) {
        const response = await fetch(base + path, { headers: { cookie: `language=${language}`, accept: 'text/html' } });
        const html = await response.text();
        expect([response.status, html.includes(`<html lang="${language}">`)]).toEqual([200, true]);
        expect(html).not.toMatch(/<script|style=|\son\w+=/);
        expect(response.headers.get('content-security-policy')).toBe(
          "default-src 'none'; script-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        );
      }
    },
  );

  it('tells the status by code and PIN, and says no more of a wrong one than the API does', async () => {
    const { public: receipt } = await fileCase(api);
    const ask = (pin: string) =>
      fetch(`${base}/status`, {
        method: 'POST',
        headers: { accept: 'text/html', 'accept-language': 'vi' },
        body: new URLSearchParams({ code: receipt.code, pin }),
      });
    const shown = await ask(receipt.pin);
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining(`Hồ sơ ${receipt.code}`)]);
    const refused = await ask('00000000');
    expect(refused.status).toBe(404);
    expect(await refused.text()).toContain('role="alert"');
  });

  it('keeps the language somebody chose, and sends them nowhere but to our own pages', async () => {
    const chosen = await fetch(`${base}/language?to=en&back=/holidays`, { redirect: 'manual' });
    expect([chosen.headers.get('location'), chosen.headers.get('set-cookie')]).toEqual([
      '/holidays',
      expect.stringContaining('language=en'),
    ]);
    const led = await fetch(`${base}/language?to=en&back=//evil.example`, { redirect: 'manual' });
    expect(led.headers.get('location')).toBe('/');
  });

  it('answers an unknown address as a page to browsers and as a problem to programs', async () => {
    const page = await fetch(`${base}/nowhere`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const problem = await fetch(`${base}/nowhere`);
    expect([problem.status, problem.headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('problem+json'),
    ]);
  });
});

describe('sign-in', () => {
  it('leads through the issuer to the page one wanted, and the API takes the session as it takes a token', async () => {
    const browser = newBrowser();
    const arrived = await signIn(browser, 'officer.dof.1', '/login?return=/start%3Fx=1');
    expect([arrived.status, place(arrived).href]).toEqual([200, `${base}/start?x=1`]);
    const me = (await (await browser('/api/v1/me')).json()) as { id: string; role: string };
    expect(me).toMatchObject({ id: 'officer.dof.1', role: 'officer' });
    expect((await browser('/api/v1/dashboard/summary')).status).toBe(403);
    // Neither the browser nor the register holds a token.
    expect(JSON.stringify(await sessions())).not.toMatch(/eyJ|token/);
    // How surely the sign-on knew them goes with the session, for what they do in it.
    expect(await sessions()).toContainEqual({
      sess: expect.objectContaining({ person: 'officer.dof.1', assurance: 2 }),
    });
  });

  it('reads the role at each call, and lets nobody in who has left', async () => {
    const browser = newBrowser();
    await signIn(browser, 'officer.dof.2');
    expect((await browser('/api/v1/tasks')).status).toBe(200);
    await query(api.database.migratorUrl, `update person set active = false where id = 'officer.dof.2'`);
    expect((await browser('/api/v1/tasks')).status).toBe(401);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
    ['somebody who does not say', {}],
    ['another origin', { origin: 'https://evil.example' }],
  ])('refuses what %s would write with a session', async (_who, headers) => {
    const browser = newBrowser();
    await signIn(browser, 'investor.besi');
    const write = (more: Record<string, string>) =>
      browser('/api/v1/drafts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `k${Math.random()}`, ...more },
        body: JSON.stringify({ content: {} }),
      });
    const refused = await write(headers);
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'CROSS_SITE' }]);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  });

  it('ends the session for good', async () => {
    const browser = newBrowser();
    await signIn(browser, 'investor.cmc');
    const before = (await sessions()).length;
    const foreign = await browser('/logout', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(403);
    const left = await browser('/logout', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    const { next } = (await left.json()) as { next: string };
    expect(next.startsWith(`${issuer}/session/end`)).toBe(true);
    expect((await sessions()).length).toBe(before - 1);
    expect((await browser('/api/v1/me')).status).toBe(401);
    // Whoever is next is asked who they are, though the issuer still knows the one before.
    const again = await browser('/login');
    expect([place(again).origin, (await again.text()).includes('type="password"')]).toEqual([issuer, true]);
    // The issuer asks before it ends its own session; then somebody else may choose their account.
    const asked = await (await browser(next)).text();
    const fields = [...asked.matchAll(/name="(xsrf)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
    const action = /action="([^"]+)"/.exec(asked)?.[1] ?? '';
    const body = new URLSearchParams([...fields, ['logout', 'yes']] as [string, string][]);
    const ended = await browser(action, { method: 'POST', body });
    expect([ended.status, place(ended).href]).toEqual([200, `${base}/`]);
    expect(place(await browser('/start')).origin).toBe(issuer);
  });

  it('gives a new session id at sign-in', async () => {
    const begun = await fetch(`${base}/login`, { redirect: 'manual' });
    const [cookie] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    const stolen = cookie?.split(';')[0] ?? '';
    const browser = newBrowser();
    await signIn(browser, 'investor.cmc');
    expect((await fetch(`${base}/api/v1/me`, { headers: { cookie: stolen } })).status).toBe(401);
  });

  it('says what to do where the browser brought no session back, and where the register knows nobody of that name', async () => {
    const without = await fetch(`${base}/login/callback?code=x&state=y`, { headers: { accept: 'text/html' } });
    expect([without.status, await without.text()]).toEqual([403, expect.stringContaining('cookie')]);
    const unknown = await signIn(newBrowser(), 'stranger');
    expect([unknown.status, await unknown.text()]).toEqual([403, expect.stringContaining('/login')]);
  });

  it('opens an account for an investor who comes for the first time, the same one the next time, and none for officials', async () => {
    const newcomer = { name: 'Công ty TNHH Khởi Đầu', email: 'moi@khoi-dau.example' };
    const first = newBrowser();
    const unnamed = await signIn(newBrowser(), 'new', '/login', { name: ' ', email: 'x' });
    expect([unnamed.status, place(unnamed).origin, await unnamed.text()]).toEqual([
      400,
      issuer,
      expect.stringContaining('e-mail address of somebody new'),
    ]);
    const arrived = await signIn(first, 'new', '/login?return=/start', newcomer);
    expect([arrived.status, place(arrived).href]).toEqual([200, `${base}/start`]);
    const me = (await (await first('/api/v1/me')).json()) as { id: string };
    expect(me).toMatchObject({ role: 'investor', agency: null, name: newcomer.name });
    // Neither the name nor the address, nor how the sign-on knows them.
    expect(me.id).toMatch(/^investor\.[0-9a-f]{16}$/);
    const again = newBrowser();
    await signIn(again, 'new', '/login', newcomer);
    expect(await (await again('/api/v1/me')).json()).toMatchObject({ id: me.id });
    const other = newBrowser();
    await signIn(other, 'new', '/login', { ...newcomer, email: 'khac@khoi-dau.example' });
    expect(((await (await other('/api/v1/me')).json()) as { id: string }).id).not.toBe(me.id);
    // Whoever was let in no more does not come back under another id.
    await query(api.database.migratorUrl, `update person set active = false where id = '${me.id}'`);
    expect((await signIn(newBrowser(), 'new', '/login', newcomer)).status).toBe(403);
    const accounts = await query<{ n: number }>(
      api.database.migratorUrl,
      `select count(*)::int as n from person where name = '${newcomer.name}'`,
    );
    expect(accounts).toEqual([{ n: 2 }]);
    // An official whom nobody has named is nobody here, whatever the sign-on says of them.
    expect((await signIn(newBrowser(), 'stranger')).status).toBe(403);
  });

  it('opens one account where somebody comes for the first time twice at once', async () => {
    const account = { role: 'investor', name: 'Hai lần', email: 'hai@lan.example', language: 'vi' } as const;
    const subject = 'cccd:079123456789';
    const opened = await Promise.all(Array.from({ length: 8 }, () => openAccount(api.pool, subject, account)));
    expect(new Set(opened.map((one) => one?.id)).size).toBe(1);
    const kept = await query(
      api.database.migratorUrl,
      `select * from sign_on_account a join person p on p.id = a.person`,
    );
    expect(JSON.stringify(kept)).not.toContain('079123456789');
  });

  it('comes to an account by the digest alone, and to nobody by a name that none can have', async () => {
    const account = { role: 'investor', name: 'Một', email: 'mot@lan.example', language: 'vi' } as const;
    const opened = await openAccount(api.pool, 'subject-one', account);
    expect(opened).toMatchObject({ name: 'Một' });
    // Whoever calls themselves by the id of somebody's account is not that one, and has no account under it.
    expect(await findSignedOn(api.pool, opened?.id ?? '')).toBeUndefined();
    expect(await openAccount(api.pool, opened?.id ?? '', account)).toBeUndefined();
    for (const subject of ['a\0b', '\0']) {
      expect(await findSignedOn(api.pool, subject)).toBeUndefined();
      expect(await openAccount(api.pool, subject, account)).toBeUndefined();
    }
  });

  it('lets somebody whom an administrator named since in as that, not as the investor they were', async () => {
    const account = { role: 'investor', name: 'Hai', email: 'hai2@lan.example', language: 'vi' } as const;
    await openAccount(api.pool, 'employee-7', account);
    await query(
      api.database.migratorUrl,
      `insert into person (id, name, role, agency, email, language) values ('employee-7', 'Hai', 'officer', 'dof', 'h@x.example', 'vi')`,
    );
    expect((await findSignedOn(api.pool, 'employee-7'))?.person).toMatchObject({ id: 'employee-7', role: 'officer' });
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/%0d%0ax'])(
    'never leads to %s afterwards',
    async (target) => {
      const arrived = await signIn(newBrowser(), 'investor.cmc', `/login?return=${encodeURIComponent(target)}`);
      expect(place(arrived).origin).toBe(base);
    },
  );

  it('sends whoever came by another name of this machine to the one under which the cookie holds', async () => {
    const other = base.replace('127.0.0.1', 'localhost');
    const response = await fetch(`${other}/login?return=/start`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, `${base}/login?return=/start`]);
  });
});
