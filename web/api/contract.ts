// Made by `npm run page-types` from our OpenAPI document; not written by hand.

export interface Reads {
  '/me': Me;
  '/rehearsal/clock': BusinessClock;
  '/rehearsal/next': NextEvent;
  '/rehearsal/advances/{id}': RehearsalAdvance;
  '/rehearsal/systems': StandIns;
  '/city-data': CityData;
  '/city-data/settings/{code}/schema': CitySettingSchema;
  '/city-data/{kind}/{code}': CityDefinition;
  '/screenings/law': ScreeningLaw;
  '/law-changes': LawChanges;
  '/law-changes/{id}/preview': CityDataPreview;
  '/engine/faults': EngineFaults;
  '/engine/systems': AgencySystems;
  '/cases/{code}/engine': EngineView;
  '/webhooks': Webhooks;
  '/webhooks/{id}': WebhookDetail;
  '/erasures': Erasures;
  '/legal-holds': LegalHolds;
  '/sessions': WebSessions;
  '/security/events': SecurityEvents;
  '/readings': Readings;
  '/tasks': Tasks;
  '/tasks/{id}': Task;
  '/tasks/{id}/presence': Presence;
  '/tasks/{id}/draft': AnswerDraft;
  '/tasks/{id}/drafted': DraftedAnswer;
  '/tasks/{id}/similar': SimilarCases;
  '/notifications': Notifications;
  '/agencies/{agency}/people': Colleagues;
  '/agencies/{agency}/workload': Workload;
  '/delegations': Delegations;
  '/powers-of-attorney': PowersOfAttorney;
  '/condition-subjects': ConditionSubjects;
  '/cases': Cases;
  '/cases/{code}': Case;
  '/cases/{code}/roadmap': Roadmap;
  '/cases/{code}/ledger': Ledger;
  '/cases/{code}/timeline': Timeline;
  '/cases/{code}/statuses': Statuses;
  '/cases/{code}/acts': OfficialActs;
  '/cases/{code}/readings': Readings;
  '/cases/{code}/questions': Questions;
  '/cases/{code}/forms': Forms;
  '/cases/{code}/duties': Duties;
  '/cases/{code}/procedures/{procedure}/consultations': Consultations;
  '/cases/{code}/procedures/{procedure}/extracts': Extracts;
  '/cases/{code}/trial': Trial;
  '/cases/{code}/trial/readings': TrialReadings;
  '/cases/{code}/trial/terms': TrialEvaluationOfCase;
  '/cases/{code}/trial/council': TrialCouncilOfCase;
  '/cases/{code}/trial/council/candidates': CouncilCandidates;
  '/fields': FilingFields;
  '/organisations': Organisations;
  '/drafts': Drafts;
  '/drafts/{id}': Draft;
  '/procedures': Procedures;
  '/procedures/{code}': ProcedureVersions;
  '/pathways': Pathways;
  '/agencies': Agencies;
  '/calendars': Calendars;
  '/public/decisions/{number}': PublicDecision;
  '/public/log': TransparencyLog;
  '/public/signing-keys': PublishedKeys;
  '/public/publications': Publications;
  '/public/trials': PublicTrials;
  '/public/trials/{code}': PublicTrial;
  '/dashboard/summary': DashboardSummary;
  '/dashboard/agencies': DashboardAgencies;
  '/dashboard/automation': DashboardAutomation;
  '/dashboard/sandbox': DashboardSandbox;
  '/dashboard/cuts': DashboardCuts;
  '/dashboard/bottlenecks': DashboardBottlenecks;
  '/dashboard/early-warning': EarlyWarning;
  '/dashboard/bottlenecks/cases': StepCases;
  '/dashboard/figures/{figure}/cases': FigureCases;
  '/instructions': Instructions;
  '/reports': Reports;
  '/targets': Targets;
  '/reports/{id}': Report;
  '/reports/{id}/figures/{figure}/cases': {
    readonly items: readonly {
      readonly case: string;
      readonly value: string | null;
      readonly counted: boolean | null;
    }[];
    readonly next: string | null;
    readonly n: number;
  };
  '/public/reports': PublishedReports;
  '/integrity/questions': IntegrityQuestions;
  '/measures': Measures;
  '/zones': Zones;
  '/lands': Lands;
  '/regimes': Regimes;
  '/regimes/{code}': Regime;
  '/public/figures': PublicFigures;
  '/public/scorecards': Scorecards;
  '/public/open-data/decision-timelines': OpenTimelineSet;
}
export interface Acts {
  '/cases/{code}/procedures/{procedure}/extracts/looks': { body: Readonly<Record<string, never>>; answer: Written };
  '/cases/{code}/procedures/{procedure}/extracts/{document}/consent-withdrawal': {
    body: Readonly<Record<string, never>>;
    answer: Written;
  };
  '/public/case-status': { body: StatusQuestion; answer: PublicStatus };
  '/screenings': { body: GreenLaneFiling; answer: Screening };
  '/regimes/fit': { body: SandboxFiling; answer: FitAnswer };
  '/drafts': { body: NewDraft; answer: Draft };
  '/drafts/{id}': { body: DraftChange; answer: Draft };
  '/drafts/{id}/filing': { body: { readonly signature?: FilingSignatureGiven }; answer: Receipt | TrialReceipt };
  '/drafts/{id}/signature': { body: Readonly<Record<string, never>>; answer: SignedFiling };
  '/organisations': { body: Readonly<Record<string, never>>; answer: Organisations };
  '/organisations/{id}/membership': { body: Readonly<Record<string, never>>; answer: Organisations };
  '/organisations/{id}/invitations': { body: OrganisationMember; answer: Organisations };
  '/organisations/{id}/invitations/acceptance': { body: Readonly<Record<string, never>>; answer: Organisations };
  '/organisations/{id}/invitations/refusal': { body: Readonly<Record<string, never>>; answer: Organisations };
  '/organisations/{id}/members/{person}/role': { body: OrganisationMemberRole; answer: Organisations };
  '/organisations/{id}/members/{person}/departure': { body: Readonly<Record<string, never>>; answer: Organisations };
  '/documents': { body: undefined; answer: Document };
  '/tasks/{id}/claim': { body: Readonly<Record<string, never>>; answer: Written };
  '/tasks/{id}/draft': { body: { readonly fields: Readonly<Record<string, string>> }; answer: AnswerDraft };
  '/notifications/{id}/read': { body: undefined; answer: NotificationRead };
  '/notifications/read-all': { body: ReadAll; answer: NotificationsRead };
  '/rehearsal/advances': { body: AdvanceRequest; answer: RehearsalAdvance };
  '/rehearsal/systems/{system}/switches': { body: StandInRequest; answer: StandIn };
  '/law-changes/{id}/confirmation': { body: undefined; answer: LawChange };
  '/law-changes/{id}/refusal': { body: undefined; answer: LawChange };
  '/calendars/{code}/versions': { body: CalendarPublication; answer: LawChange };
  '/calendars/{code}/preview': { body: CalendarPublication; answer: CalendarPreview };
  '/procedures/{code}/versions': { body: ProcedurePublication; answer: LawChange };
  '/procedures/{code}/preview': { body: ProcedurePublication; answer: ProcedurePreview };
  '/procedures/{code}/migrations': { body: MigrationRequest; answer: Migrations };
  '/law-changes/{id}/withdrawal': { body: DefinitionWithdrawal; answer: LawChange };
  '/city-data/{kind}/{code}/preview': { body: CityDataTrial; answer: CityDataEffect };
  '/city-data/agencies/{code}/versions': { body: AgencyProposal; answer: LawChange };
  '/city-data/pathways/{code}/versions': { body: PathwayProposal; answer: LawChange };
  '/city-data/regimes/{code}/versions': { body: RegimeProposal; answer: LawChange };
  '/webhooks': { body: WebhookRequest; answer: WebhookCreated };
  '/people': { body: PersonJoining; answer: PersonChanged };
  '/people/{id}/move': { body: PersonMoving; answer: PersonChanged };
  '/people/{id}/departure': { body: PersonLeaving; answer: PersonChanged };
  '/people/import': { body: PeopleImport; answer: PeopleImported };
  '/city-data/lists/{code}/versions': { body: CityListProposal; answer: LawChange };
  '/city-data/settings/{code}/versions': { body: CitySettingProposal; answer: LawChange };
  '/webhooks/{id}/confirmation': { body: Readonly<Record<string, never>>; answer: Webhook };
  '/webhooks/{id}/pause': { body: Readonly<Record<string, never>>; answer: Webhook };
  '/webhooks/{id}/resumption': { body: Readonly<Record<string, never>>; answer: Webhook };
  '/webhooks/{id}/replay': { body: WebhookReplay; answer: Webhook };
  '/webhooks/{id}/removal': { body: Readonly<Record<string, never>>; answer: WebhookRemoved };
  '/erasures': { body: ErasureProposal; answer: Erasure };
  '/erasures/runs': { body: ErasureRun; answer: ErasureRunProposed };
  '/erasures/{id}/confirmation': { body: Readonly<Record<string, never>>; answer: Erasure };
  '/erasures/{id}/refusal': { body: Readonly<Record<string, never>>; answer: Erasure };
  '/legal-holds': { body: LegalHoldPlaced; answer: LegalHold };
  '/legal-holds/{id}/lifting': { body: LegalHoldLifted; answer: LegalHold };
  '/sessions/{id}/end': { body: Readonly<Record<string, never>>; answer: SessionEnded };
  '/tasks/{id}/release': { body: Readonly<Record<string, never>>; answer: Written };
  '/tasks/{id}/completion': { body: Completion; answer: Written };
  '/tasks/{id}/supplement-request': { body: SupplementRequest; answer: Written };
  '/tasks/{id}/return': { body: ReturnForRework; answer: Written };
  '/tasks/{id}/reassign': { body: Reassignment; answer: Written };
  '/tasks/bulk-completion': { body: BulkCompletion; answer: BulkResult };
  '/delegations': { body: DelegationRequest; answer: Delegation };
  '/delegations/{id}/acceptance': { body: Readonly<Record<string, never>>; answer: Delegation };
  '/delegations/{id}/refusal': { body: Readonly<Record<string, never>>; answer: Delegation };
  '/delegations/{id}/revocation': { body: Readonly<Record<string, never>>; answer: Delegation };
  '/powers-of-attorney': { body: NewPowerOfAttorney; answer: PowerOfAttorney };
  '/powers-of-attorney/{id}/acceptance': { body: Readonly<Record<string, never>>; answer: PowerOfAttorney };
  '/powers-of-attorney/{id}/refusal': { body: Readonly<Record<string, never>>; answer: PowerOfAttorney };
  '/powers-of-attorney/{id}/revocation': { body: Readonly<Record<string, never>>; answer: PowerOfAttorney };
  '/cases/{code}/procedures/{procedure}/supplements/{requestId}/withdrawal': { body: Withdrawal; answer: Written };
  '/cases/{code}/procedures/{procedure}/supplements/{requestId}/review': { body: ViolationReview; answer: Written };
  '/cases/{code}/procedures/{procedure}/supplements/{requestId}/end': { body: Withdrawal; answer: Written };
  '/cases/{code}/procedures/{procedure}/extension/withdrawal': { body: Withdrawal; answer: Written };
  '/cases/{code}/procedures/{procedure}/extension': { body: Extension; answer: Written };
  '/cases/{code}/procedures/{procedure}/supplements/{requestId}/extension': { body: Extension; answer: Written };
  '/cases/{code}/procedures/{procedure}/consultations/{n}/reopening': { body: Reopening; answer: Written };
  '/cases/{code}/lane-hearings': { body: LaneHearing; answer: Written };
  '/cases/{code}/official-corrections': { body: OfficialFactCorrection; answer: Written };
  '/cases/{code}/interest-declarations': { body: InterestDeclaration; answer: Written };
  '/cases/{code}/procedures/{procedure}/receipt/withdrawal': { body: ReceiptWithdrawal; answer: Written };
  '/cases/{code}/procedures/{procedure}/dossier': { body: DossierFiling; answer: DossierWritten };
  '/cases/{code}/procedures/{procedure}/refiling': { body: DossierFiling; answer: DossierWritten };
  '/cases/{code}/procedures/{procedure}/payment': { body: Payment; answer: Written };
  '/cases/{code}/supplements': { body: SupplementAnswer; answer: Written };
  '/cases/{code}/gates/{gate}': { body: GateEvidence; answer: Written };
  '/cases/{code}/duties/{duty}/fulfilment': { body: DutyFulfilment; answer: Written };
  '/cases/{code}/survey': { body: Survey; answer: Written };
  '/cases/{code}/pin': { body: Readonly<Record<string, never>>; answer: NewPin };
  '/cases/{code}/questions': { body: NewQuestion; answer: Written };
  '/cases/{code}/withdrawal': { body: Withdrawal; answer: Written };
  '/cases/{code}/procedures/{procedure}/conference': { body: ConferenceDecision; answer: Written };
  '/cases/{code}/trial/permits': { body: TrialPermit; answer: Written };
  '/cases/{code}/trial/reports': { body: TrialReport; answer: Written };
  '/cases/{code}/trial/incidents': { body: TrialIncident; answer: Written };
  '/cases/{code}/trial/visits': { body: TrialVisit; answer: Written };
  '/cases/{code}/trial/suspension': { body: TrialReason; answer: Written };
  '/cases/{code}/trial/resumption': { body: TrialReason; answer: Written };
  '/cases/{code}/trial/termination': { body: TrialReason; answer: Written };
  '/cases/{code}/trial/extension': { body: TrialExtension; answer: Written };
  '/cases/{code}/trial/adjustments': { body: TrialAdjustment; answer: Written };
  '/cases/{code}/trial/keys': { body: TrialKey; answer: Written };
  '/cases/{code}/trial/final-report': { body: TrialFinalReport; answer: Written };
  '/cases/{code}/trial/terms': { body: TrialTermsProposal; answer: Written };
  '/cases/{code}/trial/council': { body: CouncilConvocation; answer: Written };
  '/cases/{code}/trial/council/opening': { body: CouncilOpening; answer: Written };
  '/cases/{code}/trial/council/votes': { body: CouncilVote; answer: Written };
  '/cases/{code}/trial/council/interest': { body: InterestDeclaration; answer: Written };
  '/cases/{code}/deferrals': { body: Deferral; answer: Written };
  '/cases/{code}/deferrals/{procedure}/end': { body: Readonly<Record<string, never>>; answer: Written };
  '/cases/{code}/lane-proposals': { body: LaneProposal; answer: Written };
  '/cases/{code}/lane-evidence': { body: LaneEvidenceGiven; answer: Written };
  '/cases/{code}/lane-hearings/answer': { body: LaneStatement; answer: Written };
  '/cases/{code}/procedures/{procedure}/result-changes': { body: ResultChangeProposal; answer: Written };
  '/cases/{code}/result-changes/{change}/statement': { body: ResultStatement; answer: Written };
  '/cases/{code}/corrections': { body: FactCorrection; answer: Written };
  '/cases/{code}/instructions': { body: NewCaseInstruction; answer: Written };
  '/cases/{code}/instructions/{instruction}/date': { body: InstructionDate; answer: Written };
  '/cases/{code}/instructions/{instruction}/withdrawal': { body: InstructionWithdrawal; answer: Written };
  '/instructions': { body: NewInstruction; answer: Instruction };
  '/instructions/{id}/date': { body: InstructionDate; answer: Instruction };
  '/instructions/{id}/withdrawal': { body: InstructionWithdrawal; answer: Instruction };
  '/instructions/{id}/answer': { body: InstructionAnswer; answer: Instruction };
  '/instructions/{id}/closing': { body: Readonly<Record<string, never>>; answer: Instruction };
  '/reports/{id}/chapters/{agency}/signature': { body: ChapterSignature; answer: Report };
  '/targets': { body: NewTarget; answer: Targets };
  '/reports/{id}/gathering': { body: ReportGathering; answer: Report };
  '/reports/{id}/approval': { body: ReportApproval; answer: Report };
  '/reports/{id}/errata': { body: NewErratum; answer: Report };
}

export type AdvanceRequest = { readonly to: string };

export type AgainstBaseline = {
  readonly n: number;
  readonly overall: number | null;
  readonly whole: number | null;
  readonly city: number | null;
};

export type Agencies = { readonly items: readonly Agency[] };

export type Agency = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly abbreviation: string;
  readonly kind: 'city' | 'zone' | 'ward' | 'central';
  readonly commandedByCity: boolean;
  readonly roles: readonly string[];
  readonly calendar: string;
  readonly identifierCode: string | null;
  readonly identifierVerified: boolean;
  readonly parent?: string;
  readonly seat?: { readonly vi: string; readonly en: string };
  readonly address?: string;
  readonly mergedInto?: string;
  readonly formerNames?: readonly {
    readonly name: { readonly vi: string; readonly en: string };
    readonly abbreviation: string;
    readonly until: unknown;
    readonly document: string;
  }[];
  readonly unverified: readonly string[];
  readonly notes: string | null;
};

export type AgencyProposal = {
  readonly data: {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly abbreviation: string;
    readonly kind: 'city' | 'zone' | 'ward' | 'central';
    readonly commandedByCity: boolean;
    readonly roles: readonly string[];
    readonly calendar: string;
    readonly identifierCode: string | null;
    readonly identifierVerified: boolean;
    readonly parent?: string;
    readonly seat?: { readonly vi: string; readonly en: string };
    readonly address?: string;
    readonly mergedInto?: string;
    readonly formerNames?: readonly {
      readonly name: { readonly vi: string; readonly en: string };
      readonly abbreviation: string;
      readonly until: string;
      readonly document: string;
    }[];
    readonly unverified: readonly string[];
    readonly notes: string | null;
  };
  readonly effectiveFrom: string;
  readonly document: string;
};

export type AgencySystems = {
  readonly days: number;
  readonly items: readonly {
    readonly system: string;
    readonly calls: number;
    readonly waiting: number;
    readonly failed: number;
    readonly answeredAt: string | null;
    readonly failedAt: string | null;
    readonly error: string | null;
  }[];
};

export type AnswerDraft = { readonly fields: Readonly<Record<string, string>>; readonly updatedAt: string | null };

export type AskedDossier = {
  readonly kind: 'dossier';
  readonly procedure: string;
  readonly again: boolean;
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly required: boolean;
    readonly given: boolean;
  }[];
  readonly open: boolean;
  readonly missing: readonly string[];
  readonly items: readonly (string | null)[];
  readonly reason: string | null;
  readonly obtained: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
  }[];
};

export type AskedOfInvestor =
  | AskedDossier
  | {
      readonly kind: 'supplement';
      readonly procedure: string;
      readonly requestId: string;
      readonly deadline: string | null;
      readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
      readonly items: readonly (string | null)[];
      readonly reason: string | null;
      readonly inWords: boolean;
    }
  | { readonly kind: 'gate'; readonly gate: string; readonly procedures: readonly string[] }
  | {
      readonly kind: 'payment';
      readonly procedure: string;
      readonly step: string;
      readonly amountVnd: string;
      readonly requestedAt: string;
    }
  | {
      readonly kind: 'refiling';
      readonly procedure: string;
      readonly outcome:
        'approved' | 'refused' | 'refused-at-intake' | 'stopped' | 'withdrawn' | 'receipt-withdrawn' | 'not-needed';
    }
  | {
      readonly kind: 'duty';
      readonly duty: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly dueDate: string;
      readonly overdue: boolean;
    }
  | {
      readonly kind: 'lane-hearing';
      readonly hearing: string;
      readonly predicates: readonly ('high-tech' | 'internationally-linked' | 'needs-priority')[];
      readonly reason: string | null;
      readonly answerBy: string;
    }
  | {
      readonly kind: 'result-hearing';
      readonly procedure: string;
      readonly change: string;
      readonly of: string;
      readonly reason: string | null;
      readonly legalBasis: string | null;
      readonly answerBy: string;
    }
  | {
      readonly kind: 'fact';
      readonly question: string;
      readonly facts: readonly {
        readonly fact: string;
        readonly name: { readonly vi: string; readonly en: string };
        readonly kind: 'code' | 'truth' | 'number';
        readonly values: readonly {
          readonly code: string;
          readonly name: { readonly vi: string; readonly en: string };
        }[];
      }[];
      readonly answerBy: string | null;
    }
  | { readonly kind: 'survey'; readonly procedure: string | null };

export type Budget = { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };

export type BulkCompletion = {
  readonly tasks: readonly { readonly id: string; readonly completion: Completion }[];
  readonly preview?: boolean;
};

export type BulkResult = {
  readonly preview: boolean;
  readonly done: number;
  readonly refused: number;
  readonly results: readonly {
    readonly id: string;
    readonly status: 'done' | 'refused';
    readonly caseSeq: number | null;
    readonly code: string | null;
    readonly title: string | null;
    readonly details: Readonly<Record<string, unknown>> | null;
  }[];
};

export type BusinessClock = { readonly mode: 'real' | 'stepped' | 'ticking'; readonly now: string };

export type Calendar = {
  readonly code: string;
  readonly version: number;
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly weekend: readonly number[];
  readonly weekendBasis: { readonly source: string; readonly verified: boolean };
  readonly daysOff: readonly {
    readonly date: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
    readonly verified: boolean;
    readonly closure?: 'whole-day' | 'half-day';
  }[];
  readonly makeUpDays: readonly {
    readonly date: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
    readonly verified: boolean;
  }[];
  readonly officeHours: readonly { readonly from: string; readonly to: string }[];
  readonly officeHoursBasis: { readonly source: string; readonly verified: boolean };
};

export type CalendarAhead = {
  readonly calendar: string;
  readonly coveredTo: string;
  readonly daysOff: readonly {
    readonly date: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
    readonly verified: boolean;
    readonly closure?: 'whole-day' | 'half-day';
  }[];
  readonly missing: readonly number[];
};

export type CalendarPreview = {
  readonly changed: readonly { readonly date: string; readonly worked: boolean }[];
  readonly to: string;
  readonly looked: number;
  readonly items: readonly {
    readonly case: string;
    readonly procedure: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
};

export type CalendarPublication = {
  readonly code: string;
  readonly version: number;
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly weekend: readonly number[];
  readonly weekendBasis: { readonly source: string; readonly verified: boolean };
  readonly daysOff: readonly {
    readonly date: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
    readonly verified: boolean;
    readonly closure?: 'whole-day' | 'half-day';
  }[];
  readonly makeUpDays: readonly {
    readonly date: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly source: string;
    readonly verified: boolean;
  }[];
  readonly officeHours: readonly { readonly from: string; readonly to: string }[];
  readonly officeHoursBasis: { readonly source: string; readonly verified: boolean };
  readonly document: string;
};

export type Calendars = { readonly items: readonly Calendar[]; readonly ahead: readonly CalendarAhead[] };

export type Case = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly reading: {
    readonly withoutTask: boolean;
    readonly reason: 'coordination' | 'advice' | 'precedent' | 'handover' | 'complaint' | 'inspection' | null;
  } | null;
  readonly signed: FilingSignature | null;
  readonly adjusts: { readonly case: string; readonly procedure: string } | null;
  readonly adjustedBy: readonly string[];
  readonly unreachedByMail: LastMail | null;
  readonly kind: 'green-lane' | 'sandbox';
  readonly status: 'open' | 'approved' | 'refused' | 'withdrawn';
  readonly lane: 'green' | 'standard' | 'undecided' | null;
  readonly pathway: 'standard' | 'special' | 'strategic' | null;
  readonly milestone: 'licence' | 'approvals' | null;
  readonly lawAt: string;
  readonly filedAt: string;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly dueDate: string | null;
  readonly breachedOn: string | null;
  readonly mandatory: { readonly total: number; readonly approved: number };
  readonly baseline: {
    readonly days: number;
    readonly endDate: string;
    readonly cityDays?: number;
    readonly observed?: { readonly days: number; readonly endDate: string; readonly cityDays: number };
    readonly corrected?: {
      readonly stated: { readonly days: number; readonly endDate: string; readonly cityDays: number };
      readonly right: { readonly days: number; readonly endDate: string; readonly cityDays: number };
    };
  } | null;
  readonly target: { readonly days: number; readonly endDate: string } | null;
  readonly ambition: { readonly days: number; readonly endDate: string } | null;
  readonly project: {
    readonly name: { readonly vi: string; readonly en: string };
    readonly field:
      | 'semiconductors'
      | 'electronics'
      | 'data-centres'
      | 'cloud'
      | 'high-performance-computing'
      | 'ai'
      | 'big-data'
      | 'blockchain'
      | 'internet-of-things'
      | 'ict'
      | 'telecommunications'
      | 'satellite-communications'
      | 'software'
      | 'cybersecurity'
      | 'digital-infrastructure'
      | 'digital-content'
      | 'digital-finance'
      | 'digital-logistics'
      | 'maritime-technology'
      | 'marketing-technology'
      | 'automation'
      | 'robotics'
      | 'smart-manufacturing'
      | 'precision-mechanics'
      | 'unmanned-vehicles'
      | 'renewable-energy'
      | 'biotech'
      | 'high-tech-agriculture'
      | 'medical-technology'
      | 'advanced-materials'
      | 'research-and-development'
      | 'other-high-technology';
    readonly summary: { readonly vi: string; readonly en: string };
    readonly site: {
      readonly zone: 'SHTP' | 'HEPZA' | 'DTP' | 'FTZ' | 'IFC' | 'EZ' | 'QTSC' | 'none' | null;
      readonly lot: string | null;
      readonly areaM2: number;
      readonly land: 'leased-factory' | 'infrastructure-sublease' | 'cleared-land' | 'state-land' | 'own-land';
    };
    readonly capital: { readonly totalVnd: string; readonly totalUsd: string | null; readonly foreignShare: number };
    readonly termYears: number;
    readonly construction: boolean;
    readonly feasibilityGroup: 'A' | 'B' | 'C' | null;
    readonly environmentalGroup: 'none' | 'III' | 'II' | 'I' | null;
    readonly importsEquipment: boolean | null;
    readonly foreignExperts: number | null;
    readonly staffAfterThreeYears: number | null;
    readonly restrictedTechnology: boolean | null;
    readonly highTechListed: boolean | null;
    readonly internationallyLinked: boolean | null;
    readonly strategicInvestor: boolean | null;
    readonly keyProjectListed: boolean | null;
    readonly classOneWorks?: boolean | null;
    readonly feasibilityAppraisedByAgency?: boolean | null;
    readonly fireListedWorks?: boolean | null;
    readonly eiaRequired?: boolean | null;
    readonly environmentalPermitShortForm?: boolean | null;
    readonly defenceSensitiveArea?: boolean | null;
    readonly article24Clause?: number | null;
    readonly technologyTransferContract?: boolean | null;
    readonly primeMinisterCase?: boolean | null;
    readonly adjustment?: {
      readonly change: 'name-schedule-address' | 'outside-approval' | 'other';
      readonly licensedBy: 'standard' | 'special' | 'strategic';
      readonly policyApproval?: boolean | null;
    } | null;
  } | null;
  readonly investor: {
    readonly name: string;
    readonly country: string;
    readonly registrationNumber: string | null;
    readonly language: 'vi' | 'en';
  } | null;
  readonly solution: {
    readonly name: { readonly vi: string; readonly en: string };
    readonly summary: { readonly vi: string; readonly en: string };
    readonly field: string;
    readonly sites: readonly {
      readonly zone: 'SHTP' | 'HEPZA' | 'DTP' | 'FTZ' | 'IFC' | 'EZ' | 'QTSC' | 'none';
      readonly area: string;
    }[];
    readonly months: number;
    readonly users: number | null;
    readonly valueVnd: string | null;
    readonly dataLocation: 'none' | 'in-country' | 'abroad' | null;
    readonly crossBorder: boolean | null;
    readonly otherProvinces: boolean | null;
    readonly realUsers: boolean | null;
    readonly directLegalEffect: boolean | null;
    readonly sensitiveData: boolean | null;
    readonly nationalSecuritySystem: boolean | null;
    readonly closedTest: boolean | null;
    readonly canHarm: boolean | null;
    readonly insured: boolean | null;
    readonly regulatedByLaw: boolean | null;
    readonly declared: Readonly<Record<string, number | boolean | string | readonly string[]>>;
    readonly exemptionsSought: readonly { readonly act: string; readonly article: string }[];
  } | null;
  readonly applicant: {
    readonly name: string;
    readonly country: string;
    readonly registrationNumber: string | null;
    readonly language: 'vi' | 'en';
    readonly kind: string;
    readonly operatesInPark: boolean | null;
    readonly smallOrStartUp: boolean | null;
  } | null;
  readonly trial: TrialOfCase | null;
  readonly predicates: readonly Predicate[];
  readonly laneEvidence: readonly LaneEvidence[];
  readonly laneNow: LaneNow | null;
  readonly laneHearings: readonly LaneHearingHeld[];
  readonly factQuestions: readonly FactQuestion[];
  readonly procedures: readonly CaseProcedureNow[];
  readonly asked: readonly AskedOfInvestor[];
  readonly mayFile: readonly AskedDossier[];
  readonly withheldDocuments: readonly string[];
  readonly onBehalfOf: string | null;
  readonly survey: number | null;
};

export type CaseProcedure = {
  readonly procedure: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly attempt: number;
  readonly version: string;
  readonly phase: 'licence' | 'build' | 'operate';
  readonly mandatory: boolean;
  readonly competentAgency: string;
  readonly handlingAgency: string;
  readonly stage: 'awaiting-dossier' | 'intake' | 'processing' | 'decided' | 'closed';
  readonly status: PortalStatus;
  readonly dossierCode: string | null;
  readonly openedAt: string;
  readonly receivedAt: string | null;
  readonly countedFrom: string | null;
  readonly printedDueDate: string | null;
  readonly promisedDate: string | null;
  readonly supplements: readonly Supplement[];
  readonly decision: {
    readonly outcome: 'approved' | 'refused';
    readonly at: string;
    readonly reason: string | null;
    readonly number: string | null;
    readonly content: {
      readonly fields: readonly {
        readonly code: string;
        readonly name: { readonly vi: string; readonly en: string };
        readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
        readonly unit: { readonly vi: string; readonly en: string } | null;
        readonly value: string;
      }[];
      readonly reasons: readonly { readonly text: string; readonly legalBasis: string }[];
    } | null;
  } | null;
  readonly standing: 'in-force' | 'corrected' | 'revoked' | null;
  readonly resultChanges: readonly ResultChange[];
  readonly attachments: readonly {
    readonly documentId: string;
    readonly fileName: string | null;
    readonly agency: string;
    readonly kind:
      | 'intake'
      | 'step'
      | 'opinion'
      | 'by-hand'
      | 'lapse'
      | 'silence'
      | 'lane'
      | 'revocation'
      | 'stuck'
      | 'apology'
      | 'conference'
      | 'statement'
      | 'question'
      | 'fact'
      | 'extract'
      | 'outside'
      | 'result-change'
      | 'fit'
      | 'hold'
      | 'incident'
      | 'trial-request'
      | 'completion'
      | 'signatory'
      | 'instruction';
    readonly step: string | null;
    readonly at: string;
  }[];
  readonly handedOverAt: string | null;
  readonly closedAt: string | null;
  readonly outcome:
    'approved' | 'refused' | 'refused-at-intake' | 'stopped' | 'withdrawn' | 'receipt-withdrawn' | 'not-needed' | null;
};

export type CaseProcedureNow = {
  readonly procedure: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly attempt: number;
  readonly version: string;
  readonly phase: 'licence' | 'build' | 'operate';
  readonly mandatory: boolean;
  readonly competentAgency: string;
  readonly handlingAgency: string;
  readonly stage: 'awaiting-dossier' | 'intake' | 'processing' | 'decided' | 'closed';
  readonly status: PortalStatus;
  readonly dossierCode: string | null;
  readonly openedAt: string;
  readonly receivedAt: string | null;
  readonly countedFrom: string | null;
  readonly printedDueDate: string | null;
  readonly promisedDate: string | null;
  readonly supplements: readonly Supplement[];
  readonly decision: {
    readonly outcome: 'approved' | 'refused';
    readonly at: string;
    readonly reason: string | null;
    readonly number: string | null;
    readonly content: {
      readonly fields: readonly {
        readonly code: string;
        readonly name: { readonly vi: string; readonly en: string };
        readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
        readonly unit: { readonly vi: string; readonly en: string } | null;
        readonly value: string;
      }[];
      readonly reasons: readonly { readonly text: string; readonly legalBasis: string }[];
    } | null;
  } | null;
  readonly standing: 'in-force' | 'corrected' | 'revoked' | null;
  readonly resultChanges: readonly ResultChange[];
  readonly attachments: readonly {
    readonly documentId: string;
    readonly fileName: string | null;
    readonly agency: string;
    readonly kind:
      | 'intake'
      | 'step'
      | 'opinion'
      | 'by-hand'
      | 'lapse'
      | 'silence'
      | 'lane'
      | 'revocation'
      | 'stuck'
      | 'apology'
      | 'conference'
      | 'statement'
      | 'question'
      | 'fact'
      | 'extract'
      | 'outside'
      | 'result-change'
      | 'fit'
      | 'hold'
      | 'incident'
      | 'trial-request'
      | 'completion'
      | 'signatory'
      | 'instruction';
    readonly step: string | null;
    readonly at: string;
  }[];
  readonly handedOverAt: string | null;
  readonly closedAt: string | null;
  readonly outcome:
    'approved' | 'refused' | 'refused-at-intake' | 'stopped' | 'withdrawn' | 'receipt-withdrawn' | 'not-needed' | null;
  readonly now: Standing | null;
};

export type CaseSummary = {
  readonly case: string;
  readonly kind: 'green-lane' | 'sandbox';
  readonly status: 'open' | 'approved' | 'refused' | 'withdrawn';
  readonly lane: 'green' | 'standard' | 'undecided' | null;
  readonly pathway: 'standard' | 'special' | 'strategic' | null;
  readonly trial: TrialStanding | null;
  readonly name: { readonly vi: string; readonly en: string } | null;
  readonly filedAt: string;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly dueDate: string | null;
  readonly breachedOn: string | null;
  readonly mandatory: { readonly total: number; readonly approved: number };
  readonly onBehalfOf: string | null;
  readonly caseSeq: number;
};

export type Cases = { readonly items: readonly CaseSummary[]; readonly next: string | null };

export type CertificateOfDestruction = {
  readonly content: {
    readonly format: 'luong-xanh/destruction/1';
    readonly order: string;
    readonly kind: 'person' | 'case' | 'document' | 'text';
    readonly ref: string;
    readonly askedBy: string;
    readonly basis: string;
    readonly proposedBy: string;
    readonly confirmedBy: string;
    readonly at: string;
    readonly rows: Readonly<Record<string, number>>;
    readonly files: number;
  };
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
};

export type ChapterSignature = { readonly text: string; readonly figuresHash: string };

export type CityData = {
  readonly lists: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly entries: readonly {
      readonly number: string;
      readonly subject?: { readonly vi: string; readonly en: string };
      readonly organisation: string | null;
      readonly from: string;
      readonly to: string | null;
      readonly document: string;
    }[];
  }[];
  readonly settings: Readonly<Record<string, unknown>>;
};

export type CityDataEffect = {
  readonly looked: number;
  readonly items: readonly {
    readonly case: string;
    readonly effects: readonly (
      | 'reminders-move'
      | 'promise-printed'
      | 'evidence-appears'
      | 'evidence-ends'
      | 'agency-works-here'
      | 'work-moves'
      | 'pathway-kept'
      | 'regime-kept'
      | 'dates-move'
      | 'version-kept'
    )[];
  }[];
  readonly merger: {
    readonly into: string;
    readonly tasks: number;
    readonly cases: number;
    readonly people: readonly {
      readonly id: string;
      readonly name: string;
      readonly role: 'receiving-officer' | 'officer' | 'head';
      readonly becomes: 'receiving-officer' | 'officer' | 'head';
    }[];
  } | null;
  readonly next: string | null;
  readonly asOf: string;
};

export type CityDataPreview = {
  readonly change: LawChange;
  readonly data: unknown;
  readonly replaces: unknown;
  readonly looked: number;
  readonly items: readonly {
    readonly case: string;
    readonly effects: readonly (
      | 'reminders-move'
      | 'promise-printed'
      | 'evidence-appears'
      | 'evidence-ends'
      | 'agency-works-here'
      | 'work-moves'
      | 'pathway-kept'
      | 'regime-kept'
      | 'dates-move'
      | 'version-kept'
    )[];
  }[];
  readonly merger: {
    readonly into: string;
    readonly tasks: number;
    readonly cases: number;
    readonly people: readonly {
      readonly id: string;
      readonly name: string;
      readonly role: 'receiving-officer' | 'officer' | 'head';
      readonly becomes: 'receiving-officer' | 'officer' | 'head';
    }[];
  } | null;
  readonly next: string | null;
  readonly asOf: string;
};

export type CityDataTrial = { readonly data: unknown };

export type CityDefinition = {
  readonly kind: 'agencies' | 'pathways' | 'regimes';
  readonly code: string;
  readonly data: unknown;
};

export type CityListProposal = {
  readonly data: {
    readonly code: 'key-projects' | 'high-technologies' | 'memoranda' | 'strategic-investors';
    readonly name: { readonly vi: string; readonly en: string };
    readonly entries: readonly {
      readonly number: string;
      readonly subject?: { readonly vi: string; readonly en: string };
      readonly organisation: string | null;
      readonly from: string;
      readonly to: string | null;
      readonly document: string;
    }[];
  };
  readonly effectiveFrom: string;
  readonly document: string;
};

export type CitySettingProposal = { readonly data: unknown; readonly effectiveFrom: string; readonly document: string };

export type CitySettingSchema = {
  readonly code:
    | 'promulgation'
    | 'ladders'
    | 'conference'
    | 'conditionSubjects'
    | 'fees'
    | 'notices'
    | 'reports'
    | 'evaluations'
    | 'taskDays'
    | 'delegation'
    | 'automation'
    | 'calendarAhead'
    | 'observed'
    | 'sandbox'
    | 'registers';
  readonly schema: Readonly<Record<string, unknown>>;
};

export type Clock = {
  readonly state: 'running' | 'suspended' | 'stopped';
  readonly consumed: number;
  readonly discarded: number;
  readonly suspendedDays: number;
  readonly dueDate: string | null;
  readonly breachedOn: string | null;
  readonly budget: Budget;
  readonly remaining: number;
  readonly dueIfReturned: string | null;
  readonly countedThrough: string | null;
};

export type ClockEntry = {
  readonly type:
    'start' | 'suspend' | 'resume' | 'restart' | 'extend' | 'redate' | 'stop' | 'annul-suspension' | 'annul-extension';
  readonly at: string;
  readonly days?: number;
  readonly ground?: string;
  readonly broken?: readonly { readonly amount: number; readonly dueDate: string; readonly breachedOn: string }[];
};

export type Colleagues = {
  readonly agency: string;
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly role:
      | 'investor'
      | 'representative'
      | 'receiving-officer'
      | 'officer'
      | 'head'
      | 'leader'
      | 'expert'
      | 'auditor'
      | 'admin'
      | 'operator';
    readonly absentUntil: string | null;
    readonly standIn: { readonly id: string; readonly name: string } | null;
  }[];
};

export type Completion = {
  readonly outcome:
    | 'receive'
    | 'complete'
    | 'refuse'
    | 'done'
    | 'approve'
    | 'agree'
    | 'agree-with-conditions'
    | 'needs-supplement'
    | 'object'
    | 'continue'
    | 'stop'
    | 'treat-as-agreed'
    | 'proceed-without'
    | 'green'
    | 'standard'
    | 'revoke'
    | 'keep'
    | 'send'
    | 'not-needed'
    | 'decide'
    | 'refer'
    | 'by-link'
    | 'in-place'
    | 'in-writing'
    | 'answer'
    | 'confirm'
    | 'register-stands'
    | 'filed-stands'
    | 'settled'
    | 'not-ours'
    | 'issue'
    | 'fits'
    | 'does-not-fit'
    | 'lift'
    | 'examined'
    | 'grant'
    | 'completed'
    | 'failed'
    | 'name';
  readonly reason?: string;
  readonly items?: readonly string[];
  readonly conditions?: readonly {
    readonly subject: string;
    readonly direction: 'requires' | 'forbids' | 'limits';
    readonly value?: string;
  }[];
  readonly legalBasis?: string;
  readonly reference?: string;
  readonly newDate?: string;
  readonly resolutions?: readonly { readonly issue: string; readonly upholds: string | null }[];
  readonly dissent?: readonly { readonly agency: string; readonly reason: string }[];
  readonly signatory?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly findings?: readonly {
    readonly predicate: 'high-tech' | 'internationally-linked' | 'needs-priority';
    readonly verdict: 'yes' | 'no';
    readonly basis: string | null;
    readonly reason: string;
  }[];
  readonly content?: {
    readonly seen: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly reasons?: readonly { readonly text: string; readonly legalBasis: string }[];
  };
  readonly attachments?: readonly { readonly documentId: string }[];
  readonly finding?: {
    readonly damage: 'none' | 'own' | 'state' | 'third-party';
    readonly cause: 'objective' | 'subjective' | 'undetermined';
    readonly exempt: boolean;
  };
};

export type ConditionOfOpinion = {
  readonly subject: string;
  readonly subjectName: { readonly vi: string; readonly en: string } | null;
  readonly direction: 'requires' | 'forbids' | 'limits';
  readonly value: string | null;
  readonly valueName: { readonly vi: string; readonly en: string } | null;
  readonly unit: string | null;
};

export type ConditionSubjects = {
  readonly items: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly value: 'none' | 'number' | 'choice';
    readonly unit: string | null;
    readonly choices: readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[];
    readonly basis: string;
    readonly verified: boolean;
  }[];
};

export type Conference = {
  readonly consultation: number;
  readonly chair: string;
  readonly chairName: { readonly vi: string; readonly en: string };
  readonly chairIsParty: boolean;
  readonly referred: {
    readonly from: string;
    readonly fromName: { readonly vi: string; readonly en: string };
    readonly at: string;
    readonly reason: string | null;
  } | null;
  readonly statements: readonly {
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly task: string | null;
    readonly at: string | null;
    readonly attendance: 'by-link' | 'in-place' | 'in-writing' | null;
    readonly statement: string | null;
    readonly dissent: string | null;
  }[];
  readonly openedAt: string;
  readonly dueDate: string;
  readonly decidedAt: string | null;
  readonly issues: readonly ConflictIssue[];
  readonly dissent: readonly {
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly reason: string | null;
  }[];
  readonly reason: string | null;
};

export type ConferenceDecision = {
  readonly resolutions: readonly { readonly issue: string; readonly upholds: string | null }[];
  readonly dissent?: readonly { readonly agency: string; readonly reason: string }[];
  readonly reason: string;
};

export type ConflictIssue = {
  readonly id: string;
  readonly kind: 'objection' | 'contradiction';
  readonly agencies: readonly string[];
  readonly subject: string | null;
  readonly subjectName: { readonly vi: string; readonly en: string } | null;
  readonly options: readonly {
    readonly upholds: string | null;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
    readonly position: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object' | null;
    readonly conditions: readonly ConditionOfOpinion[];
    readonly legalBasis: string | null;
    readonly reason: string | null;
    readonly content: OpinionContent | null;
  }[];
  readonly resolution: { readonly upholds: string | null } | null;
};

export type Consultation = {
  readonly n: number;
  readonly step: string;
  readonly stepName: { readonly vi: string; readonly en: string } | null;
  readonly lead: string;
  readonly leadName: { readonly vi: string; readonly en: string };
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly opinions: readonly OpinionAgenda[];
  readonly reopenings: readonly {
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly at: string;
    readonly reason: string | null;
  }[];
  readonly conference: Conference | null;
};

export type Consultations = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly procedure: string;
  readonly attempt: number;
  readonly items: readonly Consultation[];
};

export type CorrectedPassage = { readonly was: string | null; readonly is: string | null };

export type CouncilCandidates = {
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
  }[];
};

export type CouncilConvocation = {
  readonly taskId: string;
  readonly members: readonly { readonly person: string; readonly role: 'chair' | 'member' }[];
  readonly meetsAt: string;
};

export type CouncilOpening = { readonly taskId: string; readonly present: readonly string[] };

export type CouncilVote = { readonly vote: 'for' | 'against' | 'abstain'; readonly reason?: string };

export type CutFigures = {
  readonly opened: number | null;
  readonly licensed: Spread | null;
  readonly reduction: {
    readonly n: number;
    readonly whole: number | null;
    readonly city: number | null;
    readonly overall: number | null;
    readonly atLeast30: Part;
  } | null;
  readonly onTime: Part;
  readonly overdueNow: number;
  readonly capital: FigureSum | null;
  readonly jobs: FigureSum | null;
  readonly fdi: FigureSum | null;
};

export type DashboardAgencies = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly items: readonly {
    readonly agency: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly onTime: Part;
    readonly holding: Spread;
    readonly priority: { readonly green: Spread; readonly standard: Spread; readonly cost: number | null };
    readonly tasks: { readonly open: number; readonly overdue: number };
    readonly procedures: {
      readonly open: number;
      readonly overdue: number;
      readonly atRisk30: number;
      readonly missed30: number;
    };
    readonly opinions: { readonly inTime: Part; readonly late: number; readonly silent: number };
    readonly returned: number;
    readonly counterReturns: number;
    readonly receptionsRefused: number;
    readonly extensions: number;
    readonly suspensions: { readonly n: number; readonly days: number };
  }[];
};

export type DashboardAutomation = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly definitions: {
    readonly process: { readonly vi: string; readonly en: string };
    readonly dossier: { readonly vi: string; readonly en: string };
    readonly plan: { readonly vi: string; readonly en: string };
    readonly target: { readonly vi: string; readonly en: string };
  };
  readonly processes: {
    readonly n: number;
    readonly full: number;
    readonly partly: number;
    readonly none: number;
    readonly share: number | null;
    readonly target: number;
    readonly met: boolean | null;
  };
  readonly dossiers: {
    readonly n: number;
    readonly automatic: number;
    readonly partly: number;
    readonly manual: number;
    readonly shareAutomatic: number | null;
    readonly shareWithMachine: number | null;
  };
  readonly items: readonly {
    readonly procedure: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly version: string;
    readonly automation: 'full' | 'partly' | 'none' | null;
    readonly done: { readonly byMachine: number; readonly assisted: number; readonly byPerson: number };
    readonly plan: {
      readonly automation: 'full' | 'partly' | 'none';
      readonly full: number;
      readonly assisted: number;
      readonly manual: number;
    };
    readonly dossiers: {
      readonly n: number;
      readonly automatic: number;
      readonly partly: number;
      readonly manual: number;
      readonly shareAutomatic: number | null;
      readonly shareWithMachine: number | null;
    };
  }[];
};

export type DashboardBottlenecks = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly definition: { readonly vi: string; readonly en: string };
  readonly steps: readonly {
    readonly procedure: string;
    readonly step: string;
    readonly agency: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly stepName: { readonly vi: string; readonly en: string };
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly waiting: Spread;
    readonly working: Spread;
    readonly saving: number;
    readonly arrived: number;
    readonly finished: number;
    readonly queue: number;
    readonly unclaimed: number;
    readonly oldestSince: string | null;
  }[];
  readonly clauses: readonly {
    readonly clause: string | null;
    readonly ground: string;
    readonly n: number;
    readonly days: number;
  }[];
  readonly variants: readonly {
    readonly path: readonly {
      readonly procedure: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly outcome: string;
    }[];
    readonly n: number;
    readonly grossDays: Spread;
  }[];
};

export type DashboardCuts = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly by: 'none' | 'lane' | 'pathway' | 'field' | 'country' | 'zone' | 'investor' | 'agency';
  readonly periods: readonly { readonly from: string | null; readonly to: string }[];
  readonly figures: readonly {
    readonly figure: 'opened' | 'licensed' | 'reduction' | 'onTime' | 'overdueNow' | 'capital' | 'jobs' | 'fdi';
    readonly measure: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly definition: { readonly vi: string; readonly en: string };
  }[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly heads: readonly string[];
    readonly periods: readonly CutFigures[];
  }[];
};

export type DashboardSandbox = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly indicator: {
    readonly enterprisesRegistered: number;
    readonly dossiersFiled: number;
    readonly modelsTested: number;
  };
  readonly trials: {
    readonly dossiersFiled: number;
    readonly enterprisesFiled: number;
    readonly trialsAdmitted: number;
    readonly enterprisesAdmitted: number;
    readonly refused: number;
    readonly withdrawnBefore: number;
    readonly ended: {
      readonly completed: number;
      readonly failed: number;
      readonly revoked: number;
      readonly withdrawn: number;
      readonly expired: number;
    };
    readonly daysToDecision: Spread;
  };
  readonly now: {
    readonly inAdmission: number;
    readonly admitted: number;
    readonly running: number;
    readonly held: number;
    readonly suspended: number;
    readonly inAssessment: number;
    readonly inTransition: number;
    readonly reportsOverdue: number;
  };
  readonly holds: {
    readonly placed: number;
    readonly open: number;
    readonly confirmed: number;
    readonly lifted: number;
    readonly unconfirmed: number;
  };
  readonly incidents: {
    readonly minor: number;
    readonly serious: number;
    readonly critical: number;
    readonly unreported: number;
    readonly late: number;
  };
  readonly reports: { readonly due: number; readonly inTime: number; readonly late: number };
  readonly lessons: readonly { readonly act: string; readonly article: string; readonly trials: number }[];
  readonly byRegime: readonly {
    readonly regime: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly dossiersFiled: number;
    readonly enterprisesFiled: number;
    readonly trialsAdmitted: number;
    readonly enterprisesAdmitted: number;
    readonly refused: number;
    readonly withdrawnBefore: number;
    readonly ended: {
      readonly completed: number;
      readonly failed: number;
      readonly revoked: number;
      readonly withdrawn: number;
      readonly expired: number;
    };
    readonly daysToDecision: Spread;
    readonly now: {
      readonly inAdmission: number;
      readonly admitted: number;
      readonly running: number;
      readonly held: number;
      readonly suspended: number;
      readonly inAssessment: number;
      readonly inTransition: number;
      readonly reportsOverdue: number;
    };
  }[];
  readonly byField: readonly {
    readonly field: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly dossiersFiled: number;
    readonly enterprisesFiled: number;
    readonly trialsAdmitted: number;
    readonly enterprisesAdmitted: number;
    readonly refused: number;
    readonly withdrawnBefore: number;
    readonly ended: {
      readonly completed: number;
      readonly failed: number;
      readonly revoked: number;
      readonly withdrawn: number;
      readonly expired: number;
    };
    readonly daysToDecision: Spread;
    readonly now: {
      readonly inAdmission: number;
      readonly admitted: number;
      readonly running: number;
      readonly held: number;
      readonly suspended: number;
      readonly inAssessment: number;
      readonly inTransition: number;
      readonly reportsOverdue: number;
    };
  }[];
};

export type DashboardSummary = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly definitions: {
    readonly spread: { readonly vi: string; readonly en: string };
    readonly time: { readonly vi: string; readonly en: string };
    readonly reduction: { readonly vi: string; readonly en: string };
    readonly reductionWhole: { readonly vi: string; readonly en: string };
    readonly reductionCity: { readonly vi: string; readonly en: string };
    readonly baselineLaw: { readonly vi: string; readonly en: string };
    readonly baselineObserved: { readonly vi: string; readonly en: string };
    readonly againstLaw: { readonly vi: string; readonly en: string };
    readonly againstObserved: { readonly vi: string; readonly en: string };
    readonly interval: { readonly vi: string; readonly en: string };
    readonly bound: { readonly vi: string; readonly en: string };
    readonly control: { readonly vi: string; readonly en: string };
    readonly peers: { readonly vi: string; readonly en: string };
    readonly beside: { readonly vi: string; readonly en: string };
    readonly refilings: { readonly vi: string; readonly en: string };
    readonly onTime: { readonly vi: string; readonly en: string };
    readonly onTimeStrict: { readonly vi: string; readonly en: string };
    readonly overdueNow: { readonly vi: string; readonly en: string };
    readonly targets: { readonly vi: string; readonly en: string };
    readonly onceOnly: { readonly vi: string; readonly en: string };
  };
  readonly cases: {
    readonly opened: number;
    readonly open: number;
    readonly approved: number;
    readonly approvedInPart: number;
    readonly refused: number;
    readonly withdrawn: number;
    readonly lanes: readonly {
      readonly lane: string;
      readonly opened: number;
      readonly open: number;
      readonly approved: number;
      readonly approvedInPart: number;
      readonly refused: number;
      readonly withdrawn: number;
    }[];
  };
  readonly timeToLicense: { readonly net: Spread; readonly gross: Spread };
  readonly timeToBuild: { readonly net: Spread; readonly gross: Spread };
  readonly timePerProcedure: {
    readonly net: Spread;
    readonly gross: Spread;
    readonly procedures: readonly {
      readonly procedure: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly net: Spread;
      readonly gross: Spread;
      readonly onTime: Part;
      readonly onTimeStrict: Part;
      readonly overdueNow: number;
      readonly within30: Part;
      readonly within40: Part;
    }[];
  };
  readonly reduction: {
    readonly commitment: number;
    readonly ambition: number;
    readonly all: Reduction;
    readonly verified: Reduction;
    readonly unverified: Reduction;
    readonly baseline: 'law' | 'observed' | 'mixed';
    readonly against: { readonly law: AgainstBaseline; readonly observed: AgainstBaseline };
    readonly interval: { readonly low: number; readonly high: number } | null;
    readonly bound: {
      readonly n: number;
      readonly mean: number | null;
      readonly overall: number | null;
      readonly atLeast30: Part;
      readonly atLeast40: Part;
    };
    readonly control: {
      readonly n: number;
      readonly mean: number | null;
      readonly median: number | null;
      readonly overall: number | null;
      readonly atLeast30: Part;
      readonly atLeast40: Part;
      readonly whole: OneReduction;
      readonly city: OneReduction;
    };
    readonly peers: Spread;
    readonly unverifiedCases: {
      readonly n: number;
      readonly items: readonly { readonly case: string; readonly figures: readonly string[] }[];
    };
    readonly excluded: {
      readonly n: number;
      readonly reasons: readonly {
        readonly reason:
          | 'adjustment'
          | 'calendar-unknown'
          | 'city-baseline-short'
          | 'city-baseline-unknown'
          | 'deferred'
          | 'facts-open'
          | 'lane-undecided'
          | 'no-baseline'
          | 'refused'
          | 'result-revoked'
          | 'standard-lane'
          | 'withdrawn';
        readonly n: number;
      }[];
      readonly items: readonly {
        readonly case: string;
        readonly reasons: readonly (
          | 'adjustment'
          | 'calendar-unknown'
          | 'city-baseline-short'
          | 'city-baseline-unknown'
          | 'deferred'
          | 'facts-open'
          | 'lane-undecided'
          | 'no-baseline'
          | 'refused'
          | 'result-revoked'
          | 'standard-lane'
          | 'withdrawn'
        )[];
      }[];
    };
  };
  readonly beside: {
    readonly openPastBaseline: number;
    readonly breachesOpen: number;
    readonly casesWithBrokenTerms: number;
    readonly refiledCases: number;
    readonly withdrawnAfterBreach: number;
    readonly approvedInPart: number;
    readonly laneDecidedLate: number;
    readonly counterReturns: number;
    readonly receptionsRefused: number;
    readonly extensions: number;
    readonly resultsCorrected: number;
    readonly suspensions: readonly { readonly ground: string; readonly n: number; readonly days: number }[];
  };
  readonly targets: {
    readonly atRisk30: number;
    readonly missed30: number;
    readonly atRisk40: number;
    readonly missed40: number;
    readonly items: readonly {
      readonly case: string;
      readonly procedure: string;
      readonly attempt: number;
      readonly agency: string;
      readonly target30: 'at-risk' | 'missed' | null;
      readonly target30Due: string | null;
      readonly target40: 'at-risk' | 'missed' | null;
      readonly target40Due: string | null;
    }[];
  };
  readonly onTime: Part;
  readonly onTimeStrict: Part;
  readonly overdueNow: number;
  readonly within30: Part;
  readonly within40: Part;
  readonly extensions: number;
  readonly supplements: number;
  readonly fdi: {
    readonly n: number;
    readonly usd: string | null;
    readonly vnd: string | null;
    readonly withoutUsd: number;
  };
  readonly satisfaction: { readonly mean: number | null; readonly responseRate: Part; readonly atLeast4: Part };
  readonly onceOnly: { readonly documents: number; readonly notAsked: number; readonly share: number | null };
  readonly filedOnline: Part;
};

export type Deferral = { readonly procedure: string; readonly until?: string | null; readonly reason: string };

export type DefinitionWithdrawal = { readonly reason: string };

export type Delegation = {
  readonly id: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly delegate: { readonly id: string; readonly name: string };
  readonly agency: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly status: 'asked' | 'accepted' | 'declined' | 'ended';
  readonly acceptedAt: string | null;
  readonly declinedAt: string | null;
  readonly revokedAt: string | null;
  readonly notedBy: string | null;
};

export type DelegationRequest = {
  readonly person?: string;
  readonly delegate: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
};

export type Delegations = { readonly items: readonly Delegation[] };

export type Document = {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType:
    | 'application/pdf'
    | 'image/png'
    | 'image/jpeg'
    | 'image/tiff'
    | 'image/heic'
    | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedAt: string;
  readonly remark: 'password-protected' | 'no-pages' | 'unreadable' | 'not-looked-into' | null;
};

export type DossierCheck = {
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly required: boolean;
    readonly source: string | null;
    readonly given: boolean;
  }[];
  readonly missing: readonly string[];
};

export type DossierFiling = { readonly documents: readonly DossierItem[] };

export type DossierGiven = {
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly required: boolean;
    readonly source: string | null;
    readonly given: boolean;
  }[];
  readonly missing: readonly string[];
  readonly procedure: string;
};

export type DossierItem =
  { readonly code: string; readonly documentId: string } | { readonly code: string; readonly obtainedFrom: string };

export type DossierWritten = {
  readonly case: string;
  readonly caseSeq: number;
  readonly procedure: string;
  readonly dossier: DossierCheck;
};

export type Draft = {
  readonly id: string;
  readonly owner: string;
  readonly version: number;
  readonly status: 'open' | 'filed' | 'discarded';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly case: string | null;
  readonly content: Readonly<Record<string, unknown>> | null;
};

export type DraftChange = { readonly version: number; readonly content: Readonly<Record<string, unknown>> };

export type DraftSummary = {
  readonly id: string;
  readonly owner: string;
  readonly version: number;
  readonly status: 'open' | 'filed' | 'discarded';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly case: string | null;
  readonly kind: 'green-lane' | 'sandbox';
  readonly name: string | null;
};

export type DraftedAnswer = {
  readonly asOf: string;
  readonly sentences: readonly {
    readonly text: { readonly vi: string; readonly en: string };
    readonly source: {
      readonly kind: 'fact' | 'document' | 'page' | 'step' | 'opinion' | 'conference' | 'clause';
      readonly of: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly page?: number;
    };
  }[];
};

export type Drafts = { readonly items: readonly DraftSummary[]; readonly next: string | null };

export type Duties = { readonly case: string; readonly items: readonly Duty[] };

export type Duty = {
  readonly id: string;
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly legalBasis: string;
  readonly verified: boolean;
  readonly on: 'investor' | 'agency';
  readonly agency: string | null;
  readonly procedure: string | null;
  readonly dueDate: string | null;
  readonly since: string;
  readonly status: 'open' | 'overdue' | 'met';
  readonly metAt: string | null;
};

export type DutyFulfilment = { readonly evidence: { readonly documentId: string } | { readonly reference: string } };

export type EarlyWarning = {
  readonly asOf: string;
  readonly definition: { readonly vi: string; readonly en: string };
  readonly leastHistory: number;
  readonly leastForecasts: number;
  readonly reliability: {
    readonly n: number;
    readonly brier: number | null;
    readonly constant: number | null;
    readonly bins: readonly {
      readonly from: number;
      readonly to: number;
      readonly n: number;
      readonly forecast: number;
      readonly missed: number;
    }[];
    readonly withheld: 'little-history' | 'no-better' | null;
  };
  readonly open: number;
  readonly unknown: number;
  readonly items: readonly {
    readonly case: string;
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly attempt: number;
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly chance: number;
    readonly promisedOn: string | null;
    readonly alike: { readonly by: 'agency-and-load' | 'agency' | 'procedure'; readonly n: number };
    readonly act: {
      readonly act: 'take' | 'finish';
      readonly task: string;
      readonly stepName: { readonly vi: string; readonly en: string };
      readonly agencyName: { readonly vi: string; readonly en: string };
      readonly claimedBy: { readonly name: string | null } | null;
      readonly days: number;
      readonly chance: number;
    } | null;
  }[];
};

export type EngineFaults = {
  readonly faults: readonly {
    readonly reader: string;
    readonly case: string;
    readonly event: number | null;
    readonly error: string;
    readonly attempts: number;
    readonly notBefore: string;
    readonly firstAt: string;
    readonly lastAt: string;
  }[];
  readonly messages: readonly {
    readonly person: string;
    readonly channel: 'mail' | 'sms';
    readonly error: string;
    readonly attempts: number;
    readonly at: string;
    readonly cases: readonly string[];
  }[];
};

export type EngineScope = {
  readonly scope: string;
  readonly kind: 'case' | 'trial' | 'procedure' | 'consultation';
  readonly generation: number;
  readonly lastSeq: number;
  readonly sentSeq: number;
  readonly doneSeq: number;
  readonly nextAt: string | null;
  readonly closed: boolean;
  readonly attempts: number;
  readonly workflow:
    | 'missing'
    | 'unreachable'
    | 'not-asked'
    | {
        readonly generation: number;
        readonly seen: number;
        readonly waitingFor: readonly string[];
        readonly nextTimer: string | null;
      };
  readonly agrees: boolean | null;
};

export type EngineView = { readonly case: string; readonly scopes: readonly EngineScope[] };

export type Erasure = {
  readonly id: string;
  readonly kind: 'person' | 'case' | 'document' | 'text';
  readonly ref: string;
  readonly askedBy: string;
  readonly basis: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly status: 'proposed' | 'confirmed' | 'refused' | 'done';
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly doneAt: string | null;
  readonly certificate: CertificateOfDestruction | null;
};

export type ErasureProposal = {
  readonly kind: 'person' | 'case' | 'document' | 'text';
  readonly ref: string;
  readonly askedBy: string;
  readonly basis: string;
};

export type ErasureRun = {
  readonly caseKind: 'green-lane' | 'sandbox';
  readonly closedBefore: string;
  readonly askedBy: string;
  readonly basis: string;
};

export type ErasureRunProposed = {
  readonly proposed: readonly Erasure[];
  readonly held: readonly string[];
  readonly waiting: number;
  readonly more: boolean;
};

export type Erasures = { readonly items: readonly Erasure[] };

export type Extension = { readonly days: number; readonly reason: string };

export type Extract = {
  readonly document: string;
  readonly documentName: { readonly vi: string; readonly en: string } | null;
  readonly register: string;
  readonly registerName: { readonly vi: string; readonly en: string };
  readonly state: 'asked' | 'obtained' | 'missed';
  readonly look: number;
  readonly withheld: boolean;
  readonly askedAt: string;
  readonly consent: { readonly givenBy: string; readonly givenAt: string } | null;
  readonly obtained: {
    readonly at: string;
    readonly requestId: string;
    readonly reference: string;
    readonly asOf: string;
    readonly issuedOn: string | null;
    readonly validUntil: string | null;
    readonly contentHash: string;
    readonly content: {
      readonly purpose: { readonly vi: string; readonly en: string };
      readonly legalBasis: string;
      readonly about: { readonly name: string; readonly number: string | null };
      readonly fields: readonly {
        readonly code: string;
        readonly name: { readonly vi: string; readonly en: string };
        readonly value: string;
        readonly valueName: { readonly vi: string; readonly en: string } | null;
      }[];
    } | null;
  } | null;
  readonly missed: {
    readonly at: string;
    readonly reason: 'not-held' | 'silent' | 'other-subject' | 'unsound' | 'no-consent';
    readonly text: { readonly vi: string; readonly en: string };
  } | null;
  readonly question: {
    readonly askedAt: string;
    readonly differences:
      | readonly {
          readonly against: 'filed' | 'before';
          readonly code: string;
          readonly name: { readonly vi: string; readonly en: string };
          readonly ours: string | null;
          readonly oursName: { readonly vi: string; readonly en: string } | null;
          readonly theirs: string | null;
          readonly theirsName: { readonly vi: string; readonly en: string } | null;
        }[]
      | null;
    readonly settled: {
      readonly at: string;
      readonly stands: 'register' | 'filed';
      readonly reason: string | null;
    } | null;
  } | null;
};

export type Extracts = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly procedure: string;
  readonly attempt: number;
  readonly items: readonly Extract[];
};

export type FactCorrection = {
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly reason: string;
  readonly documentId: string;
};

export type FactQuestion = {
  readonly id: string;
  readonly facts: readonly {
    readonly fact: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly kind: 'code' | 'truth' | 'number';
    readonly values: readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[];
    readonly proposed: string | number | boolean | null;
    readonly known: string | number | boolean | null;
  }[];
  readonly agency: string;
  readonly askedAt: string;
  readonly answerBy: string | null;
  readonly documentId: string | null;
  readonly reason: string | null;
  readonly outcome: 'confirmed' | 'kept' | 'overtaken' | null;
  readonly decidedAt: string | null;
  readonly decision: string | null;
  readonly legalBasis: string | null;
};

export type FieldError = {
  readonly in: 'path' | 'query' | 'body' | 'header';
  readonly pointer: string;
  readonly code: 'MISSING' | 'UNKNOWN_FIELD' | 'WRONG_TYPE' | 'AMOUNT_OUT_OF_RANGE' | 'UNKNOWN_VALUE' | 'INVALID';
  readonly detail: string;
};

export type FigureCases = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly figure: 'opened' | 'licensed' | 'reduction' | 'onTime' | 'overdueNow' | 'capital' | 'jobs' | 'fdi';
  readonly definition: { readonly vi: string; readonly en: string };
  readonly period: { readonly from: string | null; readonly to: string };
  readonly n: number;
  readonly items: readonly {
    readonly case: string;
    readonly procedure: string | null;
    readonly procedureName: { readonly vi: string; readonly en: string } | null;
    readonly attempt: number | null;
    readonly value: string | null;
    readonly counted: boolean | null;
    readonly days: {
      readonly whole: number;
      readonly city: number;
      readonly baseline: number;
      readonly cityBaseline: number | null;
    } | null;
  }[];
  readonly next: string | null;
};

export type FigureSum = { readonly n: number; readonly known: number; readonly sum: string | null };

export type FiledTrial = {
  readonly regime: string;
  readonly version: string;
  readonly regimeName: { readonly vi: string; readonly en: string };
  readonly field: string;
  readonly months: number;
  readonly fit: { readonly verdict: 'yes' | 'no' | 'unknown'; readonly reasons: readonly FitReason[] };
  readonly authority: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
  readonly supervises: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
  readonly evaluates: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
};

export type FilingField = {
  readonly path: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly meaning: { readonly vi: string; readonly en: string };
  readonly needed: boolean;
  readonly unknown: { readonly vi: string; readonly en: string } | null;
  readonly where: { readonly vi: string; readonly en: string };
  readonly programs: { readonly vi: string; readonly en: string } | null;
  readonly values:
    readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[] | null;
};

export type FilingFields = { readonly items: readonly FilingField[] };

export type FilingSignature = {
  readonly kind: 'certificate';
  readonly certificate: string;
  readonly from: string;
  readonly until: string;
};

export type FilingSignatureGiven = { readonly signature: string; readonly certificate: string };

export type FitAnswer = {
  readonly at: string;
  readonly taken: { readonly regime: string; readonly version: string; readonly verdict: 'yes' | 'unknown' } | null;
  readonly refusal: {
    readonly code:
      | 'ACTOR_RECUSED'
      | 'AGENCY_ANSWER_INVALID'
      | 'AGENCY_MERGED'
      | 'AGENCY_NOT_COMMANDED'
      | 'AGENCY_REFUSED'
      | 'AGENCY_UNAVAILABLE'
      | 'AMOUNT_OUT_OF_RANGE'
      | 'ANSWER_TOO_LATE'
      | 'ASKED_TOO_LATE'
      | 'BREACHED'
      | 'CALENDAR_DAY_COUNTED'
      | 'CALENDAR_UNKNOWN'
      | 'CALLBACK_SIGNATURE_INVALID'
      | 'CASE_CLOSED'
      | 'CASE_NOT_YOURS'
      | 'CLOCK_HISTORY_INVALID'
      | 'CLOCK_KEPT'
      | 'CLOCK_NOT_STARTED'
      | 'CONDITIONS_CONTRADICT'
      | 'CONFLICT'
      | 'CONTENT_CHANGED'
      | 'CROSS_SITE'
      | 'CURSOR_UNKNOWN'
      | 'DEFINITION_INVALID'
      | 'DEFINITION_UNKNOWN'
      | 'DELEGATION_TO_SELF'
      | 'DOCUMENT_CONFIDENTIAL'
      | 'DOCUMENT_CONTENT_MISMATCH'
      | 'DOCUMENT_DIFFERS'
      | 'DOCUMENT_MISSING'
      | 'DOCUMENT_TYPE_REFUSED'
      | 'DRAFT_UNSOURCED'
      | 'DUPLICATE_REQUEST'
      | 'DUTY_CLOSED'
      | 'EXTENSION_LIMIT'
      | 'EXTRACT_OUTDATED'
      | 'FACT_DECIDED'
      | 'FEE_NOT_DUE'
      | 'FILING_SIGNATURE_INVALID'
      | 'FORBIDDEN'
      | 'ENTRY_NOT_IN_FORCE'
      | 'ENTERPRISE_NOT_VOUCHED'
      | 'EVIDENCE_MISSING'
      | 'FOUR_EYES'
      | 'IDEMPOTENCY_KEY_MISSING'
      | 'IDEMPOTENCY_KEY_REUSED'
      | 'INTERNAL'
      | 'KEY_NOT_VALID'
      | 'KEY_UNAVAILABLE'
      | 'LAST_MANAGER'
      | 'LEGAL_HOLD'
      | 'LIMIT_LOOSER_THAN_REGIME'
      | 'MERGER_REFUSED'
      | 'MESSAGE_ID_REUSED'
      | 'MALFORMED_REQUEST'
      | 'MEMBERSHIP_ENDED'
      | 'MEMBER_ABSENT'
      | 'METHOD_NOT_ALLOWED'
      | 'METRICS_FROM_THE_FUTURE'
      | 'METRICS_OUT_OF_ORDER'
      | 'METRICS_SIGNATURE_INVALID'
      | 'NOT_EXEMPT'
      | 'NOT_FOUND'
      | 'NOT_LOGGED_YET'
      | 'NOT_OPEN_YET'
      | 'NO_QUORUM'
      | 'OUTSIDE_POWER_OF_ATTORNEY'
      | 'OUTSIDE_REGIME'
      | 'OUTSIDE_TERRITORY'
      | 'OVERLOADED'
      | 'PAPER_NOT_SEALED'
      | 'PAYLOAD_TOO_LARGE'
      | 'PIN_LOCKED'
      | 'PRECONDITION_FAILED'
      | 'PROPOSER_CANNOT_APPROVE'
      | 'QUOTA_EXCEEDED'
      | 'RATE_LIMITED'
      | 'REGIME_NOT_OPEN'
      | 'REHEARSAL_REFUSED'
      | 'RESULT_INCOMPLETE'
      | 'REVOCATION_WITHOUT_HEARING'
      | 'REGISTER_DIFFERS'
      | 'REQUEST_WINDOW_CLOSED'
      | 'SETTLING'
      | 'SHEET_TOO_LONG'
      | 'SIGNING_UNAVAILABLE'
      | 'SITE_TAKEN'
      | 'STALE'
      | 'STATUS_NOT_SHOWN'
      | 'STORAGE_FULL'
      | 'VERDICTS_DIFFER'
      | 'SUPERSEDED'
      | 'SUPPLEMENT_LIMIT'
      | 'TASK_CLOSED'
      | 'TASK_NOT_YOURS'
      | 'TERM_TOO_LONG'
      | 'TOKEN_EXPIRED'
      | 'UNAUTHENTICATED'
      | 'UNKNOWN_FIELD'
      | 'UNKNOWN_VALUE'
      | 'UNSUPPORTED_MEDIA_TYPE'
      | 'VALIDATION_FAILED'
      | 'WRONG_TYPE';
    readonly title: { readonly vi: string; readonly en: string };
    readonly details: Readonly<Record<string, unknown>>;
  } | null;
  readonly items: readonly RegimeFit[];
};

export type FitReason = {
  readonly code: string;
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly text: { readonly vi: string; readonly en: string };
  readonly clause: string;
};

export type FitReasonInFull = {
  readonly code: string;
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly text: { readonly vi: string; readonly en: string };
  readonly clause: string;
  readonly refusal:
    | 'ACTOR_RECUSED'
    | 'AGENCY_ANSWER_INVALID'
    | 'AGENCY_MERGED'
    | 'AGENCY_NOT_COMMANDED'
    | 'AGENCY_REFUSED'
    | 'AGENCY_UNAVAILABLE'
    | 'AMOUNT_OUT_OF_RANGE'
    | 'ANSWER_TOO_LATE'
    | 'ASKED_TOO_LATE'
    | 'BREACHED'
    | 'CALENDAR_DAY_COUNTED'
    | 'CALENDAR_UNKNOWN'
    | 'CALLBACK_SIGNATURE_INVALID'
    | 'CASE_CLOSED'
    | 'CASE_NOT_YOURS'
    | 'CLOCK_HISTORY_INVALID'
    | 'CLOCK_KEPT'
    | 'CLOCK_NOT_STARTED'
    | 'CONDITIONS_CONTRADICT'
    | 'CONFLICT'
    | 'CONTENT_CHANGED'
    | 'CROSS_SITE'
    | 'CURSOR_UNKNOWN'
    | 'DEFINITION_INVALID'
    | 'DEFINITION_UNKNOWN'
    | 'DELEGATION_TO_SELF'
    | 'DOCUMENT_CONFIDENTIAL'
    | 'DOCUMENT_CONTENT_MISMATCH'
    | 'DOCUMENT_DIFFERS'
    | 'DOCUMENT_MISSING'
    | 'DOCUMENT_TYPE_REFUSED'
    | 'DRAFT_UNSOURCED'
    | 'DUPLICATE_REQUEST'
    | 'DUTY_CLOSED'
    | 'EXTENSION_LIMIT'
    | 'EXTRACT_OUTDATED'
    | 'FACT_DECIDED'
    | 'FEE_NOT_DUE'
    | 'FILING_SIGNATURE_INVALID'
    | 'FORBIDDEN'
    | 'ENTRY_NOT_IN_FORCE'
    | 'ENTERPRISE_NOT_VOUCHED'
    | 'EVIDENCE_MISSING'
    | 'FOUR_EYES'
    | 'IDEMPOTENCY_KEY_MISSING'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'INTERNAL'
    | 'KEY_NOT_VALID'
    | 'KEY_UNAVAILABLE'
    | 'LAST_MANAGER'
    | 'LEGAL_HOLD'
    | 'LIMIT_LOOSER_THAN_REGIME'
    | 'MERGER_REFUSED'
    | 'MESSAGE_ID_REUSED'
    | 'MALFORMED_REQUEST'
    | 'MEMBERSHIP_ENDED'
    | 'MEMBER_ABSENT'
    | 'METHOD_NOT_ALLOWED'
    | 'METRICS_FROM_THE_FUTURE'
    | 'METRICS_OUT_OF_ORDER'
    | 'METRICS_SIGNATURE_INVALID'
    | 'NOT_EXEMPT'
    | 'NOT_FOUND'
    | 'NOT_LOGGED_YET'
    | 'NOT_OPEN_YET'
    | 'NO_QUORUM'
    | 'OUTSIDE_POWER_OF_ATTORNEY'
    | 'OUTSIDE_REGIME'
    | 'OUTSIDE_TERRITORY'
    | 'OVERLOADED'
    | 'PAPER_NOT_SEALED'
    | 'PAYLOAD_TOO_LARGE'
    | 'PIN_LOCKED'
    | 'PRECONDITION_FAILED'
    | 'PROPOSER_CANNOT_APPROVE'
    | 'QUOTA_EXCEEDED'
    | 'RATE_LIMITED'
    | 'REGIME_NOT_OPEN'
    | 'REHEARSAL_REFUSED'
    | 'RESULT_INCOMPLETE'
    | 'REVOCATION_WITHOUT_HEARING'
    | 'REGISTER_DIFFERS'
    | 'REQUEST_WINDOW_CLOSED'
    | 'SETTLING'
    | 'SHEET_TOO_LONG'
    | 'SIGNING_UNAVAILABLE'
    | 'SITE_TAKEN'
    | 'STALE'
    | 'STATUS_NOT_SHOWN'
    | 'STORAGE_FULL'
    | 'VERDICTS_DIFFER'
    | 'SUPERSEDED'
    | 'SUPPLEMENT_LIMIT'
    | 'TASK_CLOSED'
    | 'TASK_NOT_YOURS'
    | 'TERM_TOO_LONG'
    | 'TOKEN_EXPIRED'
    | 'UNAUTHENTICATED'
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_VALUE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'VALIDATION_FAILED'
    | 'WRONG_TYPE';
  readonly details?: Readonly<Record<string, unknown>>;
};

export type Form = {
  readonly id: string;
  readonly form:
    | '01'
    | '02'
    | '03'
    | '04'
    | '05'
    | '06'
    | '07'
    | 'decision'
    | 'council-minutes'
    | 'trial-certificate'
    | 'result-correction'
    | 'result-revocation'
    | 'opinion';
  readonly title: { readonly vi: string; readonly en: string };
  readonly procedure: string;
  readonly attempt: number;
  readonly name: { readonly vi: string; readonly en: string };
  readonly agency: string;
  readonly number: string | null;
  readonly issuedAt: string;
  readonly date: string;
  readonly draft: boolean;
  readonly verified: boolean;
};

export type Forms = { readonly case: string; readonly items: readonly Form[] };

export type GateEvidence = {
  readonly evidence: { readonly documentId: string } | { readonly reference: string };
  readonly on?: string;
};

export type GreenLaneFiling = {
  readonly kind: 'green-lane';
  readonly project: {
    readonly name: { readonly vi: string; readonly en: string };
    readonly field:
      | 'semiconductors'
      | 'electronics'
      | 'data-centres'
      | 'cloud'
      | 'high-performance-computing'
      | 'ai'
      | 'big-data'
      | 'blockchain'
      | 'internet-of-things'
      | 'ict'
      | 'telecommunications'
      | 'satellite-communications'
      | 'software'
      | 'cybersecurity'
      | 'digital-infrastructure'
      | 'digital-content'
      | 'digital-finance'
      | 'digital-logistics'
      | 'maritime-technology'
      | 'marketing-technology'
      | 'automation'
      | 'robotics'
      | 'smart-manufacturing'
      | 'precision-mechanics'
      | 'unmanned-vehicles'
      | 'renewable-energy'
      | 'biotech'
      | 'high-tech-agriculture'
      | 'medical-technology'
      | 'advanced-materials'
      | 'research-and-development'
      | 'other-high-technology';
    readonly summary: { readonly vi: string; readonly en: string };
    readonly site: {
      readonly zone: 'SHTP' | 'HEPZA' | 'DTP' | 'FTZ' | 'IFC' | 'EZ' | 'QTSC' | 'none' | null;
      readonly lot: string | null;
      readonly areaM2: number;
      readonly land: 'leased-factory' | 'infrastructure-sublease' | 'cleared-land' | 'state-land' | 'own-land';
    };
    readonly capital: { readonly totalVnd: string; readonly totalUsd: string | null; readonly foreignShare: number };
    readonly termYears: number;
    readonly construction: boolean;
    readonly feasibilityGroup: 'A' | 'B' | 'C' | null;
    readonly environmentalGroup: 'none' | 'III' | 'II' | 'I' | null;
    readonly importsEquipment: boolean | null;
    readonly foreignExperts: number | null;
    readonly staffAfterThreeYears: number | null;
    readonly restrictedTechnology: boolean | null;
    readonly highTechListed: boolean | null;
    readonly internationallyLinked: boolean | null;
    readonly strategicInvestor: boolean | null;
    readonly keyProjectListed: boolean | null;
    readonly classOneWorks?: boolean | null;
    readonly feasibilityAppraisedByAgency?: boolean | null;
    readonly fireListedWorks?: boolean | null;
    readonly eiaRequired?: boolean | null;
    readonly environmentalPermitShortForm?: boolean | null;
    readonly defenceSensitiveArea?: boolean | null;
    readonly article24Clause?: number | null;
    readonly technologyTransferContract?: boolean | null;
    readonly primeMinisterCase?: boolean | null;
    readonly adjustment?: {
      readonly change: 'name-schedule-address' | 'outside-approval' | 'other';
      readonly licensedBy: 'standard' | 'special' | 'strategic';
      readonly policyApproval?: boolean | null;
    } | null;
  };
  readonly investor: {
    readonly name: string;
    readonly country: string;
    readonly registrationNumber: string | null;
    readonly language: 'vi' | 'en';
  };
  readonly documents: readonly { readonly procedure: string; readonly code: string; readonly documentId: string }[];
  readonly assumed?: readonly string[];
  readonly sources?: readonly string[];
};

export type Instruction = {
  readonly id: string;
  readonly case: string | null;
  readonly task: string | null;
  readonly procedure: string | null;
  readonly procedureName: { readonly vi: string; readonly en: string } | null;
  readonly want: 'explain' | 'act';
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly text: string | null;
  readonly givenAt: string;
  readonly givenBy: { readonly id: string | null; readonly name: string | null };
  readonly dueDate: string;
  readonly overdue: boolean;
  readonly bottleneck: {
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly step: string;
    readonly stepName: { readonly vi: string; readonly en: string };
    readonly at: string;
    readonly atName: { readonly vi: string; readonly en: string };
    readonly before: WaitingFigure;
    readonly now: WaitingFigure;
    readonly movedBy: number;
  } | null;
  readonly status: 'open' | 'answered' | 'withdrawn' | 'closed' | 'ended';
  readonly answer: {
    readonly text: string | null;
    readonly at: string;
    readonly by: { readonly id: string | null; readonly name: string | null };
  } | null;
};

export type InstructionAnswer = { readonly text: string };

export type InstructionDate = { readonly dueDate: string; readonly reason: string };

export type InstructionWithdrawal = { readonly reason: string };

export type Instructions = { readonly items: readonly Instruction[]; readonly open: number; readonly overdue: number };

export type IntegrityQuestions = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly notice: { readonly vi: string; readonly en: string };
  readonly items: readonly {
    readonly rule:
      | 'same-thing-asked'
      | 'out-of-turn'
      | 'at-the-limit'
      | 'stopped-late'
      | 'same-pair'
      | 'filed-again'
      | 'after-hours';
    readonly name: { readonly vi: string; readonly en: string };
    readonly asks: { readonly vi: string; readonly en: string };
    readonly innocent: { readonly vi: string; readonly en: string };
    readonly agency: string | null;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
    readonly person: { readonly id: string; readonly name: string | null } | null;
    readonly party: { readonly id: string; readonly name: string | null } | null;
    readonly procedure: string | null;
    readonly procedureName: { readonly vi: string; readonly en: string } | null;
    readonly seen: number;
    readonly of: number;
    readonly cases: readonly string[];
  }[];
};

export type InterestDeclaration = { readonly reason: string };

export type Land = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly meaning: { readonly vi: string; readonly en: string };
  readonly rules: readonly { readonly clause: string; readonly verified: boolean }[];
};

export type Lands = { readonly items: readonly Land[] };

export type LaneEvidence = {
  readonly id: string;
  readonly predicate: 'high-tech' | 'internationally-linked' | 'needs-priority';
  readonly code: string;
  readonly documentId: string;
  readonly givenAt: string;
};

export type LaneEvidenceGiven = {
  readonly predicate: 'high-tech' | 'internationally-linked' | 'needs-priority';
  readonly code:
    | 'high-tech-certificate'
    | 'foreign-party-licence'
    | 'foreign-party-contract'
    | 'memorandum'
    | 'key-project-decision';
  readonly documentId: string;
};

export type LaneHearing = {
  readonly predicates: readonly ('high-tech' | 'internationally-linked' | 'needs-priority')[];
  readonly reason: string;
};

export type LaneHearingHeld = {
  readonly id: string;
  readonly predicates: readonly ('high-tech' | 'internationally-linked' | 'needs-priority')[];
  readonly reason: string | null;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly answeredAt: string | null;
  readonly statement: string | null;
  readonly outcome: 'revoked' | 'kept' | null;
};

export type LaneNow = {
  readonly open: boolean;
  readonly agency: string | null;
  readonly dueDate: string | null;
  readonly decided: {
    readonly lane: 'green' | 'standard';
    readonly at: string;
    readonly revoked: boolean;
    readonly reason: string | null;
    readonly findings: readonly {
      readonly predicate: 'high-tech' | 'internationally-linked' | 'needs-priority';
      readonly verdict: 'yes' | 'no';
      readonly reason: string | null;
    }[];
  } | null;
};

export type LaneProposal = { readonly reason: string };

export type LaneStatement = { readonly statement: string };

export type LastMail = { readonly status: 'sent' | 'failed'; readonly error: string | null; readonly at: string };

export type LawChange = {
  readonly id: string;
  readonly kind: 'calendar' | 'procedure' | 'list' | 'setting' | 'agency' | 'pathway' | 'regime';
  readonly code: string;
  readonly version: string;
  readonly document: string;
  readonly publishedBy: string;
  readonly publishedByName: string | null;
  readonly at: string;
  readonly status: 'proposed' | 'confirmed' | 'pending' | 'done' | 'declined';
  readonly total: number;
  readonly done: number;
  readonly moved: number;
  readonly failures: readonly { readonly case: string; readonly code: string }[];
  readonly finishedAt: string | null;
  readonly effectiveFrom: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedAt: string | null;
  readonly declinedBy: string | null;
  readonly declinedAt: string | null;
  readonly declinedFor: string | null;
};

export type LawChanges = { readonly items: readonly LawChange[] };

export type Ledger = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly milestone: 'licence' | 'approvals' | null;
  readonly reached: boolean;
  readonly filedOn: string;
  readonly through: string;
  readonly workingDays: number;
  readonly netDays: number;
  readonly investorDays: number;
  readonly centralDays: number;
  readonly conferenceDays: number;
  readonly wholeDays: number;
  readonly cityDays: number;
  readonly cityPath: readonly string[];
  readonly baseline: 'law' | 'observed' | null;
  readonly baselineDays: number | null;
  readonly cityBaselineDays: number | null;
  readonly byLaw: {
    readonly baselineDays: number;
    readonly cityBaselineDays: number | null;
    readonly reductions: { readonly whole: number | null; readonly city: number | null };
  } | null;
  readonly reductions: { readonly whole: number | null; readonly city: number | null };
  readonly reduction: number | null;
  readonly carried: readonly {
    readonly case: string | null;
    readonly filedOn: string;
    readonly wholeDays: number;
    readonly cityDays: number;
    readonly baselineDays: number;
    readonly cityBaselineDays: number | null;
    readonly brokenTerms: number;
  }[];
  readonly path: readonly string[];
  readonly countedThrough: string | null;
  readonly spans: readonly {
    readonly procedure: string;
    readonly holder: string;
    readonly class: 'city' | 'central' | 'investor' | 'conference' | 'violation' | 'system';
    readonly after: string;
    readonly through: string;
    readonly workingDays: number;
  }[];
  readonly procedures: readonly {
    readonly procedure: string;
    readonly attempt: number;
    readonly agency: string;
    readonly calendar: string;
    readonly entries: readonly ClockEntry[];
    readonly clock: Clock;
    readonly printed: 'statutory' | 'promised';
    readonly terms: {
      readonly statutory: Term;
      readonly promised: Term | null;
      readonly ambition: Term | null;
      readonly printed: Term;
    };
    readonly steps: readonly StepTerm[];
  }[];
};

export type LegalHold = {
  readonly id: string;
  readonly kind: 'case' | 'person';
  readonly ref: string;
  readonly basis: string;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly liftedBy: string | null;
  readonly liftedAt: string | null;
  readonly liftBasis: string | null;
};

export type LegalHoldLifted = { readonly basis: string };

export type LegalHoldPlaced = { readonly kind: 'case' | 'person'; readonly ref: string; readonly basis: string };

export type LegalHolds = { readonly items: readonly LegalHold[] };

export type ListedTask = {
  readonly id: string;
  readonly case: string;
  readonly caseSeq: number;
  readonly projectName: { readonly vi: string; readonly en: string } | null;
  readonly lane: 'green' | 'standard' | 'undecided';
  readonly procedure: string | null;
  readonly procedureName: { readonly vi: string; readonly en: string } | null;
  readonly attempt: number | null;
  readonly dossierCode: string | null;
  readonly kind:
    | 'intake'
    | 'step'
    | 'opinion'
    | 'by-hand'
    | 'lapse'
    | 'silence'
    | 'lane'
    | 'revocation'
    | 'stuck'
    | 'apology'
    | 'conference'
    | 'statement'
    | 'question'
    | 'fact'
    | 'extract'
    | 'outside'
    | 'result-change'
    | 'fit'
    | 'hold'
    | 'incident'
    | 'trial-request'
    | 'completion'
    | 'signatory'
    | 'instruction';
  readonly kindName: { readonly vi: string; readonly en: string };
  readonly step: string | null;
  readonly stepName: { readonly vi: string; readonly en: string } | null;
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly role: 'receiving-officer' | 'officer' | 'head' | 'leader';
  readonly status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  readonly dueDate: string | null;
  readonly stepDueDate: string | null;
  readonly remainingDays: number | null;
  readonly risk: 'none' | 'on-track' | 'at-risk' | 'breached';
  readonly breachedOn: string | null;
  readonly openedAt: string;
  readonly claimedBy: { readonly id: string; readonly name: string | null } | null;
  readonly claimedSince: string | null;
  readonly returnedTo: string | null;
  readonly completedBy: string | null;
  readonly completedByName: string | null;
  readonly completedAt: string | null;
  readonly outcome: string | null;
  readonly unread: boolean;
};

export type Me = {
  readonly id: string;
  readonly name: string;
  readonly role:
    | 'investor'
    | 'representative'
    | 'receiving-officer'
    | 'officer'
    | 'head'
    | 'leader'
    | 'expert'
    | 'auditor'
    | 'admin'
    | 'operator';
  readonly agency: string | null;
  readonly organisation: string | null;
  readonly email: string;
  readonly language: 'vi' | 'en';
  readonly powersOfAttorney: readonly {
    readonly grantor: string;
    readonly grantorName: string | null;
    readonly grantorOrganisation: string | null;
    readonly acts: readonly string[];
    readonly procedures: readonly string[] | null;
    readonly from: string;
    readonly to: string;
    readonly memberAs: 'manages' | 'files' | 'reads' | null;
  }[];
};

export type Measure = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly unit: 'share' | 'working-day' | 'count' | 'money' | 'score';
  readonly definition: { readonly vi: string; readonly en: string };
  readonly population: { readonly vi: string; readonly en: string };
  readonly baseline: 'observed-or-law' | 'law' | 'observed' | 'standard-lane' | 'peers' | null;
};

export type Measures = { readonly items: readonly Measure[] };

export type MigrationItem = {
  readonly case: string;
  readonly attempt: number | null;
  readonly status: 'movable' | 'moved' | 'already' | 'refused';
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly fromVersion: string | null;
  readonly steps: {
    readonly kept: readonly string[];
    readonly new: readonly string[];
    readonly dropped: readonly string[];
  } | null;
  readonly remaining: { readonly before: number; readonly after: number } | null;
};

export type MigrationRequest = {
  readonly toVersion: string;
  readonly preview: boolean;
  readonly cases?: readonly string[];
  readonly after?: string;
};

export type Migrations = {
  readonly procedure: string;
  readonly toVersion: string;
  readonly preview: boolean;
  readonly items: readonly MigrationItem[];
  readonly next: string | null;
};

export type NewCaseInstruction = {
  readonly want: 'explain' | 'act';
  readonly agency: string;
  readonly procedure: string | null;
  readonly dueDate: string;
  readonly text: string;
};

export type NewDraft = { readonly content: Readonly<Record<string, unknown>>; readonly onBehalfOf?: string };

export type NewErratum = {
  readonly agency: string | null;
  readonly figure:
    | 'opened'
    | 'licensed'
    | 'reduction'
    | 'onTime'
    | 'overdue'
    | 'waiting'
    | 'opinions'
    | 'returned'
    | 'stopped'
    | 'extensions'
    | 'capital'
    | 'jobs'
    | 'fdi'
    | 'satisfaction';
  readonly reason: string;
};

export type NewInstruction = {
  readonly want: 'explain' | 'act';
  readonly agency?: string;
  readonly dueDate: string;
  readonly text: string;
  readonly bottleneck?: { readonly procedure: string; readonly step: string; readonly at: string } | null;
};

export type NewPin = {
  readonly case: string;
  readonly caseSeq: number;
  readonly public: { readonly code: string; readonly pin: string };
};

export type NewPowerOfAttorney = {
  readonly representative: string;
  readonly acts: readonly (
    | 'openCase'
    | 'fileDossier'
    | 'answerSupplement'
    | 'refileProcedure'
    | 'meetGate'
    | 'withdrawCase'
    | 'surveyCase'
    | 'proposeLane'
    | 'giveEvidence'
    | 'proposeFacts'
    | 'answerLaneHearing'
    | 'answerResultHearing'
    | 'deferProcedure'
    | 'resumeProcedure'
    | 'askQuestion'
    | 'meetDuty'
    | 'recordPayment'
    | 'recordPermit'
    | 'registerKey'
    | 'fileTrialReport'
    | 'reportIncident'
    | 'requestTrialChange'
    | 'fileFinalReport'
    | 'endTrial'
  )[];
  readonly procedures: readonly string[] | null;
  readonly from: string;
  readonly to: string;
};

export type NewQuestion = { readonly procedure?: string | null; readonly text: string };

export type NewTarget = {
  readonly year: number;
  readonly agency: string;
  readonly figure: 'onTime' | 'opinions' | 'overdue' | 'waiting';
  readonly value: string | null;
  readonly basis: string;
};

export type NextEvent = { readonly at: string | null };

export type Notification = {
  readonly id: number;
  readonly kind:
    | 'case-received'
    | 'lane-decided'
    | 'lane-hearing'
    | 'lane-hearing-decided'
    | 'lane-hearing-answered'
    | 'facts-questioned'
    | 'facts-decided'
    | 'result-hearing'
    | 'result-hearing-answered'
    | 'result-changed'
    | 'dossier-wanted'
    | 'register-missed'
    | 'dossier-received'
    | 'completion-requested'
    | 'reception-refused'
    | 'supplement-requested'
    | 'supplement-extended'
    | 'supplement-withdrawn'
    | 'violation-reviewed'
    | 'violation-handled'
    | 'receipt-withdrawn'
    | 'extension-withdrawn'
    | 'supplement-due'
    | 'supplement-lapsed'
    | 'procedure-stopped'
    | 'extension-granted'
    | 'apology'
    | 'date-moved'
    | 'decision'
    | 'result'
    | 'case-closed'
    | 'question-answered'
    | 'payment-requested'
    | 'duty-incurred'
    | 'duty-due'
    | 'task-opened'
    | 'task-reassigned'
    | 'work-returned'
    | 'supplement-answered'
    | 'opinion-late'
    | 'rung'
    | 'target'
    | 'law-applied'
    | 'webhook-paused'
    | 'calendar-missing'
    | 'task-ended'
    | 'task-freed'
    | 'signatory-named'
    | 'instruction-answered'
    | 'instruction-moved'
    | 'instruction-closed'
    | 'report-opened'
    | 'report-due'
    | 'report-to-approve'
    | 'report-approved'
    | 'dossier-amended'
    | 'supplement-decided'
    | 'delegation-asked'
    | 'delegation-answered'
    | 'delegation-ended'
    | 'power-offered'
    | 'power-answered'
    | 'power-ended'
    | 'member-joined'
    | 'member-invited'
    | 'trial-received'
    | 'trial-fit'
    | 'trial-admitted'
    | 'trial-started'
    | 'limit-near'
    | 'trial-held'
    | 'hold-confirmed'
    | 'hold-lifted'
    | 'incident-report-owed'
    | 'incident-report-missed'
    | 'incident-examined'
    | 'visit-recorded'
    | 'request-granted'
    | 'request-refused'
    | 'trial-suspended'
    | 'trial-resumed'
    | 'final-report-due'
    | 'trial-term-over'
    | 'trial-ended'
    | 'trial-certified'
    | 'transition-ended'
    | 'trial-case-closed'
    | 'limit-exceeded'
    | 'trial-to-supervise'
    | 'limit-watched'
    | 'hold-to-confirm'
    | 'incident-reported'
    | 'incident-unreported'
    | 'trial-report-filed'
    | 'trial-report-missed'
    | 'trial-changed'
    | 'hold-unconfirmed'
    | 'request-to-decide'
    | 'completion-to-assess'
    | 'council-convened'
    | 'council-vote';
  readonly case: string | null;
  readonly procedure: string | null;
  readonly dossierCode: string | null;
  readonly urgent: boolean;
  readonly title: { readonly vi: string; readonly en: string };
  readonly text: { readonly vi: string; readonly en: string };
  readonly at: string;
  readonly readAt: string | null;
};

export type NotificationRead = { readonly id: number; readonly readAt: string };

export type Notifications = {
  readonly items: readonly Notification[];
  readonly next: string | null;
  readonly unread: number;
};

export type NotificationsRead = { readonly read: number };

export type OfficialActs = {
  readonly case: string;
  readonly laneHearing: {
    readonly predicates: readonly {
      readonly id: 'high-tech' | 'internationally-linked' | 'needs-priority';
      readonly name: { readonly vi: string; readonly en: string };
    }[];
  } | null;
  readonly facts: readonly {
    readonly fact: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly kind: 'code' | 'truth' | 'number';
    readonly values: readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[];
    readonly known: string | number | boolean | null;
  }[];
  readonly interest: boolean;
  readonly extensions: readonly {
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly most: Budget;
  }[];
  readonly moreTime: readonly {
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly requestId: string;
    readonly deadline: string;
    readonly most: Budget;
  }[];
  readonly lateAnswers: readonly {
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string };
    readonly n: number;
    readonly stepName: { readonly vi: string; readonly en: string } | null;
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly position: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object' | null;
  }[];
};

export type OfficialFactCorrection = {
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly reason: string;
};

export type OneReduction = {
  readonly mean: number | null;
  readonly median: number | null;
  readonly overall: number | null;
};

export type OpenTimelineSet = {
  readonly asOf: string;
  readonly leastCases: number;
  readonly columns: readonly {
    readonly column:
      'procedure' | 'agency' | 'period' | 'lane' | 'agency_days' | 'investor_days' | 'other_days' | 'on_time';
    readonly name: { readonly vi: string; readonly en: string };
    readonly type: 'code' | 'period' | 'days' | 'boolean';
    readonly description: { readonly vi: string; readonly en: string };
  }[];
  readonly files: readonly {
    readonly quarter: string;
    readonly from: string;
    readonly to: string;
    readonly address: string;
    readonly rows: number;
    readonly withheld: number | null;
  }[];
};

export type Opinion = {
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly about: { readonly vi: string; readonly en: string };
  readonly budget: Budget;
  readonly dueDate: string;
  readonly channel: 'system' | 'worklist';
  readonly legalEffect: 'deemed-agreed' | 'none';
  readonly handling: 'accept' | 'escalate';
  readonly status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  readonly position: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object' | null;
  readonly conditions: readonly ConditionOfOpinion[];
  readonly legalBasis: string | null;
  readonly reason: string | null;
  readonly content: OpinionContent | null;
  readonly late: boolean;
  readonly answeredAt: string | null;
  readonly decision: 'treat-as-agreed' | 'proceed-without' | null;
};

export type OpinionAgenda = {
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly about: { readonly vi: string; readonly en: string };
  readonly budget: Budget;
  readonly dueDate: string;
  readonly channel: 'system' | 'worklist';
  readonly legalEffect: 'deemed-agreed' | 'none';
  readonly handling: 'accept' | 'escalate';
  readonly status: 'asked' | 'given' | 'lapsed' | 'escalated' | 'decided';
  readonly position: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object' | null;
  readonly conditions: readonly ConditionOfOpinion[];
  readonly legalBasis: string | null;
  readonly reason: string | null;
  readonly content: OpinionContent | null;
  readonly late: boolean;
  readonly answeredAt: string | null;
  readonly decision: 'treat-as-agreed' | 'proceed-without' | null;
  readonly lapsedAt: string | null;
  readonly weighed: boolean;
};

export type OpinionContent = {
  readonly questions: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly verdict: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object';
  }[];
  readonly reasons: readonly { readonly text: string; readonly legalBasis: string }[];
};

export type Organisation = {
  readonly id: string;
  readonly name: string;
  readonly enterprise: string;
  readonly as: 'manages' | 'files' | 'reads';
  readonly invited: boolean;
  readonly members: readonly {
    readonly person: string;
    readonly name: string | null;
    readonly as: 'manages' | 'files' | 'reads';
    readonly since: string;
    readonly invited: boolean;
  }[];
};

export type OrganisationMember = { readonly person: string; readonly as: 'manages' | 'files' | 'reads' };

export type OrganisationMemberRole = { readonly as: 'manages' | 'files' | 'reads' };

export type Organisations = {
  readonly items: readonly Organisation[];
  readonly vouched: {
    readonly enterprise: string;
    readonly name: string;
    readonly organisation: string | null;
    readonly managed: boolean;
    readonly seenOut: boolean;
  } | null;
};

export type OutsideMatter = {
  readonly id: string;
  readonly procedureName: { readonly vi: string; readonly en: string } | null;
  readonly dossierCode: string | null;
  readonly at: string;
  readonly papers: { readonly filedAt: string; readonly note: string | null } | null;
  readonly status: {
    readonly system: 'public-service-portal' | 'city-procedures';
    readonly ours: StatusSide;
    readonly theirs: StatusSide;
  } | null;
};

export type Part = { readonly n: number; readonly count: number; readonly share: number | null };

export type Pathway = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly legalBasis: readonly string[];
  readonly lawfulWhen: readonly {
    readonly rule: __schema0;
    readonly clause: string;
    readonly verified: boolean;
    readonly text: { readonly vi: string; readonly en: string };
  }[];
  readonly lawfulNote: string | null;
  readonly procedures: readonly {
    readonly procedure: string;
    readonly phase: 'licence' | 'build' | 'operate';
    readonly mandatory: boolean;
    readonly requiredWhen: __schema0;
    readonly clause: string;
    readonly verified: boolean;
    readonly after: readonly { readonly procedure: string; readonly kind: 'finish-to-start' | 'result-needed' }[];
    readonly gates: readonly { readonly event: string; readonly undatable: boolean; readonly note: string | null }[];
    readonly note: string | null;
  }[];
  readonly alternatives?: readonly (readonly string[])[];
  readonly orders: readonly {
    readonly code: 'irc-first' | 'company-first';
    readonly edges: readonly (readonly [string, string])[];
    readonly clause: string;
    readonly duty: string | null;
  }[];
  readonly replaces: readonly {
    readonly what: { readonly vi: string; readonly en: string };
    readonly procedures: readonly string[];
    readonly clause: string;
    readonly verified: boolean;
  }[];
  readonly duties: readonly string[];
  readonly gates: readonly string[];
  readonly extraDuties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly on: 'investor' | 'agency';
    readonly due: {
      readonly amount: number | null;
      readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
      readonly direction: 'before' | 'after';
      readonly relativeTo: string;
    } | null;
    readonly when: __schema0 | null;
    readonly appliesWhen: string | null;
    readonly recipients: readonly string[];
    readonly deposit: {
      readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
      readonly reductions: readonly { readonly percent: number; readonly when: string }[];
      readonly ratesBasis: string;
      readonly refund: string | null;
    } | null;
    readonly legalBasis: string;
    readonly verified: boolean;
    readonly repeats?: { readonly amount: number; readonly unit: 'month' | 'year' };
    readonly window?: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  }[];
};

export type PathwayPlan = {
  readonly id: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly lawful: 'yes' | 'no' | 'unknown';
  readonly reasons: readonly {
    readonly clause: string;
    readonly verdict: 'yes' | 'no' | 'unknown';
    readonly verified: boolean;
    readonly text: { readonly vi: string; readonly en: string };
  }[];
  readonly order: 'irc-first' | 'company-first' | null;
  readonly procedures: readonly PlannedProcedure[];
  readonly duties: readonly PlannedDuty[];
  readonly gates: readonly PlannedGate[];
  readonly replaces: readonly {
    readonly what: { readonly vi: string; readonly en: string };
    readonly procedures: readonly string[];
    readonly clause: string;
    readonly verified: boolean;
  }[];
  readonly notInForce: readonly string[];
  readonly milestones: {
    readonly licence: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
    readonly approvals: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
  };
  readonly most: {
    readonly licence: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
    readonly approvals: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
  };
  readonly target: {
    readonly licence: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
    readonly approvals: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
  };
  readonly ambition: {
    readonly licence: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
    readonly approvals: {
      readonly endDate: string;
      readonly workingDays: number;
      readonly criticalPath: readonly string[];
    };
  };
  readonly cityDays: { readonly licence: number; readonly approvals: number };
  readonly constructionStart: { readonly statutory: string; readonly target: string } | null;
  readonly criticalPathWorkingDays: number;
  readonly endDate: string;
};

export type PathwayProposal = {
  readonly data: {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly legalBasis: readonly string[];
    readonly lawfulWhen: readonly {
      readonly rule: __schema0;
      readonly clause: string;
      readonly verified: boolean;
      readonly text: { readonly vi: string; readonly en: string };
    }[];
    readonly lawfulNote: string | null;
    readonly procedures: readonly {
      readonly procedure: string;
      readonly phase: 'licence' | 'build' | 'operate';
      readonly mandatory: boolean;
      readonly requiredWhen: __schema0;
      readonly clause: string;
      readonly verified: boolean;
      readonly after: readonly { readonly procedure: string; readonly kind: 'finish-to-start' | 'result-needed' }[];
      readonly gates: readonly { readonly event: string; readonly undatable: boolean; readonly note: string | null }[];
      readonly note: string | null;
    }[];
    readonly alternatives?: readonly (readonly string[])[];
    readonly orders: readonly {
      readonly code: 'irc-first' | 'company-first';
      readonly edges: readonly (readonly [string, string])[];
      readonly clause: string;
      readonly duty: string | null;
    }[];
    readonly replaces: readonly {
      readonly what: { readonly vi: string; readonly en: string };
      readonly procedures: readonly string[];
      readonly clause: string;
      readonly verified: boolean;
    }[];
    readonly duties: readonly string[];
    readonly gates: readonly string[];
    readonly extraDuties: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly on: 'investor' | 'agency';
      readonly due: {
        readonly amount: number | null;
        readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
        readonly direction: 'before' | 'after';
        readonly relativeTo: string;
      } | null;
      readonly when: __schema0 | null;
      readonly appliesWhen: string | null;
      readonly recipients: readonly string[];
      readonly deposit: {
        readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
        readonly reductions: readonly { readonly percent: number; readonly when: string }[];
        readonly ratesBasis: string;
        readonly refund: string | null;
      } | null;
      readonly legalBasis: string;
      readonly verified: boolean;
      readonly repeats?: { readonly amount: number; readonly unit: 'month' | 'year' };
      readonly window?: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    }[];
  };
  readonly effectiveFrom: string;
  readonly document: string;
};

export type Pathways = { readonly asOf: string; readonly items: readonly Pathway[] };

export type Payment = { readonly reference: string };

export type PeopleImport = { readonly csv: string; readonly preview?: boolean; readonly document: string };

export type PeopleImported = {
  readonly preview: boolean;
  readonly items: readonly {
    readonly line: number;
    readonly person: string | null;
    readonly does: 'join' | 'move' | 'same' | 'refused';
    readonly code: string | null;
    readonly field: string | null;
  }[];
};

export type PersonChanged = {
  readonly person: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly status: 'handed-over' | 'free' | 'failed';
    readonly code: string | null;
  }[];
};

export type PersonJoining = {
  readonly id: string;
  readonly name: string;
  readonly role: 'receiving-officer' | 'officer' | 'head' | 'leader' | 'expert';
  readonly agency: string | null;
  readonly email: string;
  readonly phone?: string | null;
  readonly language: 'vi' | 'en';
  readonly document: string;
};

export type PersonLeaving = { readonly handOverTo?: string; readonly document: string };

export type PersonMoving = {
  readonly role: 'receiving-officer' | 'officer' | 'head' | 'leader' | 'expert';
  readonly agency: string | null;
  readonly handOverTo?: string;
  readonly document: string;
};

export type PlanItem = {
  readonly procedure: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly version: string;
  readonly phase: 'licence' | 'build' | 'operate';
  readonly mandatory: boolean;
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly cityControlled: boolean;
  readonly budget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  readonly after: readonly string[];
  readonly gates: readonly string[];
  readonly statutory: { readonly starts: string | null; readonly ends: string | null };
  readonly statutoryDays?: number | null;
  readonly target: { readonly starts: string | null; readonly ends: string | null };
  readonly verified: boolean;
};

export type PlannedDuty = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly on: 'investor' | 'agency';
  readonly due: {
    readonly amount: number | null;
    readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
    readonly direction: 'before' | 'after';
    readonly relativeTo: string;
  } | null;
  readonly recipients: readonly string[];
  readonly deposit: {
    readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
    readonly reductions: readonly { readonly percent: number; readonly when: string }[];
    readonly ratesBasis: string;
    readonly refund: string | null;
  } | null;
  readonly procedures: readonly string[];
  readonly requirement: 'yes' | 'unknown';
  readonly appliesWhen: string | null;
  readonly legalBasis: string;
  readonly verified: boolean;
};

export type PlannedGate = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly blocks: string;
  readonly needs:
    | { readonly event: string }
    | { readonly event: string; readonly months: number }
    | { readonly result: string }
    | { readonly absent: string }
    | { readonly waives: string }
    | { readonly integrates: string }
    | { readonly duty: string }
    | { readonly anyOf: readonly string[] };
  readonly lapse: Budget | null;
  readonly legalBasis: string;
  readonly verified: boolean;
};

export type PlannedProcedure = {
  readonly procedure: string;
  readonly version: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly phase: 'licence' | 'build' | 'operate';
  readonly mandatory: boolean;
  readonly requirement: 'yes' | 'unknown';
  readonly clause: string;
  readonly after: readonly { readonly procedure: string; readonly kind: string }[];
  readonly gates: readonly { readonly event: string; readonly note: string | null }[];
  readonly budget: Budget;
  readonly cityControlled: boolean;
  readonly agency: string;
  readonly handlingAgency: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly dated: 'planned' | 'earliest';
  readonly workingDays: number | null;
  readonly cumulativeWorkingDays: number | null;
  readonly releasedBy: string | null;
  readonly target: { readonly budget: Budget; readonly starts: string | null; readonly ends: string | null };
  readonly unverified: readonly string[];
  readonly verified: boolean;
  readonly note: string | null;
};

export type PortalStatus = { readonly code: number; readonly name: { readonly vi: string; readonly en: string } };

export type PortalStatusCode = { readonly code: number; readonly name: { readonly vi: string; readonly en: string } };

export type PowerOfAttorney = {
  readonly id: string;
  readonly grantor: string;
  readonly grantorName: string | null;
  readonly grantorOrganisation: string | null;
  readonly representative: string;
  readonly representativeName: string | null;
  readonly acts: readonly string[];
  readonly procedures: readonly string[] | null;
  readonly from: string;
  readonly to: string;
  readonly grantedAt: string | null;
  readonly acceptedAt: string | null;
  readonly declinedAt: string | null;
  readonly revokedAt: string | null;
  readonly state: 'offered' | 'in-force' | 'future' | 'ended' | 'declined' | 'revoked';
};

export type PowersOfAttorney = { readonly items: readonly PowerOfAttorney[] };

export type Predicate = {
  readonly id: 'high-tech' | 'internationally-linked' | 'needs-priority';
  readonly name: { readonly vi: string; readonly en: string };
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly evidence: 'register' | 'document' | 'claim' | null;
  readonly clause: string;
  readonly verified: false;
  readonly proof: readonly {
    readonly kind: 'register' | 'document';
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
  }[];
  readonly nearMiss?: {
    readonly fact: string;
    readonly needed: boolean;
    readonly text: { readonly vi: string; readonly en: string };
  };
};

export type Presence = {
  readonly others: readonly { readonly id: string; readonly name: string; readonly since: string }[];
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code:
    | 'ACTOR_RECUSED'
    | 'AGENCY_ANSWER_INVALID'
    | 'AGENCY_MERGED'
    | 'AGENCY_NOT_COMMANDED'
    | 'AGENCY_REFUSED'
    | 'AGENCY_UNAVAILABLE'
    | 'AMOUNT_OUT_OF_RANGE'
    | 'ANSWER_TOO_LATE'
    | 'ASKED_TOO_LATE'
    | 'BREACHED'
    | 'CALENDAR_DAY_COUNTED'
    | 'CALENDAR_UNKNOWN'
    | 'CALLBACK_SIGNATURE_INVALID'
    | 'CASE_CLOSED'
    | 'CASE_NOT_YOURS'
    | 'CLOCK_HISTORY_INVALID'
    | 'CLOCK_KEPT'
    | 'CLOCK_NOT_STARTED'
    | 'CONDITIONS_CONTRADICT'
    | 'CONFLICT'
    | 'CONTENT_CHANGED'
    | 'CROSS_SITE'
    | 'CURSOR_UNKNOWN'
    | 'DEFINITION_INVALID'
    | 'DEFINITION_UNKNOWN'
    | 'DELEGATION_TO_SELF'
    | 'DOCUMENT_CONFIDENTIAL'
    | 'DOCUMENT_CONTENT_MISMATCH'
    | 'DOCUMENT_DIFFERS'
    | 'DOCUMENT_MISSING'
    | 'DOCUMENT_TYPE_REFUSED'
    | 'DRAFT_UNSOURCED'
    | 'DUPLICATE_REQUEST'
    | 'DUTY_CLOSED'
    | 'EXTENSION_LIMIT'
    | 'EXTRACT_OUTDATED'
    | 'FACT_DECIDED'
    | 'FEE_NOT_DUE'
    | 'FILING_SIGNATURE_INVALID'
    | 'FORBIDDEN'
    | 'ENTRY_NOT_IN_FORCE'
    | 'ENTERPRISE_NOT_VOUCHED'
    | 'EVIDENCE_MISSING'
    | 'FOUR_EYES'
    | 'IDEMPOTENCY_KEY_MISSING'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'INTERNAL'
    | 'KEY_NOT_VALID'
    | 'KEY_UNAVAILABLE'
    | 'LAST_MANAGER'
    | 'LEGAL_HOLD'
    | 'LIMIT_LOOSER_THAN_REGIME'
    | 'MERGER_REFUSED'
    | 'MESSAGE_ID_REUSED'
    | 'MALFORMED_REQUEST'
    | 'MEMBERSHIP_ENDED'
    | 'MEMBER_ABSENT'
    | 'METHOD_NOT_ALLOWED'
    | 'METRICS_FROM_THE_FUTURE'
    | 'METRICS_OUT_OF_ORDER'
    | 'METRICS_SIGNATURE_INVALID'
    | 'NOT_EXEMPT'
    | 'NOT_FOUND'
    | 'NOT_LOGGED_YET'
    | 'NOT_OPEN_YET'
    | 'NO_QUORUM'
    | 'OUTSIDE_POWER_OF_ATTORNEY'
    | 'OUTSIDE_REGIME'
    | 'OUTSIDE_TERRITORY'
    | 'OVERLOADED'
    | 'PAPER_NOT_SEALED'
    | 'PAYLOAD_TOO_LARGE'
    | 'PIN_LOCKED'
    | 'PRECONDITION_FAILED'
    | 'PROPOSER_CANNOT_APPROVE'
    | 'QUOTA_EXCEEDED'
    | 'RATE_LIMITED'
    | 'REGIME_NOT_OPEN'
    | 'REHEARSAL_REFUSED'
    | 'RESULT_INCOMPLETE'
    | 'REVOCATION_WITHOUT_HEARING'
    | 'REGISTER_DIFFERS'
    | 'REQUEST_WINDOW_CLOSED'
    | 'SETTLING'
    | 'SHEET_TOO_LONG'
    | 'SIGNING_UNAVAILABLE'
    | 'SITE_TAKEN'
    | 'STALE'
    | 'STATUS_NOT_SHOWN'
    | 'STORAGE_FULL'
    | 'VERDICTS_DIFFER'
    | 'SUPERSEDED'
    | 'SUPPLEMENT_LIMIT'
    | 'TASK_CLOSED'
    | 'TASK_NOT_YOURS'
    | 'TERM_TOO_LONG'
    | 'TOKEN_EXPIRED'
    | 'UNAUTHENTICATED'
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_VALUE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'VALIDATION_FAILED'
    | 'WRONG_TYPE';
  readonly detail?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly requestId: string;
};

export type Procedure = {
  readonly code: string;
  readonly version: string;
  readonly validFrom: unknown;
  readonly validTo: unknown | null;
  readonly name: { readonly vi: string; readonly en: string };
  readonly phase: 'licence' | 'build' | 'operate';
  readonly competentAgency: {
    readonly park: string | null;
    readonly zone: (string | '@site-board') | null;
    readonly province: string | null;
    readonly central: string | null;
  };
  readonly handledBy: string | null;
  readonly statutoryBudget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  readonly budgetBasis: string;
  readonly budgetVariants: readonly {
    readonly when: __schema0;
    readonly budget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    readonly verified: boolean;
    readonly basis: string;
  }[];
  readonly startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  readonly clockPolicy: {
    readonly kind: 'pause' | 'cure-or-refuse';
    readonly suspensionGrounds: readonly {
      readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
      readonly max: number | null;
      readonly investorDeadlineDays: number | null;
      readonly investorDeadlineUnit: 'working-day' | 'calendar-day' | 'month' | null;
      readonly deadlineSource: 'law' | 'press' | 'assumed' | 'none';
      readonly legalBasis: string;
    }[];
    readonly cure: {
      readonly notices: number;
      readonly investorDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly agencyClockRuns: boolean;
      readonly refusalTaskDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly legalBasis: string;
    } | null;
    readonly onLapse: 'stop-or-continue' | 'stop' | 'refuse';
    readonly onResubmission: 'continue' | 'restart';
    readonly investorExtension: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly maxExtensions: number;
    readonly extensionMax: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly window?: {
      readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly binds: 'counter' | 'every-request';
      readonly legalBasis: string;
    };
  };
  readonly silence: {
    readonly legalEffect: 'deemed-agreed' | 'none';
    readonly handling: 'accept' | 'escalate';
    readonly handlingByAgency: Readonly<Record<string, 'accept' | 'escalate'>>;
    readonly opinionDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly legalBasis: string;
  };
  readonly consultations: readonly {
    readonly agency: string;
    readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    readonly about: { readonly vi: string; readonly en: string };
    readonly questions?: readonly {
      readonly code: string;
      readonly text: { readonly vi: string; readonly en: string };
    }[];
    readonly daysVerified: boolean;
    readonly addresseeDesigned: boolean;
    readonly when: __schema0 | null;
  }[];
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly obtainableFrom: string | null;
    readonly obtainableWhen?: __schema0;
    readonly ifAny?: true;
  }[];
  readonly steps: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly kind: 'automatic' | 'officer' | 'consultation' | 'council' | 'signature' | 'payment';
    readonly agency: string;
    readonly dependsOn: readonly string[];
    readonly automation: 'full' | 'assisted' | 'manual';
    readonly shareOfBudget: number;
    readonly designed: boolean;
    readonly fourEyes?: true;
  }[];
  readonly duties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly on: 'investor' | 'agency';
    readonly due: {
      readonly amount: number | null;
      readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
      readonly direction: 'before' | 'after';
      readonly relativeTo: string;
    } | null;
    readonly when: __schema0 | null;
    readonly appliesWhen: string | null;
    readonly recipients: readonly string[];
    readonly deposit: {
      readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
      readonly reductions: readonly { readonly percent: number; readonly when: string }[];
      readonly ratesBasis: string;
      readonly refund: string | null;
    } | null;
    readonly legalBasis: string;
    readonly verified: boolean;
    readonly repeats?: { readonly amount: number; readonly unit: 'month' | 'year' };
    readonly window?: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  }[];
  readonly gates: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly blocks: string;
    readonly needs:
      | { readonly event: string }
      | { readonly event: string; readonly months: number }
      | { readonly result: string }
      | { readonly absent: string }
      | { readonly waives: string }
      | { readonly integrates: string }
      | { readonly duty: string }
      | { readonly anyOf: readonly string[] };
    readonly pathways: readonly string[] | null;
    readonly lapse: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly legalBasis: string;
    readonly verified: boolean;
  }[];
  readonly result: { readonly vi: string; readonly en: string };
  readonly content?: {
    readonly fields: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
      readonly unit: { readonly vi: string; readonly en: string } | null;
      readonly required: boolean;
      readonly filed: string | null;
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly outcome: 'approved' | 'refused';
      readonly text: { readonly vi: string; readonly en: string };
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
  };
  readonly opinionReasons?: readonly {
    readonly code: string;
    readonly outcome: 'approved' | 'refused';
    readonly text: { readonly vi: string; readonly en: string };
    readonly legalBasis: string;
    readonly verified: boolean;
  }[];
  readonly ladder?: readonly (
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'share';
        readonly share: number;
      }
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'before-due' | 'after-due';
        readonly workingDays: number;
      }
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'missed';
      }
  )[];
  readonly legalBasis: readonly {
    readonly act: string;
    readonly article: string;
    readonly effectiveFrom: unknown;
    readonly effectiveTo: unknown | null;
    readonly source: string;
    readonly verified: boolean;
  }[];
  readonly verified: {
    readonly statutoryBudget: boolean;
    readonly startsFrom: boolean;
    readonly competentAgency: boolean;
    readonly clockPolicy: boolean;
    readonly silence: boolean;
    readonly consultations: boolean;
    readonly documents: boolean;
    readonly duties: boolean;
    readonly gates: boolean;
    readonly result: boolean;
  };
  readonly unverified: readonly string[];
  readonly notes: string | null;
};

export type ProcedurePreview = {
  readonly procedure: string;
  readonly version: string;
  readonly holdsFrom: string;
  readonly items: readonly MigrationItem[];
  readonly more: boolean;
};

export type ProcedurePublication = {
  readonly code: string;
  readonly version: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly name: { readonly vi: string; readonly en: string };
  readonly phase: 'licence' | 'build' | 'operate';
  readonly competentAgency: {
    readonly park: string | null;
    readonly zone: (string | '@site-board') | null;
    readonly province: string | null;
    readonly central: string | null;
  };
  readonly handledBy: string | null;
  readonly statutoryBudget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  readonly budgetBasis: string;
  readonly budgetVariants: readonly {
    readonly when: __schema0;
    readonly budget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    readonly verified: boolean;
    readonly basis: string;
  }[];
  readonly startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  readonly clockPolicy: {
    readonly kind: 'pause' | 'cure-or-refuse';
    readonly suspensionGrounds: readonly {
      readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
      readonly max: number | null;
      readonly investorDeadlineDays: number | null;
      readonly investorDeadlineUnit: 'working-day' | 'calendar-day' | 'month' | null;
      readonly deadlineSource: 'law' | 'press' | 'assumed' | 'none';
      readonly legalBasis: string;
    }[];
    readonly cure: {
      readonly notices: number;
      readonly investorDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly agencyClockRuns: boolean;
      readonly refusalTaskDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly legalBasis: string;
    } | null;
    readonly onLapse: 'stop-or-continue' | 'stop' | 'refuse';
    readonly onResubmission: 'continue' | 'restart';
    readonly investorExtension: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly maxExtensions: number;
    readonly extensionMax: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly window?: {
      readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly binds: 'counter' | 'every-request';
      readonly legalBasis: string;
    };
  };
  readonly silence: {
    readonly legalEffect: 'deemed-agreed' | 'none';
    readonly handling: 'accept' | 'escalate';
    readonly handlingByAgency: Readonly<Record<string, 'accept' | 'escalate'>>;
    readonly opinionDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly legalBasis: string;
  };
  readonly consultations: readonly {
    readonly agency: string;
    readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    readonly about: { readonly vi: string; readonly en: string };
    readonly questions?: readonly {
      readonly code: string;
      readonly text: { readonly vi: string; readonly en: string };
    }[];
    readonly daysVerified: boolean;
    readonly addresseeDesigned: boolean;
    readonly when: __schema0 | null;
  }[];
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly obtainableFrom: string | null;
    readonly obtainableWhen?: __schema0;
    readonly ifAny?: true;
  }[];
  readonly steps: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly kind: 'automatic' | 'officer' | 'consultation' | 'council' | 'signature' | 'payment';
    readonly agency: string;
    readonly dependsOn: readonly string[];
    readonly automation: 'full' | 'assisted' | 'manual';
    readonly shareOfBudget: number;
    readonly designed: boolean;
    readonly fourEyes?: true;
  }[];
  readonly duties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly on: 'investor' | 'agency';
    readonly due: {
      readonly amount: number | null;
      readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
      readonly direction: 'before' | 'after';
      readonly relativeTo: string;
    } | null;
    readonly when: __schema0 | null;
    readonly appliesWhen: string | null;
    readonly recipients: readonly string[];
    readonly deposit: {
      readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
      readonly reductions: readonly { readonly percent: number; readonly when: string }[];
      readonly ratesBasis: string;
      readonly refund: string | null;
    } | null;
    readonly legalBasis: string;
    readonly verified: boolean;
    readonly repeats?: { readonly amount: number; readonly unit: 'month' | 'year' };
    readonly window?: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
  }[];
  readonly gates: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly blocks: string;
    readonly needs:
      | { readonly event: string }
      | { readonly event: string; readonly months: number }
      | { readonly result: string }
      | { readonly absent: string }
      | { readonly waives: string }
      | { readonly integrates: string }
      | { readonly duty: string }
      | { readonly anyOf: readonly string[] };
    readonly pathways: readonly string[] | null;
    readonly lapse: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
    readonly legalBasis: string;
    readonly verified: boolean;
  }[];
  readonly result: { readonly vi: string; readonly en: string };
  readonly content?: {
    readonly fields: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
      readonly unit: { readonly vi: string; readonly en: string } | null;
      readonly required: boolean;
      readonly filed: string | null;
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly outcome: 'approved' | 'refused';
      readonly text: { readonly vi: string; readonly en: string };
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
  };
  readonly opinionReasons?: readonly {
    readonly code: string;
    readonly outcome: 'approved' | 'refused';
    readonly text: { readonly vi: string; readonly en: string };
    readonly legalBasis: string;
    readonly verified: boolean;
  }[];
  readonly ladder?: readonly (
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'share';
        readonly share: number;
      }
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'before-due' | 'after-due';
        readonly workingDays: number;
      }
    | {
        readonly code: string;
        readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
        readonly kind: 'missed';
      }
  )[];
  readonly legalBasis: readonly {
    readonly act: string;
    readonly article: string;
    readonly effectiveFrom: string;
    readonly effectiveTo: string | null;
    readonly source: string;
    readonly verified: boolean;
  }[];
  readonly verified: {
    readonly statutoryBudget: boolean;
    readonly startsFrom: boolean;
    readonly competentAgency: boolean;
    readonly clockPolicy: boolean;
    readonly silence: boolean;
    readonly consultations: boolean;
    readonly documents: boolean;
    readonly duties: boolean;
    readonly gates: boolean;
    readonly result: boolean;
  };
  readonly unverified: readonly string[];
  readonly notes: string | null;
};

export type ProcedureVersions = {
  readonly items: readonly {
    readonly code: string;
    readonly version: string;
    readonly validFrom: unknown;
    readonly validTo: unknown | null;
    readonly name: { readonly vi: string; readonly en: string };
    readonly phase: 'licence' | 'build' | 'operate';
    readonly competentAgency: {
      readonly park: string | null;
      readonly zone: (string | '@site-board') | null;
      readonly province: string | null;
      readonly central: string | null;
    };
    readonly handledBy: string | null;
    readonly statutoryBudget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    readonly budgetBasis: string;
    readonly budgetVariants: readonly {
      readonly when: __schema0;
      readonly budget: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly verified: boolean;
      readonly basis: string;
    }[];
    readonly startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
    readonly clockPolicy: {
      readonly kind: 'pause' | 'cure-or-refuse';
      readonly suspensionGrounds: readonly {
        readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
        readonly max: number | null;
        readonly investorDeadlineDays: number | null;
        readonly investorDeadlineUnit: 'working-day' | 'calendar-day' | 'month' | null;
        readonly deadlineSource: 'law' | 'press' | 'assumed' | 'none';
        readonly legalBasis: string;
      }[];
      readonly cure: {
        readonly notices: number;
        readonly investorDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
        readonly agencyClockRuns: boolean;
        readonly refusalTaskDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
        readonly legalBasis: string;
      } | null;
      readonly onLapse: 'stop-or-continue' | 'stop' | 'refuse';
      readonly onResubmission: 'continue' | 'restart';
      readonly investorExtension: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
      readonly maxExtensions: number;
      readonly extensionMax: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
      readonly window?: {
        readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
        readonly binds: 'counter' | 'every-request';
        readonly legalBasis: string;
      };
    };
    readonly silence: {
      readonly legalEffect: 'deemed-agreed' | 'none';
      readonly handling: 'accept' | 'escalate';
      readonly handlingByAgency: Readonly<Record<string, 'accept' | 'escalate'>>;
      readonly opinionDays: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
      readonly legalBasis: string;
    };
    readonly consultations: readonly {
      readonly agency: string;
      readonly days: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
      readonly about: { readonly vi: string; readonly en: string };
      readonly questions?: readonly {
        readonly code: string;
        readonly text: { readonly vi: string; readonly en: string };
      }[];
      readonly daysVerified: boolean;
      readonly addresseeDesigned: boolean;
      readonly when: __schema0 | null;
    }[];
    readonly documents: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly obtainableFrom: string | null;
      readonly obtainableWhen?: __schema0;
      readonly ifAny?: true;
    }[];
    readonly steps: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly kind: 'automatic' | 'officer' | 'consultation' | 'council' | 'signature' | 'payment';
      readonly agency: string;
      readonly dependsOn: readonly string[];
      readonly automation: 'full' | 'assisted' | 'manual';
      readonly shareOfBudget: number;
      readonly designed: boolean;
      readonly fourEyes?: true;
    }[];
    readonly duties: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly on: 'investor' | 'agency';
      readonly due: {
        readonly amount: number | null;
        readonly unit: 'working-day' | 'calendar-day' | 'month' | 'year' | null;
        readonly direction: 'before' | 'after';
        readonly relativeTo: string;
      } | null;
      readonly when: __schema0 | null;
      readonly appliesWhen: string | null;
      readonly recipients: readonly string[];
      readonly deposit: {
        readonly rates: readonly { readonly upToVnd: string | null; readonly percent: number }[];
        readonly reductions: readonly { readonly percent: number; readonly when: string }[];
        readonly ratesBasis: string;
        readonly refund: string | null;
      } | null;
      readonly legalBasis: string;
      readonly verified: boolean;
      readonly repeats?: { readonly amount: number; readonly unit: 'month' | 'year' };
      readonly window?: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' };
    }[];
    readonly gates: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly blocks: string;
      readonly needs:
        | { readonly event: string }
        | { readonly event: string; readonly months: number }
        | { readonly result: string }
        | { readonly absent: string }
        | { readonly waives: string }
        | { readonly integrates: string }
        | { readonly duty: string }
        | { readonly anyOf: readonly string[] };
      readonly pathways: readonly string[] | null;
      readonly lapse: { readonly amount: number; readonly unit: 'working-day' | 'calendar-day' } | null;
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
    readonly result: { readonly vi: string; readonly en: string };
    readonly content?: {
      readonly fields: readonly {
        readonly code: string;
        readonly name: { readonly vi: string; readonly en: string };
        readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
        readonly unit: { readonly vi: string; readonly en: string } | null;
        readonly required: boolean;
        readonly filed: string | null;
        readonly legalBasis: string;
        readonly verified: boolean;
      }[];
      readonly reasons: readonly {
        readonly code: string;
        readonly outcome: 'approved' | 'refused';
        readonly text: { readonly vi: string; readonly en: string };
        readonly legalBasis: string;
        readonly verified: boolean;
      }[];
    };
    readonly opinionReasons?: readonly {
      readonly code: string;
      readonly outcome: 'approved' | 'refused';
      readonly text: { readonly vi: string; readonly en: string };
      readonly legalBasis: string;
      readonly verified: boolean;
    }[];
    readonly ladder?: readonly (
      | {
          readonly code: string;
          readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
          readonly kind: 'share';
          readonly share: number;
        }
      | {
          readonly code: string;
          readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
          readonly kind: 'before-due' | 'after-due';
          readonly workingDays: number;
        }
      | {
          readonly code: string;
          readonly tells?: readonly ('holder' | 'head' | 'lead-agency' | 'city-leadership')[];
          readonly kind: 'missed';
        }
    )[];
    readonly legalBasis: readonly {
      readonly act: string;
      readonly article: string;
      readonly effectiveFrom: unknown;
      readonly effectiveTo: unknown | null;
      readonly source: string;
      readonly verified: boolean;
    }[];
    readonly verified: {
      readonly statutoryBudget: boolean;
      readonly startsFrom: boolean;
      readonly competentAgency: boolean;
      readonly clockPolicy: boolean;
      readonly silence: boolean;
      readonly consultations: boolean;
      readonly documents: boolean;
      readonly duties: boolean;
      readonly gates: boolean;
      readonly result: boolean;
    };
    readonly unverified: readonly string[];
    readonly notes: string | null;
  }[];
};

export type Procedures = { readonly at: string; readonly items: readonly Procedure[] };

export type PublicDecision = {
  readonly number: string;
  readonly outcome: 'approved' | 'refused';
  readonly decidedAt: string;
  readonly procedure: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly dossierCode: string | null;
  readonly documentHash: string;
  readonly signature: string;
  readonly algorithm: string;
  readonly keyId: string;
  readonly standing: 'in-force' | 'corrected' | 'revoked';
  readonly changes: readonly {
    readonly number: string;
    readonly change: 'correction' | 'revocation';
    readonly at: string;
  }[];
};

export type PublicFigures = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly cases: {
    readonly opened: number;
    readonly open: number;
    readonly approved: number;
    readonly refused: number;
    readonly withdrawn: number;
  };
  readonly reduction: {
    readonly commitment: number;
    readonly ambition: number;
    readonly overall: number | null;
    readonly n: number;
    readonly excluded: number;
  };
  readonly timeToLicense: Spread;
  readonly onTime: Part;
  readonly overdueNow: number;
  readonly automation: { readonly n: number; readonly share: number | null; readonly target: number };
  readonly satisfaction: { readonly mean: number | null; readonly responseRate: Part };
};

export type PublicStatus = {
  readonly code: string;
  readonly status: 'open' | 'approved' | 'refused' | 'withdrawn';
  readonly kind: 'green-lane' | 'sandbox';
  readonly lane: 'green' | 'standard' | 'undecided' | null;
  readonly trial: TrialStanding | null;
  readonly filedAt: string;
  readonly closedAt: string | null;
  readonly procedures: readonly {
    readonly procedure: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly dossierCode: string | null;
    readonly status: { readonly code: number; readonly name: { readonly vi: string; readonly en: string } };
    readonly dueDate: string | null;
    readonly outcome: string | null;
    readonly standing: 'in-force' | 'corrected' | 'revoked' | null;
    readonly now: Standing | null;
  }[];
  readonly asked: readonly {
    readonly kind:
      | 'dossier'
      | 'supplement'
      | 'gate'
      | 'payment'
      | 'refiling'
      | 'duty'
      | 'lane-hearing'
      | 'result-hearing'
      | 'fact'
      | 'survey';
    readonly name: { readonly vi: string; readonly en: string } | null;
    readonly by: string | null;
  }[];
};

export type PublicTrial = {
  readonly code: string;
  readonly solution: { readonly vi: string; readonly en: string } | null;
  readonly holder: string | null;
  readonly regime: string;
  readonly regimeName: { readonly vi: string; readonly en: string };
  readonly field: string;
  readonly fieldName: { readonly vi: string; readonly en: string };
  readonly authority: string;
  readonly authorityName: { readonly vi: string; readonly en: string };
  readonly supervisor: string;
  readonly supervisorName: { readonly vi: string; readonly en: string };
  readonly phase: 'admitted' | 'running' | 'paused' | 'assessment' | 'transition' | 'ended';
  readonly admittedOn: string;
  readonly startedOn: string | null;
  readonly until: string;
  readonly endedOn: string | null;
  readonly ending: 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired' | null;
  readonly transitionUntil: string | null;
  readonly certificate: string | null;
  readonly conditions: {
    readonly areas: readonly { readonly name: { readonly vi: string; readonly en: string }; readonly site: string }[];
    readonly limits: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly unit: string;
      readonly min?: number;
      readonly max?: number;
      readonly inclusive?: boolean;
      readonly values?: readonly (string | boolean)[];
    }[];
    readonly reportEvery: { readonly amount: number; readonly unit: 'week' | 'month' };
    readonly dataLocation: 'none' | 'in-country' | 'abroad';
  };
};

export type PublicTrials = { readonly items: readonly PublicTrial[]; readonly next: string | null };

export type Publication = {
  readonly step: string;
  readonly stepName: { readonly vi: string; readonly en: string };
  readonly publishedAt: string;
  readonly dossierCode: string;
  readonly procedure: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly receivedAt: string;
  readonly filed: {
    readonly project: { readonly vi: string; readonly en: string };
    readonly objective: { readonly vi: string; readonly en: string };
    readonly place: { readonly zone: string | null; readonly lot: string | null; readonly areaM2: number };
    readonly investor: string;
  } | null;
};

export type Publications = { readonly items: readonly Publication[]; readonly next: string | null };

export type PublishedKeys = {
  readonly format: 'luong-xanh-keys/1';
  readonly keys: readonly {
    readonly id: string;
    readonly use: 'signature' | 'log' | 'witness' | 'seal';
    readonly from: string;
    readonly until: string | null;
    readonly revoked: { readonly at: string; readonly reason: 'compromised' | 'superseded' | 'ceased' } | null;
    readonly jwk?:
      | {
          readonly kty: 'OKP';
          readonly crv: 'Ed25519';
          readonly x: string;
          readonly kid: string;
          readonly alg: 'EdDSA';
          readonly use: 'sig';
        }
      | { readonly kty: 'RSA'; readonly n: string; readonly e: string };
    readonly verifier?: string;
    readonly certificate?: string;
  }[];
};

export type PublishedReport = {
  readonly id: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly number: string;
  readonly approvedAt: string;
  readonly contentHash: string;
  readonly errata: number;
  readonly city: readonly {
    readonly figure:
      | 'opened'
      | 'licensed'
      | 'reduction'
      | 'onTime'
      | 'overdue'
      | 'waiting'
      | 'opinions'
      | 'returned'
      | 'stopped'
      | 'extensions'
      | 'capital'
      | 'jobs'
      | 'fdi'
      | 'satisfaction';
    readonly name: { readonly vi: string; readonly en: string };
    readonly measure: string;
    readonly n: number;
    readonly count: number | null;
    readonly value: string | null;
    readonly written: { readonly vi: string; readonly en: string };
  }[];
};

export type PublishedReports = { readonly items: readonly PublishedReport[] };

export type Questions = {
  readonly case: string;
  readonly items: readonly {
    readonly id: string;
    readonly task: string | null;
    readonly procedure: string | null;
    readonly agency: string;
    readonly agencyName: { readonly vi: string; readonly en: string };
    readonly text: string | null;
    readonly askedAt: string;
    readonly askedBy: {
      readonly id: string | null;
      readonly name: string | null;
      readonly role: string | null;
      readonly agency: string | null;
    };
    readonly answer: {
      readonly text: string | null;
      readonly answeredAt: string;
      readonly answeredBy: {
        readonly id: string | null;
        readonly name: string | null;
        readonly role: string | null;
        readonly agency: string | null;
      };
    } | null;
  }[];
};

export type ReadAll = { readonly upTo?: number };

export type Readings = {
  readonly items: readonly {
    readonly caseCode: string;
    readonly person: string | null;
    readonly role: string;
    readonly agency: string | null;
    readonly kind: 'case' | 'task' | 'document';
    readonly subject: string;
    readonly firstAt: string;
    readonly lastAt: string;
    readonly times: number;
    readonly why: 'task' | 'seat' | 'supervision' | 'stated' | 'none' | null;
    readonly task: string | null;
    readonly reason: 'coordination' | 'advice' | 'precedent' | 'handover' | 'complaint' | 'inspection' | null;
    readonly withoutTask: boolean;
  }[];
  readonly next: string | null;
};

export type Reassignment = { readonly to: string; readonly reason: string };

export type Receipt = {
  readonly case: string;
  readonly caseSeq: number;
  readonly filedAt: string;
  readonly lawAt: string;
  readonly plan: readonly PlanItem[];
  readonly dossiers: readonly DossierGiven[];
  readonly signed: FilingSignature | null;
  readonly public: { readonly code: string; readonly pin: string };
  readonly kind: 'green-lane';
  readonly lane: 'green' | 'standard' | 'undecided';
  readonly pathway: 'standard' | 'special' | 'strategic';
  readonly milestone: 'licence' | 'approvals';
  readonly baseline: {
    readonly days: number;
    readonly endDate: string;
    readonly cityDays?: number;
    readonly observed?: { readonly days: number; readonly endDate: string; readonly cityDays: number };
  };
  readonly target: { readonly days: number; readonly endDate: string };
  readonly ambition: { readonly days: number; readonly endDate: string };
  readonly plannedReduction: number;
  readonly reductionByLaw: number;
  readonly predicates: readonly Predicate[];
};

export type ReceiptWithdrawal = { readonly to?: string; readonly reason: string };

export type Reduction = {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly overall: number | null;
  readonly atLeast30: Part;
  readonly atLeast40: Part;
  readonly whole: OneReduction;
  readonly city: OneReduction;
};

export type Regime = {
  readonly code: string;
  readonly version: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly status: 'in-force' | 'planned' | 'configurable';
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly open: boolean;
  readonly closedBecause: readonly {
    readonly code:
      | 'not-issued'
      | 'undated'
      | 'not-yet-in-force'
      | 'no-longer-in-force'
      | 'authority-unknown'
      | 'evaluator-unknown'
      | 'time-unknown'
      | 'documents-unknown';
    readonly text: { readonly vi: string; readonly en: string };
  }[];
  readonly fields: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly centralApproval: boolean | null;
  }[];
  readonly territory: {
    readonly scope: 'sites' | 'ifc' | 'city' | 'province' | 'nation';
    readonly sites: readonly string[];
    readonly name: { readonly vi: string; readonly en: string };
    readonly crossBorder: boolean | null;
  };
  readonly authority: {
    readonly value: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly centralDecision: boolean;
  readonly asOf: string;
  readonly versions: readonly string[];
  readonly procedure: string | null;
  readonly supervises: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } } | null;
  readonly evaluates: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } } | null;
  readonly receives: string | null;
  readonly appraisal: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly role: string;
    readonly basis: string;
  }[];
  readonly applicant: {
    readonly kinds: readonly string[];
    readonly conditions: readonly { readonly vi: string; readonly en: string; readonly basis: string }[];
  };
  readonly tests: readonly {
    readonly code: string;
    readonly text: { readonly vi: string; readonly en: string };
    readonly clause: string;
    readonly verified: boolean;
  }[];
  readonly figures: RegimeFigures;
  readonly limits: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly unit: string;
    readonly watch: 'declared' | 'telemetry' | 'calendar' | 'geofence' | 'register';
    readonly min?: number;
    readonly max?: number;
    readonly inclusive?: boolean;
    readonly values?: readonly (string | boolean)[];
    readonly verified: boolean;
    readonly source: 'law' | 'setting' | 'default';
  }[];
  readonly incidentCovers: readonly ('serious-incident' | 'limit-exceeded')[];
  readonly externalPermits: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly authority: string;
    readonly central: boolean;
  }[];
  readonly dossier: {
    readonly simplified: { readonly vi: string; readonly en: string } | null;
    readonly channel: string | null;
    readonly noOtherDocuments: boolean | null;
  };
  readonly decisionDocument: { readonly vi: string; readonly en: string } | null;
  readonly certificateDocument: { readonly vi: string; readonly en: string } | null;
  readonly transitionNote: { readonly vi: string; readonly en: string } | null;
  readonly exemption: {
    readonly grounds: readonly { readonly vi: string; readonly en: string; readonly basis: string }[];
    readonly thirdPartyDamage: 'outside-by-default';
  };
  readonly support: {
    readonly maxShareOfCost: number | null;
    readonly note: { readonly vi: string; readonly en: string } | null;
  };
  readonly endings: readonly {
    readonly code: 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired';
    readonly name: { readonly vi: string; readonly en: string };
    readonly basis: string;
  }[];
  readonly legalBasis: readonly {
    readonly act: string;
    readonly article: string | null;
    readonly source: string;
    readonly confidence: 'H' | 'M' | 'L';
  }[];
  readonly unverified: readonly string[];
};

export type RegimeFigures = {
  readonly dossierCheck: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly supplementNotices: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly appraisal: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly decision: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly decisionIncludesAppraisal: {
    readonly value: boolean;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly council: {
    readonly value: boolean;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly quorum: {
    readonly value: { readonly parts: number; readonly of: number };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly longestTerm: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly maxExtensions: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly longestExtension: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly extensionBefore: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly extensionDecision: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly reportInterval: {
    readonly value: { readonly amount: number; readonly unit: 'week' | 'month' };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly finalReport: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly incidentHours: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly certificate: {
    readonly value: Budget;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly transitionAllowed: {
    readonly value: boolean;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly longestTransition: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly documents: {
    readonly value: readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[];
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
};

export type RegimeFit = {
  readonly regime: string;
  readonly version: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly reasons: readonly FitReasonInFull[];
};

export type RegimeProposal = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly effectiveFrom: string;
  readonly document: string;
};

export type RegimeSummary = {
  readonly code: string;
  readonly version: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly status: 'in-force' | 'planned' | 'configurable';
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly open: boolean;
  readonly closedBecause: readonly {
    readonly code:
      | 'not-issued'
      | 'undated'
      | 'not-yet-in-force'
      | 'no-longer-in-force'
      | 'authority-unknown'
      | 'evaluator-unknown'
      | 'time-unknown'
      | 'documents-unknown';
    readonly text: { readonly vi: string; readonly en: string };
  }[];
  readonly fields: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly centralApproval: boolean | null;
  }[];
  readonly territory: {
    readonly scope: 'sites' | 'ifc' | 'city' | 'province' | 'nation';
    readonly sites: readonly string[];
    readonly name: { readonly vi: string; readonly en: string };
    readonly crossBorder: boolean | null;
  };
  readonly authority: {
    readonly value: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly centralDecision: boolean;
};

export type Regimes = { readonly asOf: string; readonly items: readonly RegimeSummary[] };

export type RehearsalAdvance = {
  readonly id: string;
  readonly to: string;
  readonly status: 'pending' | 'running' | 'quiet' | 'restless' | 'failed';
  readonly detail: unknown;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
};

export type Reopening = { readonly agency: string; readonly reason: string };

export type Report = {
  readonly id: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly chaptersDue: string;
  readonly due: string;
  readonly source: string | null;
  readonly verified: boolean;
  readonly status: 'open' | 'gathered' | 'approved';
  readonly overdue: boolean;
  readonly number: string | null;
  readonly openedAt: string;
  readonly contentHash: string | null;
  readonly mayGather: boolean;
  readonly text: string | null;
  readonly city: readonly ReportFigure[];
  readonly chapters: readonly ReportChapter[];
  readonly gatheredBy: { readonly id: string; readonly name: string | null } | null;
  readonly gatheredAt: string | null;
  readonly approvedBy: { readonly id: string; readonly name: string | null } | null;
  readonly approvedAt: string | null;
  readonly errata: readonly {
    readonly agency: string | null;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
    readonly before: ReportFigure;
    readonly now: ReportFigure;
    readonly reason: string;
    readonly by: { readonly id: string; readonly name: string | null } | null;
    readonly at: string;
  }[];
  readonly changed: readonly {
    readonly agency: string | null;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
    readonly before: ReportFigure;
    readonly now: ReportFigure;
  }[];
};

export type ReportApproval = { readonly contentHash: string };

export type ReportChapter = {
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly state: 'open' | 'signed' | 'missing';
  readonly overdue: boolean;
  readonly figures: readonly ReportFigure[];
  readonly figuresHash: string;
  readonly targets: readonly {
    readonly figure:
      | 'opened'
      | 'licensed'
      | 'reduction'
      | 'onTime'
      | 'overdue'
      | 'waiting'
      | 'opinions'
      | 'returned'
      | 'stopped'
      | 'extensions'
      | 'capital'
      | 'jobs'
      | 'fdi'
      | 'satisfaction';
    readonly written: { readonly vi: string; readonly en: string };
    readonly met: boolean | null;
  }[];
  readonly reasons: readonly { readonly vi: string; readonly en: string }[];
  readonly draft: { readonly vi: string; readonly en: string } | null;
  readonly text: string | null;
  readonly signedBy: { readonly id: string; readonly name: string | null } | null;
  readonly signedAt: string | null;
};

export type ReportFigure = {
  readonly figure:
    | 'opened'
    | 'licensed'
    | 'reduction'
    | 'onTime'
    | 'overdue'
    | 'waiting'
    | 'opinions'
    | 'returned'
    | 'stopped'
    | 'extensions'
    | 'capital'
    | 'jobs'
    | 'fdi'
    | 'satisfaction';
  readonly name: { readonly vi: string; readonly en: string };
  readonly measure: string;
  readonly n: number;
  readonly count: number | null;
  readonly value: string | null;
  readonly written: { readonly vi: string; readonly en: string };
  readonly cases: string;
};

export type ReportGathering = { readonly text: string };

export type ReportItem = {
  readonly id: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly chaptersDue: string;
  readonly due: string;
  readonly source: string | null;
  readonly verified: boolean;
  readonly status: 'open' | 'gathered' | 'approved';
  readonly overdue: boolean;
  readonly number: string | null;
  readonly chapters: number;
  readonly signed: number;
  readonly mine: 'unsigned' | 'signed' | null;
};

export type Reports = { readonly items: readonly ReportItem[] };

export type ResultChange = {
  readonly id: string;
  readonly procedure: string;
  readonly change: 'correction' | 'revocation';
  readonly of: string;
  readonly passages: readonly CorrectedPassage[];
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly proposedAt: string;
  readonly answerBy: string | null;
  readonly answeredAt: string | null;
  readonly statement: string | null;
  readonly outcome: 'issued' | 'kept' | null;
  readonly decidedAt: string | null;
  readonly decision: string | null;
  readonly number: string | null;
};

export type ResultChangeProposal = {
  readonly change: 'correction' | 'revocation';
  readonly passages?: readonly { readonly was: string; readonly is: string }[];
  readonly reason: string;
  readonly legalBasis: string;
};

export type ResultStatement = { readonly statement: string };

export type ReturnForRework = { readonly step?: string; readonly items: readonly string[]; readonly reason: string };

export type RiskCounts = {
  readonly none: number;
  readonly 'on-track': number;
  readonly 'at-risk': number;
  readonly breached: number;
};

export type Roadmap = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly items: readonly RoadmapItem[];
};

export type RoadmapItem = {
  readonly procedure: string;
  readonly version: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly phase: 'licence' | 'build' | 'operate';
  readonly mandatory: boolean;
  readonly competentAgency: string;
  readonly handlingAgency: string;
  readonly cityControlled: boolean;
  readonly budget: Budget;
  readonly verified: boolean;
  readonly after: readonly string[];
  readonly gates: readonly { readonly event: string; readonly metAt: string | null }[];
  readonly readiness: 'open' | 'closed' | 'ready' | 'waiting';
  readonly missing: { readonly results: readonly string[]; readonly gates: readonly string[] };
  readonly planned: {
    readonly statutory: { readonly starts: string | null; readonly ends: string | null };
    readonly target: { readonly starts: string | null; readonly ends: string | null } | null;
  };
  readonly actual: {
    readonly attempt: number;
    readonly stage: 'awaiting-dossier' | 'intake' | 'processing' | 'decided' | 'closed';
    readonly status: PortalStatus;
    readonly dossierCode: string | null;
    readonly openedAt: string;
    readonly filedAt: string | null;
    readonly receivedAt: string | null;
    readonly decidedAt: string | null;
    readonly handedOverAt: string | null;
    readonly closedAt: string | null;
    readonly outcome:
      | 'approved'
      | 'refused'
      | 'refused-at-intake'
      | 'stopped'
      | 'withdrawn'
      | 'receipt-withdrawn'
      | 'not-needed'
      | null;
    readonly printedDueDate: string | null;
    readonly promisedDate: string | null;
    readonly clock: Clock | null;
  } | null;
  readonly deferred: { readonly until: string | null; readonly at: string } | null;
  readonly mayDefer: boolean;
  readonly holders: readonly string[];
};

export type SandboxFiling = {
  readonly kind: 'sandbox';
  readonly regime?: string;
  readonly solution: {
    readonly name: { readonly vi: string; readonly en: string };
    readonly summary: { readonly vi: string; readonly en: string };
    readonly field: string;
    readonly sites: readonly {
      readonly zone: 'SHTP' | 'HEPZA' | 'DTP' | 'FTZ' | 'IFC' | 'EZ' | 'QTSC' | 'none';
      readonly area: string;
    }[];
    readonly months: number;
    readonly users: number | null;
    readonly valueVnd: string | null;
    readonly dataLocation: 'none' | 'in-country' | 'abroad' | null;
    readonly crossBorder: boolean | null;
    readonly otherProvinces: boolean | null;
    readonly realUsers: boolean | null;
    readonly directLegalEffect: boolean | null;
    readonly sensitiveData: boolean | null;
    readonly nationalSecuritySystem: boolean | null;
    readonly closedTest: boolean | null;
    readonly canHarm: boolean | null;
    readonly insured: boolean | null;
    readonly regulatedByLaw: boolean | null;
    readonly declared: Readonly<Record<string, number | boolean | string | readonly string[]>>;
    readonly exemptionsSought: readonly { readonly act: string; readonly article: string }[];
  };
  readonly applicant: {
    readonly name: string;
    readonly country: string;
    readonly registrationNumber: string | null;
    readonly language: 'vi' | 'en';
    readonly kind: string;
    readonly operatesInPark: boolean | null;
    readonly smallOrStartUp: boolean | null;
  };
  readonly documents: readonly { readonly code: string; readonly documentId: string }[];
  readonly assumed?: readonly string[];
  readonly sources?: readonly string[];
};

export type Scorecards = {
  readonly asOf: string;
  readonly leastCases: number;
  readonly quarters: readonly { readonly quarter: string; readonly from: string; readonly to: string }[];
  readonly shown: { readonly quarter: string; readonly from: string; readonly to: string } | null;
  readonly figures: readonly {
    readonly figure:
      | 'opened'
      | 'licensed'
      | 'reduction'
      | 'onTime'
      | 'overdue'
      | 'waiting'
      | 'opinions'
      | 'returned'
      | 'stopped'
      | 'extensions'
      | 'capital'
      | 'jobs'
      | 'fdi'
      | 'satisfaction';
    readonly name: { readonly vi: string; readonly en: string };
    readonly unit: 'share' | 'working-day' | 'count' | 'vnd' | 'usd' | 'score';
    readonly definition: { readonly vi: string; readonly en: string };
  }[];
  readonly items: readonly {
    readonly agency: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly commandedByCity: boolean;
    readonly figures: readonly {
      readonly figure:
        | 'opened'
        | 'licensed'
        | 'reduction'
        | 'onTime'
        | 'overdue'
        | 'waiting'
        | 'opinions'
        | 'returned'
        | 'stopped'
        | 'extensions'
        | 'capital'
        | 'jobs'
        | 'fdi'
        | 'satisfaction';
      readonly few: boolean;
      readonly n: number | null;
      readonly count: number | null;
      readonly value: string | null;
      readonly written: { readonly vi: string; readonly en: string } | null;
    }[];
  }[];
};

export type Screening = {
  readonly lane: 'green' | 'standard' | 'undecided';
  readonly predicates: readonly Predicate[];
  readonly pathways: readonly PathwayPlan[];
  readonly beyondCalendar: readonly string[];
  readonly recommended: { readonly pathway: string; readonly reason: { readonly vi: string; readonly en: string } };
  readonly milestone: 'licence' | 'approvals';
  readonly baselineDays: number;
  readonly baselineDaysAtMost: number;
  readonly cityBaselineDays: number;
  readonly observed: {
    readonly baseline: { readonly days: number; readonly endDate: string; readonly cityDays: number } | null;
    readonly missing: readonly string[];
    readonly unverified: readonly string[];
  };
  readonly targetDays: number;
  readonly ambitionDays: number;
  readonly plannedReduction: number;
  readonly reductionByLaw: number;
  readonly baselineEndDate: string;
  readonly targetEndDate: string;
  readonly ambitionEndDate: string;
  readonly filedAt: string;
  readonly lawAt: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly presumed: readonly string[];
  readonly unknown: readonly string[];
  readonly unverified: readonly string[];
};

export type ScreeningLaw = { readonly law: unknown };

export type SecurityEvent = {
  readonly id: string;
  readonly kind:
    | 'sign-in-refused'
    | 'token-refused'
    | 'cross-site'
    | 'rate-limited'
    | 'pin-refused'
    | 'pin-locked'
    | 'callback-forged'
    | 'device-forged'
    | 'access-refused'
    | 'case-probing'
    | 'reading-many'
    | 'reading-out-of-hours'
    | 'reading-without-task'
    | 'bulk-export';
  readonly name: { readonly vi: string; readonly en: string };
  readonly severity: 'notice' | 'warning' | 'alarm';
  readonly account: string | null;
  readonly subject: string | null;
  readonly caller: string | null;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly times: number;
};

export type SecurityEvents = {
  readonly items: readonly SecurityEvent[];
  readonly next: string | null;
  readonly more: boolean;
};

export type SessionEnded = { readonly ended: true };

export type SignedFiling = {
  readonly filingHash: string;
  readonly text: string;
  readonly signature: FilingSignatureGiven;
};

export type SimilarCases = {
  readonly asOf: string;
  readonly items: readonly {
    readonly case: string;
    readonly decidedOn: string;
    readonly outcome: 'approved' | 'refused';
    readonly netDays: number | null;
    readonly supplements: number;
    readonly overlap: readonly {
      readonly on: 'field' | 'zone' | 'pathway' | 'lane' | 'country' | 'condition';
      readonly value: string;
      readonly name: { readonly vi: string; readonly en: string };
    }[];
  }[];
};

export type Spread = {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
};

export type StandIn = {
  readonly system:
    | 'enterprise-registry'
    | 'identity'
    | 'national-investment'
    | 'land-planning'
    | 'tax'
    | 'customs'
    | 'environment'
    | 'police-fire'
    | 'police-data'
    | 'state-bank-branch'
    | 'message-gateway'
    | 'public-service-portal'
    | 'city-procedures'
    | 'integration-platform';
  readonly switches: StandInSwitches | null;
};

export type StandInRequest = {
  readonly down?: boolean;
  readonly latencyMs?: number;
  readonly errorRate?: number;
  readonly timeoutRate?: number;
  readonly silent?: boolean;
  readonly lateByWorkingDays?: number;
  readonly outOfOrder?: boolean;
  readonly duplicateCallbacks?: number;
  readonly wrongSignature?: boolean;
  readonly position?: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object';
};

export type StandInSwitches = {
  readonly down: boolean;
  readonly latencyMs: number;
  readonly errorRate: number;
  readonly timeoutRate: number;
  readonly silent: boolean;
  readonly lateByWorkingDays: number;
  readonly outOfOrder: boolean;
  readonly duplicateCallbacks: number;
  readonly wrongSignature: boolean;
  readonly position: 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object';
};

export type StandIns = { readonly items: readonly StandIn[] };

export type Standing = {
  readonly holders: readonly { readonly code: string; readonly name: { readonly vi: string; readonly en: string } }[];
  readonly daysLeft: number | null;
  readonly unit: 'working-day' | 'calendar-day' | null;
  readonly dueDate: string | null;
  readonly reception: { readonly by: string; readonly late: boolean } | null;
  readonly text: { readonly vi: string; readonly en: string };
};

export type StatusQuestion = { readonly code: string; readonly pin: string };

export type StatusSide = { readonly status: PortalStatusCode; readonly at: string };

export type Statuses = {
  readonly case: string;
  readonly items: readonly {
    readonly system: 'public-service-portal' | 'city-procedures';
    readonly procedure: string;
    readonly procedureName: { readonly vi: string; readonly en: string } | null;
    readonly attempt: number;
    readonly status: PortalStatusCode;
    readonly occurredAt: string;
    readonly toldAt: string | null;
    readonly reference: string | null;
    readonly error: string | null;
  }[];
};

export type StepCases = {
  readonly asOf: string;
  readonly dataAgeSeconds: number;
  readonly period: { readonly from: string | null; readonly to: string };
  readonly n: number;
  readonly items: readonly {
    readonly case: string;
    readonly openedOn: string;
    readonly endedOn: string;
    readonly waitingDays: number;
    readonly workingDays: number;
    readonly aloneDays: number;
  }[];
  readonly next: string | null;
};

export type StepTerm = {
  readonly step: string;
  readonly state: 'running' | 'suspended' | 'stopped';
  readonly budget: Budget;
  readonly base: Budget;
  readonly dueDate: string | null;
  readonly dueIfReturned: string | null;
  readonly remaining: number;
  readonly breachedOn: string | null;
};

export type Supplement = {
  readonly requestId: string;
  readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
  readonly items: readonly (string | null)[];
  readonly requestedAt: string;
  readonly deadline: string | null;
  readonly suspends: boolean;
  readonly extensions: number;
  readonly decision: string | null;
  readonly reviewOn: string | null;
  readonly status: 'asked' | 'lapsed' | 'answered' | 'continued' | 'stopped' | 'handled' | 'withdrawn';
  readonly answeredAt: string | null;
  readonly reason: string | null;
  readonly explanation: string | null;
};

export type SupplementAnswer = {
  readonly procedure: string;
  readonly requestId: string;
  readonly documents?: readonly DossierItem[];
  readonly explanation?: string;
};

export type SupplementRequest = {
  readonly ground: 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
  readonly items: readonly string[];
  readonly reason: string;
  readonly decision?: string;
  readonly reviewOn?: string;
};

export type Survey = { readonly score: number; readonly procedure?: string };

export type Target = {
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly heads: readonly string[];
  readonly figure: 'onTime' | 'opinions' | 'overdue' | 'waiting';
  readonly name: { readonly vi: string; readonly en: string };
  readonly side: 'at-least' | 'at-most';
  readonly value: string;
  readonly written: { readonly vi: string; readonly en: string };
  readonly now: {
    readonly n: number;
    readonly value: string | null;
    readonly written: { readonly vi: string; readonly en: string };
  };
  readonly met: boolean | null;
  readonly basis: string;
  readonly setBy: { readonly id: string; readonly name: string | null } | null;
  readonly setAt: string;
  readonly changes: number;
};

export type Targets = {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly figures: readonly {
    readonly figure: 'onTime' | 'opinions' | 'overdue' | 'waiting';
    readonly name: { readonly vi: string; readonly en: string };
    readonly side: 'at-least' | 'at-most';
  }[];
  readonly items: readonly Target[];
};

export type Task = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly task: TaskSummary;
  readonly outcomes: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly does: { readonly vi: string; readonly en: string };
    readonly fields: readonly { readonly field: string; readonly required: boolean }[];
  }[];
  readonly question: {
    readonly id: string;
    readonly procedure: string | null;
    readonly procedureName: { readonly vi: string; readonly en: string } | null;
    readonly text: string | null;
    readonly askedAt: string;
    readonly askedBy: { readonly id: string | null; readonly name: string | null };
  } | null;
  readonly instruction: {
    readonly id: string;
    readonly want: 'explain' | 'act';
    readonly procedureName: { readonly vi: string; readonly en: string } | null;
    readonly text: string | null;
    readonly givenAt: string;
  } | null;
  readonly predicates: readonly Predicate[];
  readonly laneEvidence: readonly LaneEvidence[];
  readonly laneHearing: LaneHearingHeld | null;
  readonly resultChange: ResultChange | null;
  readonly outside: OutsideMatter | null;
  readonly factQuestion: FactQuestion | null;
  readonly dossier: DossierCheck | null;
  readonly work: readonly {
    readonly step: string;
    readonly stepName: { readonly vi: string; readonly en: string };
    readonly round: number;
    readonly outcome: string;
    readonly at: string;
    readonly by: 'system' | 'person' | 'waived';
    readonly people: readonly {
      readonly id: string;
      readonly name: string | null;
      readonly onBehalfOf: string | null;
      readonly at: string;
      readonly note: string | null;
      readonly drafted: { readonly kept: number; readonly of: number } | null;
    }[];
  }[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly presumed: readonly string[];
  readonly summary: { readonly vi: string; readonly en: string } | null;
  readonly procedure: CaseProcedure | null;
  readonly clock: Clock | null;
  readonly ledger: readonly ClockEntry[];
  readonly documents: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string } | null;
    readonly filedAt: string;
    readonly documentId: string | null;
    readonly fileName: string | null;
    readonly mediaType: string | null;
    readonly bytes: number | null;
    readonly remark: 'password-protected' | 'no-pages' | 'unreadable' | 'not-looked-into' | null;
    readonly obtainedFrom: string | null;
  }[];
  readonly withheldDocuments: readonly string[];
  readonly opinions: readonly Opinion[];
  readonly conferences: readonly Conference[];
  readonly nearSites: readonly {
    readonly case: string;
    readonly dossierCode: string;
    readonly procedure: string;
    readonly receivedOn: string;
    readonly lot: string | null;
    readonly same: boolean;
  }[];
  readonly returns: readonly {
    readonly at: string;
    readonly by: { readonly id: string; readonly name: string | null };
    readonly step: string;
    readonly items: readonly (string | null)[];
    readonly reason: string | null;
  }[];
  readonly result: {
    readonly seen: string;
    readonly fields: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly kind: 'text' | 'money' | 'number' | 'date' | 'verdict';
      readonly unit: { readonly vi: string; readonly en: string } | null;
      readonly required: boolean;
      readonly proposed: string | null;
      readonly legalBasis: { readonly vi: string; readonly en: string };
      readonly verified: boolean;
    }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly outcome: 'approved' | 'refused';
      readonly text: { readonly vi: string; readonly en: string };
      readonly legalBasis: { readonly vi: string; readonly en: string };
      readonly verified: boolean;
    }[];
  } | null;
  readonly admission: TrialAdmission | null;
};

export type TaskSummary = {
  readonly id: string;
  readonly case: string;
  readonly caseSeq: number;
  readonly projectName: { readonly vi: string; readonly en: string } | null;
  readonly lane: 'green' | 'standard' | 'undecided';
  readonly procedure: string | null;
  readonly procedureName: { readonly vi: string; readonly en: string } | null;
  readonly attempt: number | null;
  readonly dossierCode: string | null;
  readonly kind:
    | 'intake'
    | 'step'
    | 'opinion'
    | 'by-hand'
    | 'lapse'
    | 'silence'
    | 'lane'
    | 'revocation'
    | 'stuck'
    | 'apology'
    | 'conference'
    | 'statement'
    | 'question'
    | 'fact'
    | 'extract'
    | 'outside'
    | 'result-change'
    | 'fit'
    | 'hold'
    | 'incident'
    | 'trial-request'
    | 'completion'
    | 'signatory'
    | 'instruction';
  readonly kindName: { readonly vi: string; readonly en: string };
  readonly step: string | null;
  readonly stepName: { readonly vi: string; readonly en: string } | null;
  readonly agency: string;
  readonly agencyName: { readonly vi: string; readonly en: string };
  readonly role: 'receiving-officer' | 'officer' | 'head' | 'leader';
  readonly status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  readonly dueDate: string | null;
  readonly stepDueDate: string | null;
  readonly remainingDays: number | null;
  readonly risk: 'none' | 'on-track' | 'at-risk' | 'breached';
  readonly breachedOn: string | null;
  readonly openedAt: string;
  readonly claimedBy: { readonly id: string; readonly name: string | null } | null;
  readonly claimedSince: string | null;
  readonly returnedTo: string | null;
  readonly completedBy: string | null;
  readonly completedByName: string | null;
  readonly completedAt: string | null;
  readonly outcome: string | null;
};

export type Tasks = {
  readonly items: readonly ListedTask[];
  readonly next: string | null;
  readonly counts: RiskCounts | null;
  readonly order: { readonly vi: string; readonly en: string };
  readonly settled: boolean;
};

export type Term = {
  readonly budget: Budget;
  readonly base: Budget;
  readonly dueDate: string | null;
  readonly dueIfReturned: string | null;
  readonly remaining: number;
  readonly breachedOn: string | null;
};

export type Timeline = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly items: readonly TimelineEntry[];
  readonly next: string | null;
};

export type TimelineEntry = {
  readonly seq: number;
  readonly type: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly scope: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: {
    readonly kind: 'person' | 'agency-system' | 'device' | 'engine' | 'clock';
    readonly id: string | null;
    readonly name: string | null;
    readonly role: string | null;
    readonly agency: string | null;
    readonly onBehalfOf: string | null;
    readonly assurance: 1 | 2 | null;
  };
  readonly payload: Readonly<Record<string, unknown>>;
  readonly words: Readonly<Record<string, string | null>> | null;
  readonly hash: string | null;
};

export type TransparencyLog = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly writtenAt: string;
  readonly checkpoint: string;
  readonly keys: readonly { readonly verifier: string; readonly since: number }[];
  readonly unlogged: number;
  readonly address: string;
};

export type Trial = {
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
  readonly phase:
    'admission' | 'admitted' | 'running' | 'held' | 'suspended' | 'assessment' | 'ended' | 'transition' | 'over';
  readonly regime: {
    readonly code: string;
    readonly version: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly field: string;
  };
  readonly authority: string;
  readonly supervises: string;
  readonly evaluates: string;
  readonly fit: 'yes' | 'unknown' | 'no';
  readonly decision: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly terms: TrialConditions | null;
  readonly exemptions: readonly {
    readonly act: string;
    readonly article: string;
    readonly whom: 'participant' | 'participant-staff' | 'supervising-officers';
    readonly scope: 'administrative' | 'civil' | 'duty-waived' | 'duty-reduced';
    readonly basis: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly rules: {
    readonly longestTerm: {
      readonly value: number;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly maxExtensions: {
      readonly value: number;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly longestExtension: {
      readonly value: number;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly extensionBefore: {
      readonly value: Budget;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly extensionDecision: {
      readonly value: Budget;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly reportInterval: {
      readonly value: { readonly amount: number; readonly unit: 'week' | 'month' };
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly finalReport: {
      readonly value: Budget;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly incidentHours: {
      readonly value: number;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly certificate: {
      readonly value: Budget;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly transitionAllowed: {
      readonly value: boolean;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
    readonly longestTransition: {
      readonly value: number;
      readonly source: 'law' | 'setting' | 'default';
      readonly verified: boolean;
      readonly basis: string | null;
    } | null;
  };
  readonly warnAt: number;
  readonly extensions: number;
  readonly permits: readonly {
    readonly permit: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly authority: string;
    readonly number: string | null;
    readonly validTo: string | null;
    readonly documentId: string | null;
  }[];
  readonly keys: readonly string[];
  readonly metrics: { readonly batch: number; readonly to: string } | null;
  readonly alerts: readonly {
    readonly limit: string;
    readonly value: number | boolean | string;
    readonly at: string;
    readonly standing: 'near' | 'beyond';
    readonly batch: number;
  }[];
  readonly holds: readonly {
    readonly id: string;
    readonly cause:
      | { readonly kind: 'limit'; readonly limit: string; readonly value: number | boolean | string }
      | { readonly kind: 'incident'; readonly incident: string };
    readonly placedAt: string;
    readonly confirmBy: string;
    readonly status: 'placed' | 'confirmed' | 'lifted' | 'lapsed';
    readonly decidedAt: string | null;
    readonly reason: string | null;
  }[];
  readonly suspensions: readonly {
    readonly at: string;
    readonly hold: string | null;
    readonly reason: string | null;
    readonly resumedAt: string | null;
    readonly resumedBecause: string | null;
  }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly limit: string | null;
    readonly reportBy: string;
    readonly status: 'to-report' | 'missed' | 'reported' | 'examined';
    readonly severity: 'minor' | 'serious' | 'critical' | null;
    readonly happenedAt: string | null;
    readonly knownAt: string | null;
    readonly reportedAt: string | null;
    readonly late: boolean;
    readonly description: string | null;
    readonly documentId: string | null;
    readonly finding: {
      readonly at: string;
      readonly damage: 'none' | 'own' | 'state' | 'third-party';
      readonly cause: 'objective' | 'subjective' | 'undetermined';
      readonly exempt: boolean;
      readonly legalBasis: string | null;
      readonly reason: string | null;
    } | null;
  }[];
  readonly requests: readonly {
    readonly id: string;
    readonly kind: 'adjustment' | 'extension' | 'resumption';
    readonly months: number | null;
    readonly terms: TrialConditions | null;
    readonly reason: string | null;
    readonly requestedAt: string;
    readonly decideBy: string;
    readonly status: 'open' | 'granted' | 'refused' | 'dropped';
    readonly answeredAt: string | null;
    readonly answer: string | null;
  }[];
  readonly reports: readonly {
    readonly duty: string;
    readonly dueDate: string | null;
    readonly status: 'open' | 'overdue' | 'met';
    readonly metAt: string | null;
    readonly filedAt: string | null;
    readonly documentId: string | null;
    readonly figures: Readonly<Record<string, number>> | null;
  }[];
  readonly visits: readonly {
    readonly id: string;
    readonly on: string;
    readonly result: 'in-order' | 'shortcomings' | 'violation';
    readonly agency: string | null;
    readonly findings: string | null;
  }[];
  readonly visitsDue: readonly {
    readonly duty: string;
    readonly dueDate: string | null;
    readonly status: 'open' | 'overdue' | 'met';
    readonly metAt: string | null;
  }[];
  readonly finalReportDue: {
    readonly duty: string;
    readonly dueDate: string | null;
    readonly status: 'open' | 'overdue' | 'met';
    readonly metAt: string | null;
  } | null;
  readonly finalReport: {
    readonly filedAt: string;
    readonly assessBy: string;
    readonly documentId: string | null;
    readonly figures: Readonly<Record<string, number>>;
    readonly lessons: readonly { readonly act: string; readonly article: string; readonly change: string | null }[];
  } | null;
  readonly userDuties: readonly {
    readonly duty: string;
    readonly dueDate: string | null;
    readonly status: 'open' | 'overdue' | 'met';
    readonly metAt: string | null;
    readonly name: { readonly vi: string; readonly en: string };
  }[];
  readonly ending: 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired' | null;
  readonly endedAt: string | null;
  readonly endedBecause: string | null;
  readonly transitionUntil: string | null;
  readonly certificate: string | null;
  readonly withheldDocuments: readonly string[];
  readonly may: readonly string[];
};

export type TrialAdjustment = {
  readonly areas?: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly site: string;
    readonly polygon: readonly (readonly [number, number])[] | null;
  }[];
  readonly limits?: readonly {
    readonly code: string;
    readonly min?: number;
    readonly max?: number;
    readonly inclusive?: boolean;
    readonly values?: readonly (boolean | string)[];
  }[];
  readonly dataLocation?: 'none' | 'in-country' | 'abroad';
  readonly reportEvery?: { readonly amount: number; readonly unit: 'week' | 'month' };
  readonly transitionMonths?: number;
  readonly reason: string;
};

export type TrialAdmission = {
  readonly evaluation: TrialEvaluation;
  readonly councilNeeded: boolean;
  readonly quorumRule: {
    readonly value: { readonly parts: number; readonly of: number };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly council: TrialCouncil | null;
};

export type TrialConditions = {
  readonly months: number;
  readonly areas: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly site: string;
    readonly polygon: readonly (readonly [number, number])[] | null;
  }[];
  readonly limits: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly unit: string;
    readonly watch: 'declared' | 'telemetry' | 'calendar' | 'geofence' | 'register';
    readonly min?: number;
    readonly max?: number;
    readonly inclusive?: boolean;
    readonly values?: readonly (string | boolean)[];
    readonly verified: boolean;
    readonly source: 'law' | 'setting' | 'default' | 'admission';
  }[];
  readonly dataLocation: 'none' | 'in-country' | 'abroad';
  readonly reportEvery: { readonly amount: number; readonly unit: 'week' | 'month' };
  readonly visitEvery: number;
  readonly transitionMonths: number;
  readonly userDuties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly days: number;
  }[];
};

export type TrialCouncil = {
  readonly status: 'convened' | 'meeting' | 'closed';
  readonly meetsAt: string;
  readonly quorum: number;
  readonly voters: number | null;
  readonly members: readonly {
    readonly person: { readonly id: string; readonly name: string | null };
    readonly role: 'chair' | 'member';
    readonly agency: string | null;
    readonly agencyName: { readonly vi: string; readonly en: string } | null;
    readonly present: boolean | null;
    readonly recused: boolean;
    readonly voted: boolean;
    readonly vote: 'for' | 'against' | 'abstain' | null;
    readonly reason: string | null;
  }[];
  readonly result: {
    readonly at: string;
    readonly for: number;
    readonly against: number;
    readonly abstained: number;
    readonly recommends: 'admit' | 'reject' | 'none';
    readonly dissent: readonly {
      readonly person: { readonly id: string; readonly name: string | null } | null;
      readonly vote: 'for' | 'against' | 'abstain';
      readonly reason: string | null;
    }[];
  } | null;
};

export type TrialCouncilOfCase = {
  readonly councilNeeded: boolean;
  readonly quorumRule: {
    readonly value: { readonly parts: number; readonly of: number };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly council: TrialCouncil | null;
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
};

export type TrialEvaluation = {
  readonly regime: {
    readonly code: string;
    readonly version: string;
    readonly name: { readonly vi: string; readonly en: string };
  };
  readonly askedMonths: number;
  readonly longestTerm: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly reportInterval: {
    readonly value: { readonly amount: number; readonly unit: 'week' | 'month' };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly limits: readonly TrialLimit[];
  readonly criteria: readonly {
    readonly criterion: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly positive: { readonly vi: string; readonly en: string };
    readonly negative: { readonly vi: string; readonly en: string };
    readonly basis: string;
    readonly finding: 'positive' | 'negative' | 'unclear' | null;
  }[];
  readonly proposal: {
    readonly at: string;
    readonly by: readonly { readonly id: string; readonly name: string | null }[];
    readonly terms: TrialTerms;
  } | null;
};

export type TrialEvaluationOfCase = {
  readonly regime: {
    readonly code: string;
    readonly version: string;
    readonly name: { readonly vi: string; readonly en: string };
  };
  readonly askedMonths: number;
  readonly longestTerm: {
    readonly value: number;
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly reportInterval: {
    readonly value: { readonly amount: number; readonly unit: 'week' | 'month' };
    readonly source: 'law' | 'setting' | 'default';
    readonly verified: boolean;
    readonly basis: string | null;
  } | null;
  readonly limits: readonly TrialLimit[];
  readonly criteria: readonly {
    readonly criterion: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly positive: { readonly vi: string; readonly en: string };
    readonly negative: { readonly vi: string; readonly en: string };
    readonly basis: string;
    readonly finding: 'positive' | 'negative' | 'unclear' | null;
  }[];
  readonly proposal: {
    readonly at: string;
    readonly by: readonly { readonly id: string; readonly name: string | null }[];
    readonly terms: TrialTerms;
  } | null;
  readonly case: string;
  readonly caseSeq: number;
  readonly asOf: string;
  readonly settled: boolean;
};

export type TrialExtension = { readonly months: number; readonly reason: string };

export type TrialFinalReport = {
  readonly documentId?: string | null;
  readonly lessons?: readonly { readonly act: string; readonly article: string; readonly change: string }[];
  readonly figures?: Readonly<Record<string, number>>;
};

export type TrialIncident = {
  readonly incident?: string | null;
  readonly severity: 'minor' | 'serious' | 'critical';
  readonly happenedAt: string;
  readonly knownAt: string;
  readonly description: string;
  readonly documentId?: string | null;
};

export type TrialKey = { readonly keyId: string; readonly publicKey: string };

export type TrialLimit = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly unit: string;
  readonly watch: 'declared' | 'telemetry' | 'calendar' | 'geofence' | 'register';
  readonly min?: number;
  readonly max?: number;
  readonly inclusive?: boolean;
  readonly values?: readonly (string | boolean)[];
  readonly verified: boolean;
  readonly source: 'law' | 'setting' | 'default' | 'admission';
};

export type TrialOfCase = {
  readonly regime: string;
  readonly version: string;
  readonly regimeName: { readonly vi: string; readonly en: string };
  readonly field: string;
  readonly months: number;
  readonly fit: { readonly verdict: 'yes' | 'no' | 'unknown'; readonly reasons: readonly FitReason[] };
  readonly authority: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
  readonly supervises: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
  readonly evaluates: { readonly code: string; readonly name: { readonly vi: string; readonly en: string } };
  readonly phase:
    'admission' | 'admitted' | 'running' | 'held' | 'suspended' | 'assessment' | 'ended' | 'transition' | 'over';
  readonly ending: 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired' | null;
};

export type TrialPermit = {
  readonly permit: string;
  readonly number: string;
  readonly documentId?: string | null;
  readonly validTo?: string | null;
};

export type TrialReadings = {
  readonly case: string;
  readonly items: readonly {
    readonly limit: string;
    readonly value: number | boolean | string;
    readonly at: string;
    readonly batch: number;
  }[];
  readonly next: string | null;
};

export type TrialReason = { readonly reason: string };

export type TrialReceipt = {
  readonly case: string;
  readonly caseSeq: number;
  readonly filedAt: string;
  readonly lawAt: string;
  readonly plan: readonly PlanItem[];
  readonly dossiers: readonly DossierGiven[];
  readonly signed: FilingSignature | null;
  readonly public: { readonly code: string; readonly pin: string };
  readonly kind: 'sandbox';
  readonly trial: FiledTrial;
  readonly decisionDue: { readonly days: number; readonly endDate: string };
  readonly unverified: readonly string[];
};

export type TrialReport = {
  readonly duty?: string | null;
  readonly documentId?: string | null;
  readonly figures?: Readonly<Record<string, number>>;
};

export type TrialStanding = {
  readonly regime: string;
  readonly phase:
    'admission' | 'admitted' | 'running' | 'held' | 'suspended' | 'assessment' | 'ended' | 'transition' | 'over';
  readonly ending: 'completed' | 'failed' | 'revoked' | 'withdrawn' | 'expired' | null;
};

export type TrialTerms = {
  readonly months: number;
  readonly areas: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly site: string;
    readonly polygon: readonly (readonly number[])[] | null;
  }[];
  readonly limits: readonly TrialLimit[];
  readonly dataLocation: 'none' | 'in-country' | 'abroad';
  readonly reportEvery: { readonly amount: number; readonly unit: 'week' | 'month' };
  readonly visitEvery: number;
  readonly transitionMonths: number;
  readonly exemptions: readonly {
    readonly act: string;
    readonly article: string;
    readonly whom: 'participant' | 'participant-staff' | 'supervising-officers';
    readonly scope: 'administrative' | 'civil' | 'duty-waived' | 'duty-reduced';
    readonly basis: string;
  }[];
  readonly userDuties: readonly {
    readonly code: string;
    readonly name: { readonly vi: string; readonly en: string };
    readonly days: number;
  }[];
};

export type TrialTermsProposal = {
  readonly taskId: string;
  readonly criteria: readonly { readonly criterion: string; readonly finding: 'positive' | 'negative' | 'unclear' }[];
  readonly terms: {
    readonly months?: number;
    readonly areas: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly site: string;
      readonly polygon: readonly (readonly [number, number])[] | null;
    }[];
    readonly limits?: readonly {
      readonly code: string;
      readonly min?: number;
      readonly max?: number;
      readonly inclusive?: boolean;
      readonly values?: readonly (string | boolean)[];
      readonly name?: { readonly vi: string; readonly en: string };
      readonly unit?: string;
      readonly watch?: 'declared' | 'telemetry' | 'calendar' | 'geofence' | 'register';
      readonly verified?: boolean;
    }[];
    readonly dataLocation: 'none' | 'in-country' | 'abroad';
    readonly reportEvery?: { readonly amount: number; readonly unit: 'week' | 'month' };
    readonly visitEvery?: number;
    readonly transitionMonths?: number;
    readonly exemptions?: readonly {
      readonly act: string;
      readonly article: string;
      readonly whom: 'participant' | 'participant-staff' | 'supervising-officers';
      readonly scope: 'administrative' | 'civil' | 'duty-waived' | 'duty-reduced';
      readonly basis: string;
    }[];
    readonly userDuties?: readonly {
      readonly code: string;
      readonly name: { readonly vi: string; readonly en: string };
      readonly days: number;
    }[];
  };
};

export type TrialVisit = {
  readonly on: string;
  readonly result: 'in-order' | 'shortcomings' | 'violation';
  readonly findings: string;
};

export type ViolationReview = { readonly reviewOn?: string; readonly reason: string };

export type WaitingFigure = {
  readonly from: string;
  readonly to: string;
  readonly n: number;
  readonly median: number | null;
};

export type WebSessions = {
  readonly items: readonly {
    readonly id: string;
    readonly person: string;
    readonly name: string | null;
    readonly expiresAt: string;
  }[];
};

export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly status: 'proposed' | 'active' | 'paused';
  readonly reason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly confirmedBy: string | null;
  readonly waiting: number;
};

export type WebhookCreated = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly status: 'proposed' | 'active' | 'paused';
  readonly reason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly confirmedBy: string | null;
  readonly waiting: number;
  readonly secret: string;
};

export type WebhookDetail = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly status: 'proposed' | 'active' | 'paused';
  readonly reason: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly confirmedBy: string | null;
  readonly waiting: number;
  readonly deliveries: readonly {
    readonly event: string;
    readonly type: string;
    readonly status: 'delivered' | 'failed';
    readonly attempts: number;
    readonly answer: string | null;
    readonly lastAt: string;
  }[];
};

export type WebhookRemoved = { readonly removed: string };

export type WebhookReplay = { readonly fromCase: string } | { readonly fromEvent: string };

export type WebhookRequest = {
  readonly url: string;
  readonly events: readonly (
    | 'caseOpened'
    | 'laneDecided'
    | 'evidenceGiven'
    | 'caseWithdrawn'
    | 'caseClosed'
    | 'laneProposed'
    | 'caseSurveyed'
    | 'interestDeclared'
    | 'scopeClosed'
    | 'scopeRebuilt'
    | 'laneHearingOpened'
    | 'laneHearingAnswered'
    | 'laneRevoked'
    | 'laneKept'
    | 'factsQuestioned'
    | 'factsConfirmed'
    | 'factsKept'
    | 'gateMet'
    | 'procedureDeferred'
    | 'procedureResumed'
    | 'questionAsked'
    | 'questionAnswered'
    | 'instructionGiven'
    | 'instructionMoved'
    | 'instructionAnswered'
    | 'instructionWithdrawn'
    | 'dutyIncurred'
    | 'dutyMet'
    | 'dutyMissed'
    | 'dutyMoved'
    | 'dutyDropped'
    | 'procedureOpened'
    | 'dossierFiled'
    | 'onlineDeclared'
    | 'declarationFailed'
    | 'dossierReceived'
    | 'receiptWithdrawn'
    | 'completionRequested'
    | 'receptionRefused'
    | 'extensionGranted'
    | 'extensionWithdrawn'
    | 'rungReached'
    | 'target30AtRisk'
    | 'target30Missed'
    | 'target40AtRisk'
    | 'target40Missed'
    | 'decisionMade'
    | 'termEnded'
    | 'decisionSigned'
    | 'resultHandedOver'
    | 'procedureClosed'
    | 'extractAsked'
    | 'extractObtained'
    | 'extractQuestioned'
    | 'extractSettled'
    | 'consentWithdrawn'
    | 'extractMissed'
    | 'papersFiledOutside'
    | 'resultHandedOut'
    | 'statusDiffered'
    | 'outsideSettled'
    | 'resultChangeProposed'
    | 'resultHearingAnswered'
    | 'resultCorrected'
    | 'resultRevoked'
    | 'resultKept'
    | 'stepStarted'
    | 'stepCompleted'
    | 'stepFailed'
    | 'workReturned'
    | 'stepReopened'
    | 'taskOpened'
    | 'taskClaimed'
    | 'taskReleased'
    | 'taskReassigned'
    | 'signatoryNamed'
    | 'taskCompleted'
    | 'taskCancelled'
    | 'supplementRequested'
    | 'supplementAnswered'
    | 'supplementLapsed'
    | 'supplementWithdrawn'
    | 'violationReviewed'
    | 'violationHandled'
    | 'supplementExtended'
    | 'lapseDecided'
    | 'apologyDrafted'
    | 'apologyVoided'
    | 'apologySent'
    | 'clocksRedated'
    | 'agencyMerged'
    | 'procedureMigrated'
    | 'paymentRequested'
    | 'paymentReceived'
    | 'consultationOpened'
    | 'opinionRequested'
    | 'opinionRequestFailed'
    | 'opinionGiven'
    | 'opinionUnheard'
    | 'opinionLapsed'
    | 'silenceDecided'
    | 'consultationReopened'
    | 'consultationClosed'
    | 'conferenceOpened'
    | 'statementGiven'
    | 'conferenceReferred'
    | 'conferenceDecided'
    | 'fitDecided'
    | 'trialTermsProposed'
    | 'councilConvened'
    | 'councilOpened'
    | 'voteCast'
    | 'councilClosed'
    | 'trialAdmitted'
    | 'permitRecorded'
    | 'trialStarted'
    | 'trialKeyRegistered'
    | 'metricsAccepted'
    | 'limitNeared'
    | 'limitExceeded'
    | 'holdPlaced'
    | 'holdConfirmed'
    | 'holdLifted'
    | 'incidentOpened'
    | 'incidentReported'
    | 'incidentReportMissed'
    | 'incidentExamined'
    | 'trialReportFiled'
    | 'visitRecorded'
    | 'trialChangeRequested'
    | 'trialChangeRefused'
    | 'trialAdjusted'
    | 'trialExtended'
    | 'trialSuspended'
    | 'trialResumed'
    | 'finalReportFiled'
    | 'trialTermOver'
    | 'trialEnded'
    | 'completionCertified'
    | 'transitionEnded'
    | 'trialOver'
  )[];
  readonly secret?: string;
};

export type Webhooks = { readonly items: readonly Webhook[] };

export type Withdrawal = { readonly reason: string };

export type Workload = {
  readonly agency: string;
  readonly items: readonly {
    readonly person: string | null;
    readonly held: number;
    readonly breached: number;
    readonly atRisk: number;
    readonly overdue: number;
  }[];
};

export type Written = { readonly case: string; readonly caseSeq: number };

export type Zone = {
  readonly code: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly meaning: { readonly vi: string; readonly en: string };
  readonly board: string | null;
  readonly rules: readonly { readonly clause: string; readonly verified: boolean }[];
};

export type Zones = { readonly items: readonly Zone[] };

export type __schema0 =
  | {
      readonly attr: string;
      readonly op: 'eq' | 'ne' | 'gt' | 'in' | 'not-in' | 'not-null' | 'true-or-default';
      readonly value: (string | number | boolean | null) | readonly (string | number | boolean | null)[];
      readonly onUnknown?: 'officer-decides' | 'yes-if-null';
    }
  | { readonly all: readonly __schema0[] }
  | { readonly any: readonly __schema0[] }
  | { readonly not: __schema0 };
