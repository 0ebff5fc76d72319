/** A forecast is made of at least so many procedures that have ended, and trusted only after so many forecasts that were set against what came. */
export const leastHistory = 30;
export const leastForecasts = 50;
/** How many that ended last are the history: how long files took years ago says little about today. */
export const mostPast = 3_000;
