/**
 * Where a trial stands. `admitted`: permits of other bodies are missing; `held`: by a protective hold that nobody has confirmed yet; `assessment`: its term is
 * over, its final report is looked at; `ended`: duties to its users are left; `over`: nothing is.
 */
export const phases = [
  'admission',
  'admitted',
  'running',
  'held',
  'suspended',
  'assessment',
  'ended',
  'transition',
  'over',
] as const;
export type Phase = (typeof phases)[number];

/**
 * In which phases each act is allowed: the whole matrix of state and act. Whoever acts in another phase is refused `PRECONDITION_FAILED` with
 * the phase, and nothing changes. A test walks every field of it.
 */
export const allowedIn = {
  proposeTerms: ['admission'],
  conveneCouncil: ['admission'],
  openCouncil: ['admission'],
  castVote: ['admission'],
  recordPermit: ['admitted'],
  registerKey: ['admitted', 'running', 'held', 'suspended'],
  submitMetrics: ['running', 'held', 'suspended', 'assessment', 'transition'],
  fileReport: ['admitted', 'running', 'held', 'suspended', 'assessment', 'ended', 'transition'],
  reportIncident: ['running', 'held', 'suspended', 'assessment', 'ended', 'transition'],
  recordVisit: ['admitted', 'running', 'held', 'suspended', 'assessment', 'transition'],
  requestAdjustment: ['admitted', 'running', 'suspended'],
  requestExtension: ['running', 'held', 'suspended'],
  requestResumption: ['suspended'],
  suspend: ['running', 'held'],
  resume: ['suspended'],
  fileFinalReport: ['running', 'held', 'suspended'],
  withdraw: ['admitted', 'running', 'held', 'suspended', 'assessment'],
  revoke: ['admitted', 'running', 'held', 'suspended', 'assessment'],
} as const satisfies Record<string, readonly Phase[]>;
export type TrialAct = keyof typeof allowedIn;

export const isAllowed = (act: TrialAct, phase: Phase): boolean => (allowedIn[act] as readonly Phase[]).includes(phase);

/** Nothing may run any more, and nothing is left to decide about running on. */
export const isEnded = (phase: Phase): boolean => phase === 'ended' || phase === 'transition' || phase === 'over';
