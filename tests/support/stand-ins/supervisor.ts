// A supervisor for tests, in a process of its own so that it can be killed: launches what its arguments say, prints the child's number.
import { launch } from '../../../scripts/platform/processes.js';

const [command = '', ...args] = process.argv.slice(2);
const child = launch({ name: 'child', command, args, env: process.env, graceMs: 1_000 });
console.log(child.pid);
setInterval(() => undefined, 1_000);
