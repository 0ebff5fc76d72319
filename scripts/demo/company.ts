import { randomInt } from 'node:crypto';
import { exampleProjects } from '../../seeds/index.js';
import type { Filing } from '../../domain/lane/screening.js';
import { people } from '../../seeds/people.js';
import { ApiClient } from './client.js';
import type { Place } from './place.js';
import { type Moment, type Project, type Scene, Story } from './story.js';

// Every agency that the two projects have to do with.
const involved = [
  'hcmc-pasc',
  'hcmc-committee',
  'dof',
  'dost',
  'dae',
  'shtp-board',
  'land-registration',
  'city-tax',
  'doc',
  'dpa',
  'ward-committee',
  // From 1 March 2027 environmental permits are the ministry's again.
  'ministry-environment',
];
/** Stands in for the first officer of the park's board. */
const deputy = 'officer.shtp-board.2';
/** Of each agency its head and its first officers: one worklist is one person's work. */
const officials = people.filter(
  ({ id, agency, role }) =>
    agency !== null &&
    involved.includes(agency) &&
    (role === 'head' || id === deputy || (role !== 'leader' && id.endsWith('.1'))),
);

// Every agency that the two example trials have to do with.
const supervising = ['hcmc-pasc', 'hcmc-committee', 'dost', 'dof', 'doj', 'shtp-board', 'city-military'];
/** Of each its head and its first officer. */
export const trialOfficials = people.filter(
  ({ id, agency, role }) =>
    agency !== null && supervising.includes(agency) && (role === 'head' || (role !== 'leader' && id.endsWith('.1'))),
);

/** Who is first with a valid dossier has the lot: every filing gets one that nobody had before, in this run or another. */
function withLotOfItsOwn(filing: Filing, mark: string): Filing {
  const { project } = filing;
  if (project.site.lot === null) return filing;
  return { ...filing, project: { ...project, site: { ...project.site, lot: `Lô D${mark}` } } };
}

const example = (name: 'besi' | 'cmc' | 'besi-2', investor: string, more: Partial<Project> = {}): Project => {
  const mark = String(randomInt(1e9, 1e10));
  const filing = withLotOfItsOwn(exampleProjects[name], mark);
  return { name, filing, mark, investor, code: '', supplemented: false, ...more };
};

/** Both example projects, not filed yet. */
export const exampleCases = (): Project[] => [example('besi', 'investor.besi'), example('cmc', 'investor.cmc')];

/** The same, and BESI's second phase, which follows the first. */
export const demonstrationCases = (): Project[] => [
  ...exampleCases(),
  example('besi-2', 'investor.besi', { after: 'besi', pathway: 'standard' }),
];

/** One client per person, made when it is needed first. */
export function clientsAt(place: Pick<Place, 'apiUrl' | 'token'>): (person: string) => ApiClient {
  const clients = new Map<string, ApiClient>();
  return (person) => {
    const known = clients.get(person);
    if (known) return known;
    const client = new ApiClient({ apiUrl: place.apiUrl, token: () => place.token(person) });
    clients.set(person, client);
    return client;
  };
}

/** The story with its whole company, at this place. */
export const storyAt = (
  place: Pick<Place, 'apiUrl' | 'token'>,
  options: {
    readonly say?: (line: string) => void;
    readonly scenes?: readonly Scene[];
    readonly onAct?: (moment: Moment, when: 'before' | 'after') => Promise<void> | void;
  } = {},
): Story => new Story({ say: () => undefined, ...options, as: clientsAt(place), officials });
