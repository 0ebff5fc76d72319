import { type FormModel } from './model.js';
import { renderForm } from './pdf.js';

/** What the press has done on its own thread. */
export default (model: FormModel): Promise<Uint8Array> => renderForm(model);
