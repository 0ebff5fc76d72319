interface Tries {
  readonly since: number;
  count: number;
}

const mostAccounts = 1_000;

/** Counts wrong passwords per account: after so many within a while no password is looked at until that while is over. Kept in memory, in real time. */
export class Guesses {
  readonly #tries = new Map<string, Tries>();

  constructor(
    private readonly most = 10,
    private readonly windowMs = 60_000,
    private readonly now: () => number = Date.now,
  ) {}

  /** Seconds until this account may try again; 0: now. */
  waitSeconds(account: string): number {
    const tries = this.#tries.get(account);
    if (tries === undefined || tries.count < this.most) return 0;
    return Math.max(0, Math.ceil((tries.since + this.windowMs - this.now()) / 1000));
  }

  failed(account: string): void {
    const tries = this.#tries.get(account);
    if (tries !== undefined && this.now() - tries.since < this.windowMs) tries.count += 1;
    else this.#tries.set(account, { since: this.now(), count: 1 });
    if (this.#tries.size > mostAccounts) this.#forget();
  }

  succeeded(account: string): void {
    this.#tries.delete(account);
  }

  #forget(): void {
    for (const [account, { since }] of this.#tries) {
      if (this.now() - since >= this.windowMs) this.#tries.delete(account);
    }
  }
}
