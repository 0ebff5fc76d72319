import type { Delivery } from '../words.js';

/**
 * What one workflow knows: the fold of its own mailbox. Takes deliveries in any order, twice, with gaps, and applies them by contiguity
 * (`prev` is what was delivered before), so that its state is always that of the register at `seen`, for its own scope.
 */
export class ScopeView<State, Event> {
  private last = 0;
  private readonly waiting = new Map<number, Delivery<Event>>();

  /** `apply` folds one event into `state`, in place. */
  constructor(
    readonly state: State,
    private readonly apply: (state: State, event: Event) => void,
  ) {}

  /** Sequence of the last delivery applied. */
  get seen(): number {
    return this.last;
  }

  /** Something came whose predecessor did not: the register has it. */
  get hasGap(): boolean {
    return this.waiting.size > 0;
  }

  take(deliveries: Iterable<Delivery<Event>>): void {
    for (const delivery of deliveries) if (delivery.seq > this.last) this.waiting.set(delivery.prev, delivery);
    for (let next = this.waiting.get(this.last); next; next = this.waiting.get(this.last)) {
      this.waiting.delete(this.last);
      this.apply(this.state, next.event);
      this.last = next.seq;
    }
    for (const [prev, delivery] of this.waiting) if (delivery.seq <= this.last) this.waiting.delete(prev);
  }
}
