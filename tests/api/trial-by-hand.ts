import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type z } from 'zod';
import { type TrialView } from '../../api/schemas/trials.js';
import { startRehearsal } from '../../db/register/business-clock.js';
import { findCaseState } from '../../db/read/case-state.js';
import { type ScopeId } from '../../domain/case/scope.js';
import { type TrialState } from '../../domain/case/trial/state.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { type Reading, type TrialTerms } from '../../domain/law/trial-terms.js';
import { type Instant } from '../../domain/time/instants.js';
import { exampleTrials } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { good, OneTrial, participant } from '../support/one-trial.js';
import { engineDoes, openTask } from './engine-by-hand.js';
import { playedAgain } from './played-again.js';
import { type Answer, type TestApi } from './support.js';

/** Everything in these tests happens on this Monday morning; what was before it was long enough ago for every phase. */
export const now: Instant = at('2026-11-16 09:00');
export const investor = 'investor.besi';

/** Business time stands at `now`; to be called before any case is opened. */
export const standStill = (api: TestApi): Promise<unknown> => startRehearsal(api.pool, 'stepped', now);

/** The key of every trial in memory; in the register each has its own. */
export const keyInMemory = 'MCowBQYDK2VwAyEA';

export type View = z.output<typeof TrialView>;

/** A new public key, as participants give it. */
export const newKey = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** Waits for what must be done. */
export async function done(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
}

/** A trial on the register of this API, and the key of its devices. */
export class RegisteredTrial {
  batch: number;
  measuredTo: Instant;

  constructor(
    private readonly api: TestApi,
    readonly code: string,
    readonly key: KeyObject,
    { metrics }: TrialState,
  ) {
    this.batch = metrics?.batch ?? 0;
    this.measuredTo = metrics?.to ?? at('2026-11-16 08:45');
  }

  async state(): Promise<TrialState & { seq: number }> {
    const state = await findCaseState(this.api.pool, this.code);
    if (!state?.trial) throw new Error(`${this.code} is no trial`);
    return { ...state.trial, seq: state.seq };
  }

  post<T = { code: string; details: Record<string, unknown> }>(act: string, as: string, body: unknown, key?: string) {
    return this.api.call<T>('POST', `/cases/${this.code}/trial/${act}`, {
      as,
      body,
      ...(key !== undefined && { key }),
    });
  }

  get<T>(path = '', as = investor): Promise<Answer<T>> {
    return this.api.call<T>('GET', `/cases/${this.code}/trial${path}`, { as });
  }

  async view(as = investor): Promise<View> {
    const { status, body } = await this.get<View>('', as);
    if (status !== 200) throw new Error(`the trial was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** The code of what is refused, which changes nothing. */
  async refusal(act: string, as: string, body: unknown): Promise<string> {
    const { seq } = await this.state();
    const answer = await this.post(act, as, body);
    if (answer.status < 400) return 'accepted';
    return (await this.state()).seq === seq ? answer.body.code : `${answer.body.code}, and something changed`;
  }

  /** One more batch, as the devices would send it; `change` makes another one of it. */
  batchOf(readings: readonly Partial<Reading>[], change: object = {}) {
    const told = readings.map((one) => ({ at: now, ...one }));
    return { batch: this.batch + 1, from: this.measuredTo, to: now, readings: told, ...change };
  }

  /** Sends these very bytes, signed by `key`. */
  async send<T = { code: string; details: Record<string, unknown> }>(
    batch: unknown,
    { keyId = 'key-1', key = this.key, code = this.code, bodyAlone = false, headers = {} }: Partial<Sending> = {},
  ): Promise<Answer<T>> {
    const raw = typeof batch === 'string' ? batch : JSON.stringify(batch);
    const signed = bodyAlone ? raw : `${code}\n${raw}`;
    const signature = sign(null, Buffer.from(signed), key).toString('base64');
    return this.api.call<T>('POST', `/cases/${code}/trial/metrics`, {
      raw,
      key: null,
      headers: {
        'content-type': 'application/json',
        'trial-key': keyId,
        'trial-signature': signature,
        ...headers,
      },
    });
  }

  /** What the workflow of the case would open. */
  task(key: string, kind: 'hold' | 'incident' | 'trial-request' | 'completion'): Promise<string> {
    return this.state().then(({ supervises, authority }) => {
      const agency = kind === 'hold' || kind === 'incident' ? supervises : authority;
      const role = kind === 'incident' ? 'officer' : 'head';
      return openTask(this.api, this.scope, { key, kind, agency, role, step: null });
    });
  }

  async complete(taskId: string, as: string, body: object): Promise<Answer<{ code: string }>> {
    await this.api.call('POST', `/tasks/${taskId}/claim`, { as });
    return this.api.call('POST', `/tasks/${taskId}/completion`, { as, body });
  }

  get scope(): ScopeId {
    return `case/${this.code}`;
  }

  async over(): Promise<void> {
    await engineDoes(this.api, this.scope, { type: 'closeCase' });
  }
}

interface Sending {
  readonly keyId: string;
  readonly key: KeyObject;
  readonly code: string;
  /** As devices of older releases sign: without the case. */
  readonly bodyAlone: boolean;
  readonly headers: Record<string, string>;
}

/** Sends everything that made this trial in memory through the door of the API, under a code of its own, as its investor. */
export async function register(api: TestApi, one: OneTrial): Promise<RegisteredTrial> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const filing = one.trial.field === exampleTrials.ai.solution.field ? exampleTrials.ai : exampleTrials.drone;
  const code = await playedAgain(api, one.register, {
    investor,
    filing,
    change: (envelope) => envelope.replaceAll(keyInMemory, spki),
  });
  const state = await findCaseState(api.pool, code);
  if (!state?.trial) throw new Error('no trial');
  return new RegisteredTrial(api, code, privateKey, state.trial);
}

const weekly: Partial<TrialTerms> = { reportEvery: { amount: 1, unit: 'week' } };
const openedAt = '2026-08-03 09:00';
const admittedAt = '2026-08-24 09:00';
const leftAt = '2026-11-10 09:00';
const thisMorning = '2026-11-16 08:45';

const filed = (terms: Partial<TrialTerms> = {}, filing = exampleTrials.drone): OneTrial =>
  new OneTrial(openedAt, { filing, terms: { ...weekly, ...terms } });
const begun = (terms?: Partial<TrialTerms>, filing?: typeof exampleTrials.drone): OneTrial => {
  const one = filed(terms, filing).at(admittedAt).start();
  one.at('2026-08-25 09:00').measure(filing === exampleTrials.ai ? { limit: 'users', value: 40 } : good);
  return one;
};
const reported = (one: OneTrial): OneTrial => {
  const lessons = [{ act: 'Luật A', article: 'Điều 1', change: 'cho phép' }];
  one.act(participant, { type: 'fileFinalReport', documentId: null, lessons, figures: { flights: 9 } });
  return one.work();
};
const left = (one: OneTrial): OneTrial => {
  one.at(leftAt).act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'hết vốn' });
  return one;
};

/** A trial in each phase, as it stands this morning, all that fell due before settled. In `admission` it has been appraised. */
export const standing: Readonly<Record<Phase, () => OneTrial>> = {
  admission: () => filed().at(admittedAt).appraise().settle(thisMorning),
  admitted: () => {
    const one = filed().at(admittedAt).admit();
    one.act(participant, { type: 'registerKey', keyId: 'key-1', publicKey: keyInMemory });
    return one.settle(thisMorning);
  },
  running: () => begun().settle(thisMorning),
  held: () => {
    const one = begun().settle(thisMorning);
    one.measure({ limit: 'altitude', value: 230 });
    return one.work();
  },
  suspended: () => standing.held().complete('hold/H1', { outcome: 'confirm', reason: 'quá cao' }),
  assessment: () => reported(begun({ months: 2 }).at('2026-10-12 09:00')).settle(thisMorning),
  ended: () => left(begun()).settle(thisMorning),
  transition: () =>
    reported(begun({ transitionMonths: 6 }, exampleTrials.ai).at(leftAt))
      .complete('completion', { outcome: 'completed', reason: 'đạt' })
      .settle(thisMorning),
  over: () => left(begun({ userDuties: [], reportEvery: { amount: 3, unit: 'month' } })).settle(thisMorning),
};

export const headOfAuthority = 'head.hcmc-committee';
export const headOfSupervisor = 'head.shtp-board';
export const reason = 'vì lý do đã nêu';
