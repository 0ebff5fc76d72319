import type { StandIn } from '../api/contract.js';
import type { Word } from '../words/language.js';

/** What people call the systems of agencies. */
export const systemWords = {
  'enterprise-registry': 'systemEnterprise',
  identity: 'systemIdentity',
  'national-investment': 'systemInvestment',
  'land-planning': 'systemLand',
  tax: 'systemTax',
  customs: 'systemCustoms',
  environment: 'systemEnvironment',
  'police-fire': 'systemFire',
  'police-data': 'systemPolice',
  'state-bank-branch': 'systemBank',
  'message-gateway': 'systemMessages',
  'public-service-portal': 'systemPortal',
  'city-procedures': 'systemCityProcedures',
  'integration-platform': 'systemIntegration',
} as const satisfies Record<StandIn['system'], Word>;
