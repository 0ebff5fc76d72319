// One of several processes of which one leads: says each change on its output, until it is killed.
import { createLeadership } from '../../../db/leadership.js';

const [url = ''] = process.argv.slice(2);
createLeadership({
  url,
  applicationName: 'test-leader',
  onChange: (leads) => console.log(leads ? 'leads' : 'follows'),
  onError: () => console.log('away'),
});
