// Builds what runs long into dist/programs: for the image, and for `npm start` where its sources have changed.
import { buildPrograms } from './programs/build.js';

await buildPrograms();
