import { isWorkingDay, nextWorkingDay, officeOpening, type Calendar } from '../../domain/time/calendar.js';
import { dateOf, type Instant } from '../../domain/time/instants.js';
import { type ApiClient } from './client.js';
import { civilTime } from './story.js';
import { workingCalendar } from './working-calendar.js';

interface Wait {
  readonly until: Instant;
  readonly go: () => void;
}

/**
 * Several stories on one rehearsal clock. Each says until when it waits; when all of them do, business time passes to the earliest of those instants, event by
 * event, and everything that was to happen has happened.
 */
export class Stage {
  private working: Calendar | undefined;
  private waits: Wait[] = [];
  private playing = 0;
  private current: Instant = '';

  constructor(
    readonly as: (person: string) => ApiClient,
    private readonly tell: (line: string) => void,
  ) {}

  /** Business time as the stage last saw it. */
  get at(): Instant {
    return this.current;
  }

  /** By which everybody plans: as this installation has it. */
  get calendar(): Calendar {
    if (!this.working) throw new Error('nobody has looked at the calendar yet');
    return this.working;
  }

  say(line: string): void {
    this.tell(`  [${civilTime(this.current)}] ${line}`);
  }

  /** Plays all of them to their ends; the first that fails ends the play. */
  async play(stories: readonly ((stage: Stage) => Promise<void>)[]): Promise<void> {
    this.current = await this.look();
    this.working = await workingCalendar(this.as);
    this.playing = stories.length;
    const played = Promise.all(
      stories.map(async (story) => {
        await story(this);
        this.playing -= 1;
        this.turn();
      }),
    );
    await Promise.race([played, this.failed]);
  }

  /** Waits until business time has come so far; where it has, until everything that was begun is done. */
  until(instant: Instant): Promise<void> {
    return new Promise((go) => {
      this.waits.push({ until: instant, go });
      this.turn();
    });
  }

  /** Until everybody has reacted to what was done last. */
  settled(): Promise<void> {
    return this.until(this.current);
  }

  /** Until the office opens on the next working day. */
  nextDay(): Promise<void> {
    return this.until(officeOpening(this.calendar, nextWorkingDay(this.calendar, dateOf(this.current))));
  }

  /** Until the office opens on that date, or the first working day after it. */
  morningOf(date: ReturnType<typeof dateOf>): Promise<void> {
    const day = isWorkingDay(this.calendar, date) ? date : nextWorkingDay(this.calendar, date);
    return this.until(officeOpening(this.calendar, day));
  }

  private fail: (error: unknown) => void = () => undefined;
  private readonly failed = new Promise<never>((_resolve, reject) => (this.fail = reject));

  /** When every story waits, time passes for whoever waits shortest. */
  private turn(): void {
    if (this.playing === 0 || this.waits.length < this.playing) return;
    const [first] = [...this.waits].sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
    if (!first) return;
    this.waits = this.waits.filter((one) => one !== first);
    const to = Date.parse(first.until) > Date.parse(this.current) ? first.until : this.current;
    this.advance(to).then(first.go, this.fail);
  }

  private async advance(to: Instant): Promise<void> {
    const operator = this.as('operator.1');
    const { id } = await operator.post<{ id: string }>('/rehearsal/advances', { to });
    for (;;) {
      const advance = await operator.get<{ status: string; detail: unknown }>(`/rehearsal/advances/${id}?wait=10s`);
      if (advance.status === 'quiet') break;
      if (advance.status === 'restless' || advance.status === 'failed') {
        throw new Error(`The clock stands: ${advance.status} ${JSON.stringify(advance.detail)}`);
      }
    }
    this.current = await this.look();
  }

  /** Business time. */
  async look(): Promise<Instant> {
    return (await this.as('auditor.1').get<{ now: Instant }>('/rehearsal/clock')).now;
  }
}
