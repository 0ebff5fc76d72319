import { z } from 'zod';

/** One line of text in NFC: no control character, no half of a surrogate pair (neither PostgreSQL nor canonical JSON takes them). */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters');

/** Text of several lines, otherwise as `line`. */
export const paragraphs = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .regex(/^([^\p{Cc}\p{Cs}]|[\n\t])*$/u, 'control characters');
