export { createAgencyClient, type AgencyClient } from './agency-client.js';
export { createAgencyActivities, type AgencyDeps } from './agencies.js';
export { createRegisterActivities, type RegisterDeps } from './register.js';
export { createDevelopmentSigner, type Signer } from './signer.js';
