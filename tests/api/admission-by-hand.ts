import { randomUUID } from 'node:crypto';
import { businessNow } from '../../db/register/business-clock.js';
import { findCaseState } from '../../db/read/case-state.js';
import { caseScope, consultationScope, procedureScope, type ScopeId } from '../../domain/case/scope.js';
import { admissionCode } from '../../domain/law/admission-code.js';
import { exampleTrials } from '../../seeds/index.js';
import { engineDoes, openTask } from './engine-by-hand.js';
import { type Answer, type Receipt, type TestApi, upload } from './support.js';

export const investor = 'investor.drone';
export const evaluator = 'officer.dost.1';
export const secretary = 'officer.dost.2';
export const signer = 'head.hcmc-committee';
export const experts = ['expert.1', 'expert.2', 'expert.3'] as const;

/** The drone trial over HTTP from its filing to its decision; the test asks for what workflows would ask for. */
export class AdmissionByHand {
  private constructor(
    readonly api: TestApi,
    readonly code: string,
    readonly scope: ScopeId,
  ) {}

  /** Filed by its investor, received, and appraised by everybody who was asked. */
  static async appraised(api: TestApi): Promise<AdmissionByHand> {
    const { status, body } = await api.call<Receipt>('POST', '/cases', { as: investor, body: exampleTrials.drone });
    if (status !== 201) throw new Error(`the filing was answered ${status} ${JSON.stringify(body)}`);
    const procedure = admissionCode('hcmc-res-20-2024-uav');
    const one = new AdmissionByHand(api, body.case, procedureScope(body.case, procedure, 1));
    await engineDoes(api, caseScope(one.code), { type: 'openProcedure', procedure });
    await one.receive(procedure);
    await one.appraise();
    return one;
  }

  private async receive(procedure: string): Promise<void> {
    const state = await this.state();
    const { documents } = this.api.deps.law.current().law.procedureAt(procedure, state.lawAt, state.facts);
    const documentId = await upload(this.api, investor);
    const dossier = documents.map(({ code }) => ({ code, documentId }));
    const path = `/cases/${this.code}/procedures/${procedure}/dossier`;
    await this.must('POST', path, investor, { documents: dossier });
    const intake = { key: 'intake/1', kind: 'intake', agency: 'hcmc-pasc', role: 'receiving-officer' } as const;
    const taskId = await openTask(this.api, this.scope, { ...intake, step: null });
    await this.complete(taskId, 'receiving-officer.hcmc-pasc.1', { outcome: 'receive' });
  }

  private async appraise(): Promise<void> {
    const step = 'completeness-check';
    await engineDoes(this.api, this.scope, {
      ...{ type: 'completeStep', step, outcome: 'complete', by: 'system', reference: null },
    });
    await engineDoes(this.api, this.scope, { type: 'openConsultation', step: 'appraisal' });
    const consultation = consultationScope(this.scope, 1);
    const asked = Object.keys((await this.state()).consultations[consultation]?.opinions ?? {});
    for (const agency of asked) {
      const opinion = { position: 'agree', conditions: [], legalBasis: null, messageId: `m-${agency}` } as const;
      await this.api.deps.door.handle({
        caseCode: this.code,
        command: { type: 'giveOpinion', consultation, agency, ...opinion },
        actor: { kind: 'agency-system', agency },
        occurredAt: await businessNow(this.api.pool),
        operationId: `agency/${agency}/${randomUUID()}`,
        bodyHash: '',
      });
    }
    await engineDoes(this.api, consultation, { type: 'closeConsultation' });
  }

  async state() {
    const found = await findCaseState(this.api.pool, this.code);
    if (!found) throw new Error(`no case ${this.code}`);
    return found;
  }

  async seq(): Promise<number> {
    return (await this.state()).seq;
  }

  /** Opens the task of a step and gives it to somebody. */
  async hold(step: 'evaluation' | 'council' | 'decision', as: string, key = `step/${step}`): Promise<string> {
    const signs = step === 'decision';
    const task = { key, kind: 'step', step, agency: signs ? 'hcmc-committee' : 'dost' } as const;
    const taskId = await openTask(this.api, this.scope, { ...task, role: signs ? 'head' : 'officer' });
    await this.must('POST', `/tasks/${taskId}/claim`, as, undefined);
    return taskId;
  }

  post<T = { code: string; details: Record<string, unknown> }>(act: string, as: string, body: unknown, key?: string) {
    const path = `/cases/${this.code}/trial/${act}`;
    return this.api.call<T>('POST', path, { as, body, ...(key !== undefined && { key }) });
  }

  get<T>(path: string, as: string): Promise<Answer<T>> {
    return this.api.call<T>('GET', `/cases/${this.code}${path}`, { as });
  }

  answer(taskId: string, as: string, body: object): Promise<Answer<{ code: string }>> {
    return this.api.call('POST', `/tasks/${taskId}/completion`, { as, body });
  }

  async complete(taskId: string, as: string, body: object): Promise<void> {
    await this.api.call('POST', `/tasks/${taskId}/claim`, { as });
    await this.must('POST', `/tasks/${taskId}/completion`, as, body);
  }

  /** As `post`, for what must succeed. */
  async does(act: string, as: string, body: unknown): Promise<void> {
    await this.must('POST', `/cases/${this.code}/trial/${act}`, as, body);
  }

  private async must(method: string, path: string, as: string, body: unknown): Promise<void> {
    const { status, body: answer } = await this.api.call(method, path, { as, body });
    if (status !== 200) throw new Error(`${method} ${path} was answered ${status} ${JSON.stringify(answer)}`);
  }

  /** Everything up to the meeting: the conditions proposed, the evaluation done, the council's task in the secretary's hands. */
  async evaluated(terms: object = conditions): Promise<string> {
    const taskId = await this.hold('evaluation', evaluator);
    await this.does('terms', evaluator, { taskId, criteria: this.findings(), terms });
    await this.complete(taskId, evaluator, { outcome: 'done' });
    return this.hold('council', secretary);
  }

  findings() {
    const { criteria } = this.api.deps.law.current().law.settings.sandbox;
    return criteria.map(({ code }) => ({ criterion: code, finding: 'positive' }));
  }

  /** Convened with a chair and members, for tomorrow. */
  async convened(taskId: string, people: readonly string[] = experts): Promise<void> {
    const members = people.map((person, i) => ({ person, role: i === 0 ? 'chair' : 'member' }));
    await this.does('council', secretary, { taskId, members, meetsAt: '2026-07-08T09:00:00+07:00' });
  }
}

const corner = [10.84, 106.79] as const;

/** What an evaluation proposes for the drone trial: one limit narrower than the regime's, one of its own. */
export const conditions = {
  months: 9,
  areas: [
    {
      code: 'corridor-1',
      name: { vi: 'Hành lang bay 1', en: 'Flight corridor 1' },
      site: 'SHTP',
      polygon: [corner, [10.84, 106.81], [10.86, 106.81], [10.86, 106.79]],
    },
  ],
  limits: [
    { code: 'altitude', max: 120, inclusive: true },
    {
      code: 'parcels-a-day',
      name: { vi: 'Số bưu kiện một ngày', en: 'Parcels a day' },
      unit: 'parcel',
      watch: 'telemetry',
      max: 200,
    },
  ],
  dataLocation: 'in-country',
  exemptions: [
    {
      act: 'Luật Phòng không nhân dân số 49/2024/QH15',
      article: 'điều khoản được miễn',
      whom: 'participant',
      scope: 'administrative',
      basis: 'Nghị quyết 20/2024/NQ-HĐND',
    },
  ],
  userDuties: [{ code: 'undelivered', name: { vi: 'Hoàn trả bưu kiện', en: 'Return parcels' }, days: 15 }],
};
