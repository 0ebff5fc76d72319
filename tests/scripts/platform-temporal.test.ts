import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTemporalCli, startTemporal, temporalCliVersion } from '../../scripts/platform/temporal.js';

let folder = '';
let mirror: Server;
let archive: Buffer | undefined;
let requests: string[] = [];
let said: string[] = [];

const program = (path: string, body: string) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
};
const fakeCli = (path: string, version = '9.9.9') => program(path, `echo "temporal version ${version}"`);
/** Builds after a moment, as Go would, and counts how often. */
const fakeGo = () =>
  program(
    join(folder, 'go/go'),
    `echo build >> ${folder}/builds; sleep 0.3; printf '#!/bin/sh\\necho temporal version built\\n' > "$GOBIN/temporal"; chmod +x "$GOBIN/temporal"`,
  );

const cached = () => join(folder, 'cache/luong-xanh/temporal', temporalCliVersion, 'temporal');
const find = (env: NodeJS.ProcessEnv = {}) =>
  findTemporalCli({
    env: {
      PATH: [join(folder, 'bin'), join(folder, 'go'), '/usr/bin', '/bin'].join(delimiter),
      XDG_CACHE_HOME: join(folder, 'cache'),
      TEMPORAL_DOWNLOAD_URL: `http://127.0.0.1:${(mirror.address() as { port: number }).port}`,
      ...env,
    },
    // Said in Vietnamese, then in English.
    say: (line) => said.push(line.replace(/^Temporal: .* · /, 'Temporal: ')),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-temporal-'));
  [archive, requests, said] = [undefined, [], []];
  mirror = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (archive === undefined) response.writeHead(503).end();
    else if (request.url?.startsWith('/archive') === true) response.end(archive);
    else
      response.end(
        JSON.stringify({ archiveUrl: `http://${request.headers.host}/archive.tar.gz`, fileToExtract: 'temporal' }),
      );
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  mirror.closeAllConnections();
  await new Promise((resolve) => mirror.close(resolve));
  await rm(folder, { recursive: true });
});

describe('the Temporal CLI is found', () => {
  test('at TEMPORAL_CLI_PATH, before anything else', async () => {
    fakeCli(join(folder, 'bin/temporal'));
    const named = fakeCli(join(folder, 'mine/temporal'), '1.2.3');
    expect(await find({ TEMPORAL_CLI_PATH: named })).toBe(named);
    expect(said).toEqual([`Temporal: TEMPORAL_CLI_PATH=${named} (1.2.3)`]);
  });

  test('never silently elsewhere when TEMPORAL_CLI_PATH is wrong', async () => {
    fakeCli(join(folder, 'bin/temporal'));
    await expect(find({ TEMPORAL_CLI_PATH: '/no/such/file' })).rejects.toThrow('TEMPORAL_CLI_PATH=/no/such/file');
  });

  test('on PATH, before the cache', async () => {
    fakeCli(cached());
    const onPath = fakeCli(join(folder, 'bin/temporal'));
    expect(await find()).toBe(onPath);
    expect(said).toEqual([`Temporal: ${onPath}, on PATH (9.9.9)`]);
  });

  test('in the cache, when what is on PATH does not run', async () => {
    fakeCli(cached(), '1.5.1');
    const broken = program(join(folder, 'bin/temporal'), 'exit 1');
    expect(await find()).toBe(cached());
    expect(said).toEqual([`Temporal: ${broken} does not run`, `Temporal: cached copy ${cached()} (1.5.1)`]);
    expect(requests).toEqual([]);
  });

  test('by a download, which is cached', async () => {
    fakeCli(join(folder, 'temporal'), 'downloaded');
    spawnSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', folder, 'temporal']);
    archive = readFileSync(join(folder, 'archive.tar.gz'));
    expect(await find()).toBe(cached());
    expect(requests[0]).toMatch(
      new RegExp(`^/cli/${temporalCliVersion}\\?arch=(amd64|arm64)&platform=${process.platform}&format=tar.gz$`),
    );
    archive = undefined;
    expect(await find()).toBe(cached());
    expect(requests).toHaveLength(2);
    expect(readdirSync(join(cached(), '..'))).toEqual(['temporal']);
  });

  test('by building it once, when the download fails, however many ask at the same time', async () => {
    fakeGo();
    expect(await Promise.all([find(), find(), find()])).toEqual([cached(), cached(), cached()]);
    expect(readFileSync(join(folder, 'builds'), 'utf8')).toBe('build\n');
    expect(said).toContain('Temporal: no download (HTTP 503)');
    expect(said.some((line) => line.startsWith('Temporal: go install github.com/temporalio/cli/cmd/temporal@'))).toBe(
      true,
    );
    expect(said.some((line) => line.startsWith('Temporal: built in'))).toBe(true);
    expect(readdirSync(join(cached(), '..'))).toEqual(['temporal']);
  });

  test('or the message says what to do, with the reason of each attempt said before', async () => {
    program(join(folder, 'go/go'), 'echo "no network" >&2; exit 1');
    await expect(find()).rejects.toThrow(/TEMPORAL_ADDRESS.*TEMPORAL_CLI_PATH.*Go/s);
    expect(said).toContain('Temporal: go install failed (code 1): no network');
    expect(existsSync(`${cached()}.lock`)).toBe(false);
  });
});

test('TEMPORAL_ADDRESS is never replaced by a server of our own', async () => {
  const attempt = startTemporal({
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
    namespace: 'n',
    say: (line) => said.push(line),
    addressTimeoutMs: 100,
  });
  await expect(attempt).rejects.toThrow('TEMPORAL_ADDRESS=127.0.0.1:1 does not answer');
  expect(said).toEqual(['Temporal: TEMPORAL_ADDRESS=127.0.0.1:1']);
});
