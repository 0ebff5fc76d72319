// Brings the register up to date and loads the catalogue: the one-shot service `migrate` of docker-compose.yml.
import { migrate } from '../db/migrate.js';
import { seed } from '../db/seed.js';
import { catalogueData, people } from '../seeds/index.js';
import { migrateEnvironment } from './migrate-environment.js';
import { writeAccounts } from './platform/register.js';

const environment = migrateEnvironment.parse(process.env);
const { MIGRATOR_DATABASE_URL: url, APP_DATABASE_PASSWORD: appPassword } = environment;
await migrate({ url, appPassword });
const { kept } = await seed(url, { catalogue: catalogueData(), people });
if (environment.OIDC_ACCOUNTS_FILE !== undefined) writeAccounts(environment.OIDC_ACCOUNTS_FILE);
console.log(`The register is up to date; ${kept.length} definitions in use stay as they were.`);
