import { type Agencies, getAgency } from '../domain/law/agency.js';
import { type CaseEvent, type EventOf, type EventType } from '../domain/case/events.js';
import { type Words, said } from '../domain/case/words.js';
import { type Law } from '../domain/law/law.js';
import { type AgencyThen, type NamesThen, type PersonThen } from '../domain/case/case/names-then.js';
import { type CaseState } from '../domain/case/state.js';
import { factsBehind } from '../domain/case/procedure/state.js';
import type { ProcedureState } from '../domain/case/procedure/state.js';
import { issuedChanges } from '../domain/case/issued/state.js';
import { type TrialState } from '../domain/case/trial/state.js';
import { type Catalogue } from '../domain/law/catalogue.js';
import { type ResolvedProcedure } from '../domain/law/procedure.js';
import { type Regime } from '../domain/law/regime.js';
import { type FormDefinition, type FormField } from '../domain/schemas/forms.js';
import { type Investor, type Project } from '../domain/schemas/project.js';
import { type AnyFiling, type Solution } from '../domain/schemas/trial.js';
import { dateOf } from '../domain/time/instants.js';
import { type Block, type Letter, type Signature } from './model.js';
import { type CaseFile, type Paper } from './papers.js';
import { erased, type Tongue } from './words.js';

/** What the register holds of people and their words, as of the printing. */
export interface NamedCase extends CaseFile {
  /** null once erased. */
  readonly filing: AnyFiling | null;
  /** By id, whoever is named on a paper; who is missing was erased. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly email: string }>;
  /** Words behind a `TextRef`; null once erased. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** People and agencies as they were called at each act; left out: as `people` and the catalogue have them. */
  readonly names?: NamesThen;
  /** Serial of each numbered paper, by its id. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** What was filed in a case of either kind: a project, or the solution of a trial, whose applicant is the investor on the papers. */
export interface Filed {
  readonly investor: Investor;
  readonly name: Project['name'];
  readonly project: Project | undefined;
  readonly solution: Solution | undefined;
}

const filedOf = (filing: AnyFiling): Filed =>
  filing.kind === 'sandbox'
    ? { investor: filing.applicant, name: filing.solution.name, project: undefined, solution: filing.solution }
    : { investor: filing.investor, name: filing.project.name, project: filing.project, solution: undefined };

export interface FormContext {
  readonly catalogue: Catalogue;
  readonly law: Law;
  /** Base address of the public pages. */
  readonly publicUrl: string;
}

/** What one field of a form holds: a line, a list, or (undefined) nothing that the register knows. */
export type Value = string | readonly string[] | undefined;

/** The body of one paper in one language; the letterhead goes around it. */
export interface Body {
  readonly title: readonly string[];
  readonly before?: readonly Block[];
  readonly values: Readonly<Record<string, Value>>;
  readonly after?: readonly Block[];
  /** In the order of the definition's signatures; left out: unsigned. */
  readonly signers?: readonly (string | null)[];
  readonly hint?: string;
}

/** One paper in one language, with everything its body may ask for. */
export class Sheet {
  readonly procedure: ProcedureState;
  readonly resolved: ResolvedProcedure;

  constructor(
    readonly paper: Paper,
    readonly file: NamedCase,
    readonly context: FormContext,
    readonly tongue: Tongue,
    readonly definition: FormDefinition,
  ) {
    const procedure = file.state.procedures[paper.scope];
    if (!procedure) throw new Error(`${file.state.code} has no ${paper.scope}`);
    this.procedure = procedure;
    this.resolved = context.law.procedureVersion(
      procedure.procedure,
      this.versionThen(procedure),
      factsBehind(file.state, procedure),
    );
  }

  get state(): CaseState {
    return this.file.state;
  }

  /** The version that governed when the paper was issued: later ones do not reach back. */
  private versionThen({ scope, version }: ProcedureState): string {
    let then = version;
    for (const event of this.file.events) {
      if (event.seq > this.paper.seq || event.scope !== scope) continue;
      if (event.type === 'procedureOpened' || event.type === 'dossierReceived') then = event.payload.version;
      if (event.type === 'procedureMigrated') then = event.payload.to;
    }
    return then;
  }

  /** The event that the paper is about. Throws where it is of another type. */
  event<T extends EventType>(...types: readonly T[]): EventOf<T> {
    const found = this.file.events.find(({ seq }) => seq === this.paper.seq);
    if (!found || !types.some((type) => type === found.type))
      throw new Error(`${this.paper.id} is of no ${types.join(', ')}`);
    return found as EventOf<T>;
  }

  /** Events of a type in this procedure, up to the one the paper is about. */
  before<T extends EventType>(type: T): EventOf<T>[] {
    return this.file.events.filter(
      (event): event is EventOf<T> =>
        event.type === type && event.scope === this.paper.scope && event.seq <= this.paper.seq,
    );
  }

  /** What the agency was called at an event, the one the paper is about unless another is named. */
  agency(code: string, seq = this.paper.seq): string {
    return this.tongue.pick(this.agencyThen(code, seq).name);
  }

  /** An agency with name, seat and parent as they stood at an event. */
  agencyThen(code: string, seq = this.paper.seq): AgencyThen {
    const { name, seat, parent } = getAgency(this.context.catalogue.agencies, code);
    return this.file.names?.agency(code, seq) ?? { name, seat: seat ?? null, parent: parent ?? null };
  }

  /** The name of a person as it stood at an event, or the mark of its erasure. */
  name(id: string | null, seq = this.paper.seq): string | null {
    return id === null ? null : (this.personThen(id, seq)?.name ?? erased);
  }

  private personThen(id: string, seq: number): PersonThen | null | undefined {
    const then = this.file.names?.person(id, seq);
    return then === undefined ? this.file.people.get(id) : then;
  }

  /** Who did it, if it was a person. */
  actor({ actor, seq }: CaseEvent): string | null {
    return this.name(actor.kind === 'person' ? actor.id : null, seq);
  }

  words(words: Words): string {
    return said(words, this.file.texts) ?? erased;
  }

  /** Something of the filing, or the mark of its erasure. */
  filed(read: (filed: Filed) => string | undefined): string | undefined {
    return this.file.filing === null ? erased : read(filedOf(this.file.filing));
  }

  /** The trial of this case and the regime it lives under. Throws where it is none. */
  get tried(): { readonly trial: TrialState; readonly regime: Regime } {
    const { trial } = this.state;
    if (!trial) throw new Error(`${this.state.code} is no trial`);
    return { trial, regime: this.context.law.regime(trial.version).regime };
  }

  /** Who filed, and for whom. */
  submitter(): string | undefined {
    const filed = this.before('dossierFiled').at(-1);
    if (filed?.actor.kind !== 'person') return undefined;
    const { say } = this.tongue;
    const { id, onBehalfOf } = filed.actor;
    const name = this.name(id, filed.seq) ?? erased;
    if (onBehalfOf === undefined) return name;
    const holder = this.name(onBehalfOf, filed.seq) ?? erased;
    return `${name} (${say('người được ủy quyền của', 'representative of')} ${holder})`;
  }

  email(): string {
    return this.personThen(this.state.investor.personId, this.paper.seq)?.email ?? erased;
  }

  /** Who is asked for help: whoever signs, with their mailbox. */
  contact(event: CaseEvent): string | undefined {
    const known = event.actor.kind === 'person' ? this.personThen(event.actor.id, event.seq) : undefined;
    return known === null ? erased : known && `${known.name}, ${known.email}`;
  }

  /** What every paper to the applicant says of them. The register asks for neither address nor telephone: lines to be filled in by hand. */
  applicant(): Record<string, Value> {
    return {
      dossierCode: this.procedure.dossierCode ?? undefined,
      applicant: this.filed(({ investor }) => investor.name),
      submitter: this.submitter(),
      address: undefined,
      phone: undefined,
      email: this.email(),
      request: this.tongue.pick(this.resolved.name),
    };
  }
}

/** The body between letterhead and signatures: the fields in the order of the definition. Throws for a value no field asks for. */
export function letterOf(sheet: Sheet, body: Body): Letter {
  const { paper, tongue, definition } = sheet;
  const { name, parent, seat } = sheet.agencyThen(paper.agency);
  const fields = definition.fields.flatMap((field) => blockOf(field, body.values[field.code], tongue));
  const stray = Object.keys(body.values).filter((code) => !definition.fields.some((field) => field.code === code));
  if (stray.length > 0) throw new Error(`Form ${definition.code} has no field ${stray.join(', ')}`);
  return {
    language: tongue.language,
    over: parent === null ? null : sheet.agency(parent),
    agency: tongue.pick(name),
    number: numberLine(sheet),
    placeDate: placeDate(tongue, tongue.pick(seat ?? city), dateOf(paper.issuedAt)),
    title: paper.draft ? [...body.title, tongue.say('(Dự thảo)', '(Draft)')] : body.title,
    blocks: [...(body.before ?? []), ...fields, ...(body.after ?? [])],
    signatures: signaturesOf(definition, body, tongue),
    lookUp: lookUpOf(sheet),
    mark: markOf(definition, tongue),
  };
}

/** Foot of the page: which form it is, and in English that the Vietnamese page counts. */
export const markOf = ({ mark }: FormDefinition, { pick, say }: Tongue): string =>
  pick(mark) + say('', '; English page for information, the Vietnamese page is the document');

const city = { vi: 'Thành phố Hồ Chí Minh', en: 'Ho Chi Minh City' };

export const placeDate = (tongue: Tongue, place: string, on: Parameters<Tongue['date']>[0]): string =>
  `${place}, ${tongue.date(on)}`;

function lookUpOf({ paper, definition, tongue, file, procedure }: Sheet): string | null {
  const { code } = file.state;
  if (definition.addressedTo === 'internal') return null;
  const number = resultNumber(paper, procedure);
  if (number)
    return tongue.say(
      `Kiểm tra văn bản ${number} còn giá trị, đã được đính chính hay bị thu hồi: quét mã này.`,
      `Whether ${number} is in force, was corrected or revoked: scan this code.`,
    );
  if (paper.form !== 'trial-certificate') return lookUpText(tongue, code);
  return tongue.say(
    `Sổ đăng ký công khai các thử nghiệm, hồ sơ ${code}: quét mã này.`,
    `Public register of trials, case ${code}: scan this code.`,
  );
}

const lookUpText = ({ say }: Tongue, code: string): string =>
  say(
    `Tra cứu tình trạng hồ sơ ${code}: quét mã này và nhập mã PIN đã nhận khi nộp hồ sơ.`,
    `Status of case ${code}: scan this code and enter the PIN shown at filing.`,
  );

/** `Số: 07/TNHS-TTPVHCC`; a draft has a dotted line instead. */
function numberLine({ paper, file, definition, tongue, context, procedure }: Sheet): string | null {
  const label = tongue.say('Số', 'No.');
  const own = ownNumber(paper, file.state, procedure);
  if (own !== undefined) return `${label}: ${own ?? ''}`;
  if (definition.numberMark === null) return null;
  const number = file.numbers.get(paper.id);
  return `${label}: ${number === undefined ? '………' : numberOf(number, definition.numberMark, paper.agency, context.catalogue.agencies)}`;
}

/** The number that a paper has from its event; undefined for those that count in the register of their agency. */
export function ownNumber(
  paper: Pick<Paper, 'form' | 'seq'>,
  { trial }: CaseState,
  procedure: ProcedureState,
): string | null | undefined {
  if (paper.form === 'trial-certificate') return trial?.certificate ?? null;
  return resultNumber(paper, procedure);
}

/** The number of a result, or of an act on one, that can be looked up; undefined for other papers. */
export function resultNumber(
  { form, seq }: Pick<Paper, 'form' | 'seq'>,
  procedure: ProcedureState,
): string | null | undefined {
  if (form === 'decision') return procedure.signature?.number ?? null;
  if (form !== 'result-correction' && form !== 'result-revocation') return undefined;
  return issuedChanges(procedure).find(({ issuedBy }) => issuedBy === seq)?.number ?? null;
}

/** A number as it is printed. NĐ 30/2020/NĐ-CP: below 10 with a zero before it. */
export function numberOf(number: number, mark: string, agency: string, agencies: Agencies): string {
  return `${String(number).padStart(2, '0')}/${mark}-${getAgency(agencies, agency).abbreviation}`;
}

function blockOf(field: FormField, value: Value, { pick }: Tongue): Block[] {
  const label = pick(field.label);
  if (value === undefined) return field.required ? [{ kind: 'field', label, value: null }] : [];
  if (typeof value === 'string') return [{ kind: 'field', label, value }];
  return value.length === 0 ? [] : [{ kind: 'list', label, items: value }];
}

function signaturesOf({ signedBy }: FormDefinition, { signers, hint }: Body, { pick, say }: Tongue): Signature[] {
  return signedBy.map((caption, i) => ({
    caption: pick(caption),
    hint: hint ?? say('(Ký và ghi rõ họ tên)', '(Signature and full name)'),
    name: signers?.[i] ?? null,
  }));
}

export const paragraph = (text: string, style: 'plain' | 'italic' | 'centre' = 'plain'): Block => ({
  kind: 'text',
  text,
  style,
});
