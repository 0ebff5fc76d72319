// Builds the pages into dist/web, where the API finds them: for the image, and for whoever works on them.
import { ensurePages } from './pages/build.js';

await ensurePages((line) => console.log(line));
