import { createLaw, type Law } from '../../domain/law/law.js';
import type { Catalogue } from '../../domain/law/catalogue.js';
import type { ProcedureDefinition } from '../../domain/law/procedure.js';
import { catalogue } from '../../seeds/index.js';

/** A catalogue in which a clause lets the term of this procedure be extended once, by so many working days: the law read gives none. */
export function extendable(seeded: Catalogue, code = 'irc-ordinary', amount = 10): Catalogue {
  const versions = (seeded.procedures.get(code) ?? []).map((definition) => ({
    ...definition,
    clockPolicy: {
      ...definition.clockPolicy,
      maxExtensions: 1,
      extensionMax: { amount, unit: 'working-day' as const },
    },
  }));
  return { ...seeded, procedures: new Map([...seeded.procedures, [code, versions]]) };
}

/** A catalogue in which the investor may be given sixty days more to answer a request in this procedure. */
export function generous(seeded: Catalogue, code = 'irc-ordinary'): Catalogue {
  const versions = (seeded.procedures.get(code) ?? []).map((definition) => ({
    ...definition,
    clockPolicy: { ...definition.clockPolicy, investorExtension: { amount: 60, unit: 'calendar-day' as const } },
  }));
  return { ...seeded, procedures: new Map([...seeded.procedures, [code, versions]]) };
}

export const extendableLaw: Law = createLaw(extendable(catalogue()));

/** The same in a register, before anything is decided in it. */
export const allowExtension = (owner: { query(text: string): Promise<unknown> }): Promise<unknown> =>
  owner.query(
    `update procedure_definition set data = jsonb_set(jsonb_set(data::jsonb, '{clockPolicy,maxExtensions}', '1'),
       '{clockPolicy,extensionMax}', '{"amount": 10, "unit": "working-day"}')::json where code = 'irc-ordinary'`,
  );

/** A catalogue as kept from before the days for asking were known: form 02 at the counter is no notice of the law. */
export function withoutWindow(seeded: Catalogue, code = 'irc-ordinary'): Catalogue {
  const versions = (seeded.procedures.get(code) ?? []).map((definition): ProcedureDefinition => {
    const { window: _window, ...clockPolicy } = definition.clockPolicy;
    return { ...definition, clockPolicy };
  });
  return { ...seeded, procedures: new Map([...seeded.procedures, [code, versions]]) };
}
