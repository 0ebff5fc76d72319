import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processStart, waitUntil } from '../../scripts/platform/processes.js';
import { findTemporalServer } from '../../scripts/production-like/temporal-cluster.js';

let folder: string;
const kept = () => join(folder, 'luong-xanh', 'temporal-server');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-go-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Go that does nothing but say who it is once it comes to `work`, and then takes its time. */
function slowGo(work: 'mod' | 'install'): NodeJS.ProcessEnv {
  const program = `#!/bin/sh
[ "$1" = ${work} ] || { echo '{"Dir":"/nowhere"}'; exit 0; }
echo $$ > '${folder}/pid.new' && mv '${folder}/pid.new' '${folder}/pid'
exec sleep 60
`;
  writeFileSync(join(folder, 'go'), program, { mode: 0o755 });
  return { PATH: [folder, process.env['PATH']].join(delimiter), XDG_CACHE_HOME: folder };
}

test.each(['mod', 'install'] as const)('what Go does for Temporal (%s) ends with the start', async (work) => {
  mkdirSync(join(kept(), 'v1.29.1.new-abandoned'), { recursive: true });
  const start = new AbortController();
  const found = findTemporalServer('1.29.1', { env: slowGo(work), say: () => undefined, signal: start.signal });
  const ended = expect(found).rejects.toThrow(/abort/i);
  expect(await waitUntil(() => existsSync(join(folder, 'pid')), 10_000)).toBe(true);
  // Of a build that was cut off nothing stays.
  expect(readdirSync(kept())).not.toContain('v1.29.1.new-abandoned');
  start.abort();
  await ended;
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  expect(await waitUntil(() => processStart(pid) === undefined, 5_000)).toBe(true);
  expect(readdirSync(kept())).toEqual([]);
});
