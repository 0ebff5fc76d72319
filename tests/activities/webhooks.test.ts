import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { post, publicLookup } from '../../activities/webhooks.js';

const event = { seq: 1, caseCode: 'LX-260706-0001A' };
const send = (url: string, privateAddresses: boolean) => post(url, 'secret', '{}', event, privateAddresses);

const found = (host: string, all = false) =>
  new Promise<string>((resolve) => {
    publicLookup(host, { all }, (error, address) => resolve(error?.code ?? JSON.stringify(address)));
  });

it.each(['localhost', '127.0.0.1', '10.0.0.1', '::1', '::ffff:192.168.0.1', 'fd00::1'])(
  'a name that leads to %s is not called',
  async (host) => {
    expect(await found(host)).toBe('ADDRESS_REFUSED');
    expect(await found(host, true)).toBe('ADDRESS_REFUSED');
  },
);

it('a public address is', async () => {
  expect(await found('8.8.8.8')).toBe('"8.8.8.8"');
  expect(await found('8.8.8.8', true)).toContain('8.8.8.8');
});

it('in production neither this machine nor a plain connection is reached, whatever was asked for once', async () => {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const url of [
    `http://127.0.0.1:${port}/`,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    'http://ioc.example/',
  ]) {
    expect(await send(url, false)).toBe('ADDRESS_REFUSED');
  }
  expect(calls).toBe(0);
  expect(await send(`http://127.0.0.1:${port}/`, true)).toBe('200');
  await new Promise((resolve) => server.close(resolve));
  expect(await send(`http://127.0.0.1:${port}/`, true)).toBe('UNREACHABLE');
});
