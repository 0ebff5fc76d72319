import type { ReactNode } from 'react';
import { Failure } from '../app/states.js';

/** A part of an administrator's page under its own heading, with what could not be read of it. */
export function Section({ title, error, children }: { title: string; error: unknown; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {error !== null && error !== undefined && <Failure error={error} />}
      {children}
    </section>
  );
}
