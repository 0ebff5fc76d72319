import { describe, expect, it } from 'vitest';
import { documentsNamedIn } from '../../../domain/case/procedure/named-documents.js';
import { namesThen } from '../../../domain/case/case/names-then.js';

const called = (seq: number, name: string | null) => ({
  kind: 'person' as const,
  subject: 'head',
  seq,
  body: name === null ? null : { name, email: `${seq}@luong-xanh.example` },
});

describe('a name at an event', () => {
  const names = namesThen([called(7, 'Sau'), called(3, 'Trước'), called(12, null)]);

  it('is the last one kept up to that event, and of an older event the first there is', () => {
    expect([1, 3, 6, 7, 11].map((seq) => names.person('head', seq)?.name)).toEqual([
      'Trước',
      'Trước',
      'Trước',
      'Sau',
      'Sau',
    ]);
  });

  it('is null once it was erased and undefined where none was kept', () => {
    expect(names.person('head', 12)).toBeNull();
    expect(names.person('somebody', 12)).toBeUndefined();
    expect(names.agency('head', 12)).toBeUndefined();
  });
});

describe('the documents that an act names', () => {
  it('stand in documentId or as evidence, at any depth', () => {
    const act = {
      opening: {
        lodged: {
          irc: [
            { code: 'request', documentId: 'a' },
            { code: 'status', documentId: null },
          ],
        },
      },
      evidence: 'document:b',
      again: [{ documentId: 'a' }],
    };
    expect(documentsNamedIn(act)).toEqual(['a', 'b']);
  });

  it('are never looked for in other text', () => {
    expect(documentsNamedIn({ evidence: 'reference:document:b', reason: 'document:c', note: 'documentId: d' })).toEqual(
      [],
    );
    expect(documentsNamedIn('document:a')).toEqual([]);
  });
});
