import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from '../../scripts/platform/postgres.js';

export { freePort } from '../../scripts/platform/ports.js';

/** A register of one's own: migrated, empty, gone after `drop()`. */
export interface TestDatabase {
  readonly name: string;
  /** As the role `app`, which the API and the worker use. */
  readonly appUrl: string;
  /** As the role `migrator`, which owns the tables. */
  readonly migratorUrl: string;
  /** Ends every session and removes the database. */
  drop(): Promise<void>;
}

/**
 * A fresh register, copied from one of the run's templates: one per test file (or per test that must be alone). Empty, or with the catalogue and the
 * demonstration people.
 */
export async function createTestDatabase(options: { seeded?: boolean } = {}): Promise<TestDatabase> {
  const { postgres, templates } = inject('services');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(postgres.adminUrl, name, options.seeded === true ? templates.seeded : templates.empty);
  const url = (user: string, password: string) => `postgresql://${user}:${password}@127.0.0.1:${postgres.port}/${name}`;
  return {
    name,
    appUrl: url('app', postgres.appPassword),
    migratorUrl: url('migrator', postgres.migratorPassword),
    drop: () => dropDatabase(postgres.adminUrl, name),
  };
}

/** Where the run's Temporal server listens, and the namespace everything happens in. */
export const temporalTarget = (): { address: string; namespace: string } => inject('services').temporal;

/** A task queue no other test has. */
export const taskQueue = (): string => `test-${randomUUID()}`;
