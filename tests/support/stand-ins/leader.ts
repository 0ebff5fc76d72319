// One of several processes of which one leads: says each change on its output, until it is killed.
import { createLeader } from '../../../db/leader.js';

const [url = ''] = process.argv.slice(2);
createLeader({
  url,
  applicationName: 'test-leader',
  onChange: (leads) => console.log(leads ? 'leads' : 'follows'),
  onError: () => console.log('away'),
});
