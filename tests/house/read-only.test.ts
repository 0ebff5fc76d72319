import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const db = join(import.meta.dirname, '../../db');
const writes =
  /\binsert\s+into\b|\bdelete\s+from\b|\bupdate\s+\w+(\s+\w+)?\s+set\b|\bupsert\(|\.(insert|update)\(\s*\w/i;

const writersIn = (room: string): string[] =>
  readdirSync(join(db, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && writes.test(readFileSync(join(db, room, name), 'utf8')))
    .sort();

describe('the rooms of the register', () => {
  it('`read` only reads: what the projector writes is in `projection`', () => {
    expect(writersIn('read')).toEqual([]);
    expect(writersIn('projection')).toEqual(['facts.ts', 'peers.ts', 'projector.ts', 'trial-rows.ts']);
  });
});
