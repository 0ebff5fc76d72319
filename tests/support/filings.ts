import fc from 'fast-check';
import { Filing } from '../../domain/schemas/project.js';
import { exampleProjects } from '../../seeds/index.js';

const truth = fc.constantFrom(true, false, null);

/** Any filing the API would accept, varied in every attribute the rules look at. */
export const anyFiling: fc.Arbitrary<Filing> = fc
  .record({
    base: fc.constantFrom(exampleProjects.besi, exampleProjects.cmc),
    site: fc.record({
      zone: fc.constantFrom('SHTP', 'HEPZA', 'DTP', 'FTZ', 'IFC', 'EZ', 'QTSC', 'none', null),
      land: fc.constantFrom('leased-factory', 'infrastructure-sublease', 'cleared-land', 'state-land', 'own-land'),
    }),
    foreignShare: fc.constantFrom(0, 0.5, 0.51, 1),
    investor: fc.record({
      country: fc.constantFrom('VN', 'NL'),
      registrationNumber: fc.constantFrom('0312345678', null),
    }),
    project: fc.record({
      construction: fc.boolean(),
      feasibilityGroup: fc.constantFrom('A', 'B', 'C', null),
      environmentalGroup: fc.constantFrom('none', 'III', 'II', 'I', null),
      importsEquipment: truth,
      foreignExperts: fc.constantFrom(0, 5, null),
      restrictedTechnology: truth,
      highTechListed: truth,
      internationallyLinked: truth,
      strategicInvestor: truth,
      keyProjectListed: truth,
      classOneWorks: truth,
      feasibilityAppraisedByAgency: truth,
      fireListedWorks: truth,
      eiaRequired: truth,
      environmentalPermitShortForm: truth,
      defenceSensitiveArea: truth,
      article24Clause: fc.constantFrom(null, 1, 13, 14),
      technologyTransferContract: truth,
      primeMinisterCase: truth,
    }),
  })
  .map(({ base, site, foreignShare, investor, project }) =>
    Filing.parse({
      ...base,
      investor: { ...base.investor, ...investor },
      project: {
        ...base.project,
        ...project,
        site: { ...base.project.site, ...site },
        capital: { ...base.project.capital, foreignShare },
      },
    }),
  );
