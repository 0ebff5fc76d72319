import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTaskKey, parseTaskKey, type TaskAbout } from '../../../domain/case/task/keys.js';

const code = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const counted = fc.integer({ min: 1, max: 5000 });
const said = fc.string({ minLength: 1, unit: 'grapheme' });
const id = fc.stringMatching(/^[A-Z]\d{1,3}$/);
const step = code.filter((one) => one !== 'online-declaration' && one !== 'opinion');

const abouts: { readonly [K in TaskAbout['kind']]: fc.Arbitrary<Omit<TaskAbout<K>, 'kind'>> } = {
  intake: fc.record({ filing: counted }),
  step: fc.record({ step, round: counted, second: fc.boolean() }),
  opinion: fc.record({ agency: code }),
  'by-hand': fc.oneof(
    fc.record({ of: fc.constant('step' as const), step, round: counted }),
    fc.record({ of: fc.constant('declaration' as const), filing: fc.option(counted) }),
    fc.record({ of: fc.constant('opinion' as const), agency: code, messageId: said }),
  ),
  lapse: fc.record({ requestId: id }),
  silence: fc.record({ agency: code }),
  lane: fc.record({ time: counted }),
  revocation: fc.record({ hearingId: id }),
  stuck: fc.record({ action: said, seen: fc.nat() }),
  apology: fc.record({ letterId: id }),
  conference: fc.record({ round: fc.constantFrom(1 as const, 2 as const) }),
  statement: fc.record({ agency: code }),
  question: fc.record({ questionId: id }),
  fact: fc.record({ questionId: id }),
  outside: fc.record({ matterId: code }),
  extract: fc.record({ document: code, look: counted }),
  'result-change': fc.record({ changeId: id }),
  fit: fc.constant({}),
  hold: fc.record({ holdId: id }),
  incident: fc.record({ incidentId: id }),
  'trial-request': fc.record({ requestId: id }),
  completion: fc.constant({}),
  instruction: fc.record({ instructionId: id }),
  signatory: fc.record({ taskId: fc.stringMatching(/^LX-2026-\d{6}\.\d{1,4}$/), time: counted }),
};

const root = join(import.meta.dirname, '../..');
type Found = { readonly key: string; readonly kind: string };

/** Every task, or event that opens one, in what was kept. */
function* tasksIn(value: unknown): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  const { key, kind, agency } = value as Record<string, unknown>;
  if (typeof key === 'string' && typeof kind === 'string' && typeof agency === 'string') yield { key, kind };
  for (const inner of Object.values(value)) yield* tasksIn(inner);
}

/** What workflows were given and answered, as it lies in a stored history. */
function* payloadsIn(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  const { metadata, data } = value as Record<string, unknown>;
  if (metadata !== undefined && typeof data === 'string') {
    const text = Buffer.from(data, 'base64').toString();
    if (text.startsWith('{') || text.startsWith('[')) yield JSON.parse(text);
    return;
  }
  for (const inner of Object.values(value)) yield* payloadsIn(inner);
}

const unread = (found: Iterable<Found>): Found[] =>
  [...found].filter(({ key, kind }) => {
    const about = parseTaskKey(key);
    return about?.kind !== kind || makeTaskKey(about) !== key;
  });

describe('the key of a task', () => {
  it.each(Object.keys(abouts) as TaskAbout['kind'][])(
    'of %s says what the task is about, and is read again',
    (kind) => {
      fc.assert(
        fc.property(abouts[kind], (rest) => {
          const about = { kind, ...rest } as TaskAbout;
          expect(parseTaskKey(makeTaskKey(about))).toEqual(about);
        }),
      );
    },
  );

  it('is written as it always was', () => {
    const keys = [
      'intake/2',
      'step/appraisal',
      'step/appraisal#2/second',
      'opinion/dost',
      'by-hand/fan-out#3',
      'by-hand/online-declaration',
      'by-hand/online-declaration#1',
      'by-hand/opinion/dpa/M-1/2',
      'lapse/S1',
      'silence/city-military',
      'lane',
      'lane/2',
      'revocation/H1',
      'stuck/openTask/lane/2/17',
      'apology/A1',
      'conference',
      'conference/2',
      'statement/dost',
      'outside/N1',
      'question/Q1',
      'fact/F1',
      'extract/legal-status',
      'extract/legal-status#2',
      'result-change/R1',
      'fit',
      'hold/H1',
      'incident/I1',
      'trial-request/R1',
      'completion',
      'signatory/LX-2026-000001.12#2',
      'instruction/D1',
    ];
    expect(keys.map((key) => parseTaskKey(key)).filter((about) => about === undefined)).toEqual([]);
    expect(keys.map((key) => makeTaskKey(parseTaskKey(key) as TaskAbout))).toEqual(keys);
    expect(new Set(keys.map((key) => parseTaskKey(key)?.kind))).toEqual(new Set(Object.keys(abouts)));
  });

  it.each([
    '',
    'step',
    'step/',
    'intake/0',
    'intake/01',
    'lane/1',
    'step/x#1',
    'fit/x',
    'stuck/x',
    'nothing/x',
    'toString',
  ])('is not «%s»', (text) => {
    expect(parseTaskKey(text)).toBeUndefined();
  });

  it('is read from every stored history', () => {
    const folder = join(root, 'replay/histories');
    const found = readdirSync(folder).flatMap((file) => {
      const history: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return [...payloadsIn(history)].flatMap((payload) => [...tasksIn(payload)]);
    });
    expect(found.length).toBeGreaterThan(100);
    expect(unread(found)).toEqual([]);
  });

  it('is read from the register of 0.3.0', () => {
    const file = join(root, 'fixtures/register-0.3.0/register.json.gz');
    const found = [...tasksIn(JSON.parse(gunzipSync(readFileSync(file)).toString()))];
    expect(found.length).toBeGreaterThan(30);
    expect(unread(found)).toEqual([]);
  });
});
