import { type z } from 'zod';
import { type FilingSignature } from '../../domain/evidence/filing-signature.js';
import { type KeptSignature } from '../schemas/filing-signature.js';

/** What is told of the signature of a filing. */
export const signedView = (signed: FilingSignature | undefined): z.input<typeof KeptSignature> | null =>
  signed ? { kind: signed.kind, certificate: signed.certificate, from: signed.from, until: signed.until } : null;
