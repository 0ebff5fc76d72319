export { createAgencyClient, type EndedCall } from './agency-client.js';
export { callForStep, createAgencyActivities, declareInvestment, fetchExtract, requestOpinion } from './agencies.js';
export { createRegisterActivities, type RegisterActivities } from './register.js';
export { createDevelopmentSigner, type Signer } from './signer.js';
export { createWebhookActivities } from './webhooks.js';
