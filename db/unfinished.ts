/**
 * SQL: a task, of table or alias `task`, that somebody still has to do. Literally as the partial indexes of `task` say it: only so are they used.
 */
export const unfinished = (task: string): string => `${task}.status in ('open', 'claimed', 'waiting')`;
