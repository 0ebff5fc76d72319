// Brings the register’s tables and kept states up to date and loads the catalogue: the one-shot service `migrate` of docker-compose.yml.
import { migrateEnvironment } from './migrate-environment.js';
import { prepareRegister, writeAccounts } from './platform/register.js';

const environment = migrateEnvironment.parse(process.env);
const { MIGRATOR_DATABASE_URL: url, APP_DATABASE_PASSWORD: appPassword } = environment;
const kept = await prepareRegister(url, appPassword);
if (environment.OIDC_ACCOUNTS_FILE !== undefined) writeAccounts(environment.OIDC_ACCOUNTS_FILE);
console.log(`The register is up to date; ${kept.length} definitions in use stay as they were.`);
