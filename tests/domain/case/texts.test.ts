import { describe, expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import type { CaseEvent } from '../../../domain/case/events.js';
import { isIdentifier } from '../../../domain/case/case/identifier.js';
import { commandTextClass, mapTexts, mapWords, spokenRefs, textClass, unworded } from '../../../domain/case/texts.js';
import { changingLaw } from '../../support/changing-law.js';
import { LiveRegister } from '../../support/live-register.js';
import { at, person, refusalOf } from '../../support/memory-register.js';
import { boundOf } from '../../support/scene.js';
import { drawing } from '../../support/drawing.js';
import { randomAct } from '../../support/random-acts.js';
import { randomOpening, randomTrial } from '../../support/random-cases.js';

const lawAt = changingLaw();
const planted = 'LỜI RIÊNG của Nguyễn Văn A';

/** The same act by somebody who writes down more than they should, wherever they may write. */
const talkative = (command: Command): Command =>
  mapTexts(command, command.type, (text, path) => {
    const of = commandTextClass(path);
    const own = of === 'words' || of === 'reference' || (of === 'shown' && !text.startsWith('document:'));
    return own && text !== '' ? `${planted} ${text}` : text;
  });

function textsOf(event: CaseEvent): { path: string; text: string }[] {
  const found: { path: string; text: string }[] = [];
  mapTexts(event.payload, event.type, (text, path) => found.push({ path, text }));
  return found;
}

/** Lives in which everybody tries everything. */
function lives(count: number): { events: CaseEvent[]; words: number } {
  const events: CaseEvent[] = [];
  let words = 0;
  for (let n = 0; n < count; n++) {
    const draw = drawing(20_261_128 + n);
    let now = at('2026-07-06 09:00');
    const register = new LiveRegister('LX-260706-0001H', lawAt);
    const opening = n % 4 === 3 ? randomTrial(draw, lawAt(now), now) : randomOpening(draw, lawAt(now), now);
    register.act(person('investor.test', 'investor'), now, { type: 'openCase', opening, managed: true });
    for (let i = 0; i < 90; i++) {
      now = new Date(Date.parse(now) + draw(900) * 60_000).toISOString();
      const { state, law } = register;
      const { command, actor, scope } = randomAct({ state, law, now, draw });
      refusalOf(() => register.act(actor, now, talkative(command), boundOf(state, scope)));
    }
    events.push(...register.events);
    words += register.texts.size;
  }
  return { events, words };
}

describe('what people write in their own words', () => {
  it('stands in no event: every text of every event is classified, and where people speak there is a reference or a number', () => {
    const { events, words } = lives(120);
    expect(words).toBeGreaterThan(500);
    const told = events.flatMap((event) => textsOf(event));
    expect(told.filter(({ text }) => text.includes(planted))).toEqual([]);
    for (const { path, text } of told) {
      const of = textClass(path);
      if (of === undefined) expect(text, `${path} is of a closed set`).toMatch(/^[\w.-]{1,40}$/);
      // Of a condition on a subject of the list the value is a figure or a choice.
      const plain = path.endsWith('conditions[].value') || isIdentifier(text) || /^[a-z]+[:@/][\w.@:/-]+$/.test(text);
      if (of === 'words' && !plain) expect([path, text]).toEqual([path, 'sealed']);
    }
  }, 60_000);

  it('has no class of its own among plain texts: a field of such a name is classified where it stands', () => {
    const own = ['reason', 'note', 'text', 'items[]', 'description', 'findings', 'evidence', 'legalBasis', 'value'];
    const names = [...own, 'reference', 'number', 'words', 'comment', 'statement', 'vi', 'en', 'name', 'title'];
    expect(names.filter((name) => textClass(`anyEvent.${name}`) !== undefined)).toEqual([]);
    expect(names.filter((name) => commandTextClass(`anyCommand.${name}`) !== undefined)).toEqual([]);
  });

  it('of an event of before is heard by no workflow, and read by people as it was written', () => {
    const withdrawn: CaseEvent = {
      seq: 4,
      scope: 'case/LX-260706-0001H',
      type: 'caseWithdrawn',
      occurredAt: at('2026-07-06 09:00'),
      actor: person('investor.test', 'investor'),
      payload: { reason: planted },
    };
    const asked: CaseEvent = {
      ...withdrawn,
      type: 'completionRequested',
      payload: { taskId: 'LX-260706-0001H.3', form: '02', items: [planted, { id: '4.1', hash: 'h' }], reason: planted },
    };
    expect(JSON.stringify([unworded(withdrawn), unworded(asked)])).not.toContain(planted);
    expect(unworded(asked).payload).toMatchObject({
      taskId: 'LX-260706-0001H.3',
      items: ['', { id: '4.1', hash: 'h' }],
    });
    expect(spokenRefs(asked)).toEqual(['4.1']);
    const told = mapWords(asked, (one) => (typeof one === 'string' ? one : 'bản vẽ'));
    expect(told.payload).toMatchObject({ items: [planted, 'bản vẽ'], reason: planted });
  });
});
