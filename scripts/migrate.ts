// Brings the register’s tables and kept states up to date and loads the catalogue: the one-shot service `migrate` of docker-compose.yml.
import { settingsOf } from '../ops/environment.js';
import { withPassword } from '../ops/register-connection.js';
import { migrateEnvironment } from './migrate-environment.js';
import { prepareRegister, writeAccounts } from './platform/register.js';

const environment = settingsOf('The migration', migrateEnvironment);
const { APP_DATABASE_PASSWORD: appPassword } = environment;
const url = withPassword(environment.MIGRATOR_DATABASE_URL, environment.MIGRATOR_DATABASE_PASSWORD);
const kept = await prepareRegister(url, appPassword);
if (environment.OIDC_ACCOUNTS_FILE !== undefined) writeAccounts(environment.OIDC_ACCOUNTS_FILE);
console.log(`The register is up to date; ${kept.length} definitions in use stay as they were.`);
