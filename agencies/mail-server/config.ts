import { z } from 'zod';
import { productionEnvironment } from '../../ops/environment.js';

const port = z.coerce.number().int().min(0).max(65_535);

/** The environment of the development mail server. */
export const mailServerEnvironment = z.object({
  MAIL_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on, for both protocols'),
  SMTP_PORT: port.default(2525).describe('Port for mail (SMTP); 0 takes a free one').meta({ inProduction: 'stand-in' }),
  MAIL_PORT: port.default(3300).describe('Port of the pages that show the mails; 0 takes a free one'),
  MAIL_DIR: z.string().min(1).describe('Folder where mails are kept, one file each'),
  ...productionEnvironment,
});
