import { type FormModel } from './model.js';
import { type Sealed, type SealJob, sealPdf } from './pades.js';
import { renderForm } from './pdf.js';

/** What the press has done on its own thread. */
export default (model: FormModel): Promise<Uint8Array> => renderForm(model);

export const seal = (job: SealJob): Promise<Sealed> => sealPdf(job);
