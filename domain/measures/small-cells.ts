/** What is published of fewer cases could be told of one of them. */
export const leastCases = 5;

/** A figure made of `cases` different cases may be published; of none there is nothing to tell. */
export const isPublishable = (cases: number): boolean => cases === 0 || cases >= leastCases;
