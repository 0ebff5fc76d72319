import { withPassword } from '../../ops/register-connection.js';
import { type TemporalTarget, temporalTargetAt } from '../../ops/temporal-connection.js';
import { archiveSettings } from './backup.js';
import { createDatabase, createRoles, postgresLives, type PostgresServer, startPostgres } from './postgres.js';
import { childOutput } from './programs.js';
import { beginRehearsal, prepareRegister, rehearsalOf } from './register.js';
import type { Secrets } from './secrets.js';
import type { ServicePorts } from './service-ports.js';
import type { Supervisor } from './supervisor.js';
import type { StartOptions } from './system-options.js';
import { checkTemporalData } from './temporal-data.js';
import { startTemporal, temporalLives, type TemporalServer } from './temporal.js';
import { join } from 'node:path';

/** The register: embedded or given by DATABASE_URL; migrated and seeded. */
export async function startRegister(
  options: StartOptions,
  secrets: Secrets,
  port: number,
  supervisor: Supervisor,
): Promise<{ url: string; migratorUrl: string; listenUrl: string | undefined }> {
  const { dataDir, env, say } = options;
  const given = env['DATABASE_URL'];
  let register: { url: string; migratorUrl: string; listenUrl: string | undefined };
  if (given !== undefined && given !== '') {
    say('PostgreSQL: DATABASE_URL');
    const password = env['DATABASE_PASSWORD'] || undefined;
    const owner = env['MIGRATOR_DATABASE_URL'] || undefined;
    const listen = env['LISTEN_DATABASE_URL'] || undefined;
    const url = withPassword(given, password);
    register = {
      url,
      migratorUrl: owner ? withPassword(owner, env['MIGRATOR_DATABASE_PASSWORD'] || undefined) : url,
      listenUrl: listen && withPassword(listen, password),
    };
  } else {
    let server: PostgresServer | undefined;
    await supervisor.add({
      name: 'postgres',
      alive: () => (server === undefined ? Promise.resolve(false) : postgresLives(server.adminUrl)),
      start: async (onLaunch) => {
        const archive = env['WAL_ARCHIVE_DIR'];
        server = await startPostgres({
          dataDir,
          port,
          say,
          onLaunch,
          ...(archive ? { settings: archiveSettings(archive) } : {}),
          ...childOutput(options, 'postgres'),
        });
      },
    });
    if (server === undefined) throw new Error('PostgreSQL started without telling where');
    await createRoles(server.adminUrl, secrets);
    await createDatabase(server.adminUrl, 'register');
    const url = server.url('app', secrets.appPassword, 'register');
    register = {
      url,
      listenUrl: url,
      migratorUrl: server.url('migrator', secrets.migratorPassword, 'register'),
    };
    say(`PostgreSQL: sẵn sàng ở cổng ${port} · ready on port ${port}`);
  }
  const kept = await prepareRegister(register.migratorUrl);
  say('Cơ sở dữ liệu: đã cập nhật và nạp danh mục · register: migrated and seeded');
  if (kept.length > 0) {
    const list = kept.join(', ');
    say(`Giữ nguyên vì đã có hồ sơ áp dụng · cases rest on them, so they stay as they were: ${list}`);
  }
  const rehearsal = rehearsalOf(env);
  if (rehearsal !== undefined) await beginRehearsal(register.migratorUrl, rehearsal);
  return register;
}

/** Temporal: a server of our own, or the one that TEMPORAL_ADDRESS names. */
export async function startEngine(
  options: StartOptions,
  namespace: string,
  ports: ServicePorts,
  supervisor: Supervisor,
): Promise<{ address: string; target: TemporalTarget; uiUrl: string | undefined; file: string | undefined }> {
  const { dataDir, env, say, signal } = options;
  const dbFile = join(dataDir, 'temporal', 'temporal.db');
  if (!env['TEMPORAL_ADDRESS']) checkTemporalData(dbFile);
  const settings = {
    namespace,
    dbFile,
    port: ports.temporal,
    uiPort: ports.temporalUi,
    signal,
    ...childOutput(options, 'temporal'),
  };
  let server: TemporalServer | undefined;
  await supervisor.add({
    name: 'temporal',
    alive: () =>
      server === undefined ? Promise.resolve(false) : temporalLives({ address: server.address }, namespace),
    start: async (onLaunch) => {
      const found = server?.executable;
      server = await startTemporal({
        ...settings,
        env,
        say,
        onLaunch,
        ...(found === undefined ? {} : { executable: found }),
      });
    },
  });
  if (server === undefined) throw new Error('Temporal started without telling where');
  say(
    `Temporal: sẵn sàng tại ${server.address}, không gian tên ${namespace} · ready at ${server.address}, namespace ${namespace}`,
  );
  const own = server.process !== undefined;
  const target = own ? { address: server.address } : temporalTargetAt(server.address, env);
  return { address: server.address, target, uiUrl: server.uiUrl, file: own ? dbFile : undefined };
}
