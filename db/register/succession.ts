import { type KeyFault, type KeyPeriod, keyFault } from '../../domain/evidence/key-period.js';
import { type Instant } from '../../domain/time/instants.js';

/** What is asked of a signature in a row of them, each of which builds on the one before. */
interface InSuccession {
  /** Of each key that signed it, when that may; undefined: always. */
  readonly periods: readonly (KeyPeriod | undefined)[];
  /** When it was signed, by its own word. */
  readonly at: Instant;
  /** Whether it is right apart from that: only such a one attests those before it. */
  readonly isRight: boolean;
  /** Somebody else says that it was there. */
  readonly isAttested: boolean;
}

/**
 * Signatures in the order in which they follow from each other. What a key signed that somebody else may have now was there by then where a later one follows from it
 * that another key signed, of which nothing is to be said: what that key signed itself later attests nothing, nor does another stolen one.
 */
export class Succession {
  private unattested: (() => void)[] = [];

  /** The next one; `report` is told what is wrong with its key, at the latest by `end`. */
  take({ periods, at, isRight, isAttested }: InSuccession, report: (fault: KeyFault) => void): void {
    const alone = faultOf(periods, at, false);
    if (alone === undefined) {
      if (isRight) this.unattested = [];
      return;
    }
    const attested = faultOf(periods, at, true);
    if (attested !== undefined) report(attested);
    else if (!isAttested) this.unattested.push(() => report(alone));
  }

  /** No more follow. */
  end(): void {
    for (const report of this.unattested) report();
    this.unattested = [];
  }
}

/** None where one of the keys has none. */
function faultOf(periods: InSuccession['periods'], at: Instant, attested: boolean): KeyFault | undefined {
  const faults = periods.map((period) => period && keyFault(period, at, attested));
  return faults.includes(undefined) ? undefined : faults[0];
}
