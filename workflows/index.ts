export { agencyCoordination } from './agency-coordination.js';
export { greenLaneLicensing } from './green-lane-licensing.js';
export { licensingProcedure } from './licensing-procedure.js';
export { sandboxAdmission } from './sandbox-admission.js';
export { webhookDelivery } from './webhook-delivery.js';
