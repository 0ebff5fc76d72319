import { condition } from '@temporalio/workflow';

interface Waiter {
  readonly what: string;
  readonly ready: () => boolean;
}

/**
 * The lines of work inside one story and what each waits for. It is quiet when every line waits for something that is not there yet: only then
 * has the workflow thought about all it has seen.
 */
export class Lines {
  private readonly waiters = new Set<Waiter>();
  private living = 1;
  private away = 0;

  get quiet(): boolean {
    if (this.waiters.size !== this.living) return false;
    for (const { ready } of this.waiters) if (ready()) return false;
    return true;
  }

  /** Every line waits for something that is not there yet, or for an answer: of its own, or as one of `asking`. */
  haveSpoken(asking: number): boolean {
    if (this.waiters.size + this.away + asking < this.living) return false;
    for (const { ready } of this.waiters) if (ready()) return false;
    return true;
  }

  /** A line waits for work outside the register. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    this.away += 1;
    try {
      return await work();
    } finally {
      this.away -= 1;
    }
  }

  get waitingFor(): string[] {
    return [...this.waiters].flatMap(({ what }) => what || []);
  }

  /** Waits until `ready`; nothing happens where it is so already. `what` is '' for a line that only stands by. */
  async until(what: string, ready: () => boolean): Promise<void> {
    if (ready()) return;
    const waiter = { what, ready };
    this.waiters.add(waiter);
    await condition(ready);
    this.waiters.delete(waiter);
  }

  /** Several lines at once; ends with the last of them, or with the first that throws. */
  async all(lines: readonly (() => Promise<void>)[]): Promise<void> {
    if (lines.length === 0) return;
    let running = lines.length;
    // Whoever waits for the lines is no line itself meanwhile: the last to end hands its place back.
    this.living += running - 1;
    await Promise.all(
      lines.map(async (line) => {
        await line();
        running -= 1;
        if (running > 0) this.living -= 1;
      }),
    );
  }
}
