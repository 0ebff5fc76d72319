import { type AgencySystem } from './agency-system.js';
import { cityProcedures } from './city-procedures.js';
import { customs } from './customs.js';
import { enterpriseRegistry } from './enterprise-registry.js';
import { environment } from './environment.js';
import { identity } from './identity.js';
import { integrationPlatform } from './integration-platform.js';
import { landPlanning } from './land-planning.js';
import { messageGateway } from './message-gateway.js';
import { nationalInvestment } from './national-investment.js';
import { policeData } from './police-data.js';
import { policeFire } from './police-fire.js';
import { publicServicePortal } from './public-service-portal.js';
import { stateBankBranch } from './state-bank-branch.js';
import { tax } from './tax.js';

/** Every system the stub process serves, in the order of the directory. */
export const systems: readonly AgencySystem[] = [
  enterpriseRegistry,
  identity,
  nationalInvestment,
  landPlanning,
  tax,
  customs,
  environment,
  policeFire,
  policeData,
  stateBankBranch,
  messageGateway,
  publicServicePortal,
  cityProcedures,
  integrationPlatform,
];
