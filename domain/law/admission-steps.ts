/** The steps of an admission that have acts of their own. */
export const evaluationStep = 'evaluation';
export const councilStep = 'council';
