const prefix = 'admission-';

/** The code of the procedure by which trials are admitted under a regime. */
export const admissionCode = (regime: string): string => `${prefix}${regime}`;

/** The regime under which a procedure admits; undefined where it admits nobody to a trial. */
export const regimeOfAdmission = (procedure: string): string | undefined =>
  procedure.startsWith(prefix) ? procedure.slice(prefix.length) : undefined;
