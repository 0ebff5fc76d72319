import type { CatalogueData } from './catalogue.js';
import type { Agency } from './agency.js';
import { refuse } from '../errors.js';

/**
 * Whether this next version of an agency may merge it, or anything else be published of it. Refuses `MERGER_REFUSED` with the reason: into itself, into one that is
 * unknown or was merged itself (a ring is one of these), of or into a body that the City does not command; and for whatever is published of an agency that was
 * merged before: a merger is for good.
 */
export function checkMerger({ agencies }: Pick<CatalogueData, 'agencies'>, next: Agency): void {
  const { code, mergedInto: into } = next;
  const no = (reason: string, more: object = {}): never => refuse('MERGER_REFUSED', { agency: code, reason, ...more });
  const before = agencies.find((one) => one.code === code);
  if (before?.mergedInto !== undefined) no('merged-already', { into: before.mergedInto });
  if (into === undefined) return;
  if (into === code) no('itself');
  const successor = agencies.find((one) => one.code === into) ?? no('unknown', { into });
  if (successor.mergedInto !== undefined) no('successor-merged', { into, mergedInto: successor.mergedInto });
  if (before === undefined) return no('unknown', { into });
  // Every receipt names the one-stop unit: it may be renamed.
  if (before.roles.includes('receiving')) no('one-stop-unit');
  // What the law leaves to a central body the City does not put together.
  const central = [before, successor].find(
    (one) => one !== undefined && (one.kind === 'central' || !one.commandedByCity),
  );
  if (central) no('central', { central: central.code });
}

/** The next version with the name that holds until then among its former ones; `document`: by which it ends. */
export function withFormerName(before: Agency | undefined, next: Agency, until: string, document: string): Agency {
  const { formerNames: _given, ...agency } = next;
  const kept = before?.formerNames ?? [];
  const isRenamed =
    before !== undefined &&
    (before.name.vi !== next.name.vi || before.name.en !== next.name.en || before.abbreviation !== next.abbreviation);
  const ended = isRenamed
    ? [
        { name: before.name, abbreviation: before.abbreviation, until, document } as NonNullable<
          Agency['formerNames']
        >[number],
      ]
    : [];
  const formerNames = [...kept, ...ended];
  return formerNames.length === 0 ? agency : { ...agency, formerNames };
}
