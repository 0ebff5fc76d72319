import { mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, writeFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append, Store } from '../../agencies/store.js';
import { isDiskFull } from '../../ops/disk.js';
import { logDestination } from '../../ops/log.js';
import { takeInstance } from '../../scripts/platform/instance.js';
import { openLog } from '../../scripts/platform/logs.js';
import { launch, waitUntil } from '../../scripts/platform/processes.js';
import { z } from 'zod';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-disk-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const noSpace = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

/** A disk that is full while `full` says so. */
function disk() {
  const written: string[] = [];
  const state = { full: false, written };
  const write = (_file: string, text: string) => {
    if (state.full) throw noSpace();
    written.push(text);
  };
  return { state, write };
}

test('a log loses lines on a full disk, says so once, and goes on when there is room', () => {
  const { state, write } = disk();
  const said: string[] = [];
  const log = openLog(join(folder, 'api.log'), { say: (line) => said.push(line), append: write });
  log.write('one');
  state.full = true;
  for (const line of ['two', 'three']) log.write(line);
  state.full = false;
  log.write('four');
  expect(state.written).toEqual(['one\n', 'four\n']);
  expect(said).toEqual([
    expect.stringMatching(/api\.log: không ghi được · cannot be written \(ENOSPC\)/),
    expect.stringMatching(/đã mất 2 dòng · .*2 lines were lost/),
  ]);
});

test('a log becomes an old one before it grows without end', () => {
  const file = join(folder, 'api.log');
  writeFileSync(file, 'x'.repeat(10_000_001));
  const log = openLog(file);
  log.write('new');
  expect(readFileSync(file, 'utf8')).toBe('new\n');
  expect(readdirSync(folder).sort()).toEqual(['api.log', 'api.log.old']);
});

test('a child whose log cannot be written runs on, and its last lines are known', async () => {
  const log = openLog(join(folder, 'no', 'such', 'folder', 'child.log'));
  const child = launch({
    name: 'child',
    command: '/bin/sh',
    args: ['-c', 'echo one; echo two'],
    env: process.env,
    log,
  });
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(child.tail()).toEqual(['one', 'two']);
});

test('a run record that cannot be written stops nothing and is written as soon as it can be', async () => {
  const file = join(folder, 'run.json');
  const instance = await takeInstance(folder, 'http://127.0.0.1:1', () => undefined);
  await rm(file);
  mkdirSync(file); // nothing can be put in its place
  instance.note({ apiUrl: 'http://127.0.0.1:2' });
  rmdirSync(file);
  const written = () => readdirSync(folder).includes('run.json') && readFileSync(file, 'utf8').includes(':2');
  expect(await waitUntil(written, 8_000)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['run.json', 'run.lock']);
  instance.release();
});

test('the agencies’ book holds whole lines, also where the disk was full in the middle of one', () => {
  const path = join(folder, 'agencies.jsonl');
  const kept = z.strictObject({ n: z.number() });
  const first = new Store(path);
  first.table('t', kept).put('a', { n: 1 });
  first.close();
  const file = openSync(path, 'a');
  let writes = 0;
  const half = (to: number, bytes: Buffer, from: number) => {
    if (writes++ > 0) throw noSpace();
    return writeSync(to, bytes, from, 5);
  };
  expect(() => append(file, `${JSON.stringify(['t', 'b', { n: 2 }])}\n`, half)).toThrow('no space left');
  append(file, `${JSON.stringify(['t', 'c', { n: 3 }])}\n`);
  const second = new Store(path);
  expect(second.table('t', kept).all()).toEqual([{ n: 1 }, { n: 3 }]);
  second.close();
});

test('a process’s own log that cannot be written never ends it', async () => {
  const full = openSync('/dev/full', 'w');
  const logger = pino({}, logDestination(full));
  for (let line = 0; line < 100; line++) logger.error('a line for nobody');
  await new Promise((resolve) => setImmediate(resolve));
  expect(readdirSync(folder)).toEqual([]);
});

test('a full disk is known by what the system and PostgreSQL call it, also as a cause', () => {
  expect([noSpace(), { code: '53100' }, new Error('x', { cause: noSpace() })].map(isDiskFull)).toEqual([
    true,
    true,
    true,
  ]);
  expect([new Error('x'), { code: '53300' }, null, 'ENOSPC'].map(isDiskFull)).toEqual([false, false, false, false]);
});
