/** The systems of other bodies that the engine talks to, by HTTP under `/{system}`. */
export const systemCodes = [
  'enterprise-registry',
  'identity',
  'national-investment',
  'land-planning',
  'tax',
  'customs',
  'environment',
  'police-fire',
  'police-data',
  'state-bank-branch',
  'message-gateway',
  'public-service-portal',
  'city-procedures',
  'integration-platform',
] as const;

export type SystemCode = (typeof systemCodes)[number];

/** Agency code -> the system that answers its consultations by signed callback. Every other agency answers in our own worklist. */
export const agencySystems: Readonly<Record<string, SystemCode>> = {
  'city-police': 'police-data',
  'city-police-fire': 'police-fire',
  'city-tax': 'tax',
  'customs-region': 'customs',
  dae: 'environment',
  dpa: 'land-planning',
  'land-registration': 'land-planning',
  'state-bank-branch': 'state-bank-branch',
};

/** Where the opinion of an agency comes from: its own system, or an officer in our worklist. */
export function opinionChannel(agency: string): 'system' | 'worklist' {
  return Object.hasOwn(agencySystems, agency) ? 'system' : 'worklist';
}

/** Question answered at once -> the system that knows. `POST /{system}/lookups/{kind}`. */
export const lookupSystems = {
  'name-check': 'enterprise-registry',
  'enterprise-record': 'enterprise-registry',
  'identity-check': 'identity',
  declaration: 'national-investment',
  'project-number': 'national-investment',
  'tax-code': 'tax',
  'tax-registration': 'tax',
  'incentive-record': 'tax',
  message: 'message-gateway',
  'status-update': 'public-service-portal',
  'statuses-held': 'public-service-portal',
  'city-status-update': 'city-procedures',
  'city-statuses-held': 'city-procedures',
  'register-document': 'integration-platform',
} as const satisfies Record<string, SystemCode>;

export type LookupKind = keyof typeof lookupSystems;

/** The systems that show where a dossier stands: how each is told a state, and asked which it holds. */
export const statusSystems = {
  'public-service-portal': { tell: 'status-update', ask: 'statuses-held' },
  'city-procedures': { tell: 'city-status-update', ask: 'city-statuses-held' },
} as const satisfies Partial<Record<SystemCode, { readonly tell: LookupKind; readonly ask: LookupKind }>>;

export type StatusSystem = keyof typeof statusSystems;
export const statusSystemCodes = Object.keys(statusSystems) as StatusSystem[];

/** Automatic step (by its code in the procedure's definition) -> the look-up that does it. Steps named neither here nor in `sendingSteps` need no other body. */
export const stepLookups: Readonly<Record<string, LookupKind>> = {
  'name-check': 'name-check',
  'project-number': 'project-number',
  record: 'incentive-record',
  synchronise: 'tax-registration',
  'tax-code': 'tax-code',
};

/** Automatic step that sends the signed decision on -> the duty of its procedure that names the recipients. */
export const sendingSteps: Readonly<Record<string, string>> = { 'fan-out': 'simultaneous-sending' };

/** Automatic steps that publish what was received: their completion is what `GET /public/publications` lists. */
export const publishingSteps = ['publication', 'public-posting'] as const;

/** Path of a look-up below the base address of the agency systems. */
export function lookupPath(kind: LookupKind): string {
  return `/${lookupSystems[kind]}/lookups/${kind}`;
}

/** Path of a consultation of this system, below the same base address. */
export function consultationPath(system: SystemCode): string {
  return `/${system}/consultations`;
}
