import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, newKey } from '../api/call.js';
import type { AgencyProposal, LawChange, PathwayProposal, RegimeProposal } from '../api/contract.js';
import { useState } from 'react';
import { useAct } from '../app/act.js';
import { Failure, Loading } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import type { Deciding } from './decision-fields.js';
import { Effect } from './effect.js';

type Kind = 'agencies' | 'pathways' | 'regimes';

const send = (kind: Kind, code: string, body: object, key: string): Promise<LawChange> => {
  switch (kind) {
    case 'agencies':
      return act('/city-data/agencies/{code}/versions', { code }, body as AgencyProposal, key);
    case 'pathways':
      return act('/city-data/pathways/{code}/versions', { code }, body as PathwayProposal, key);
    case 'regimes':
      return act('/city-data/regimes/{code}/versions', { code }, body as RegimeProposal, key);
  }
};

/** Says what would come of a version that was looked at, and proposes it where it holds together; another administrator confirms it. */
export function Proposing(props: {
  readonly kind: Kind;
  readonly code: string;
  readonly next: object;
  readonly deciding: Deciding;
  readonly onSent: () => void;
}) {
  const { kind, code, next, deciding, onSent } = props;
  const { t } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [proposed, setProposed] = useState(false);
  const effect = useQuery({
    queryKey: ['city-data', kind, code, 'preview', next],
    queryFn: () => act('/city-data/{kind}/{code}/preview', { kind, code }, { data: next }, newKey()),
    staleTime: Infinity,
  });
  if (proposed)
    return (
      <Notice tone="green" alert>
        <p>{t('lawProposed')}</p>
      </Notice>
    );
  return (
    <>
      {effect.error !== null && <Failure error={effect.error} />}
      {effect.isPending && <Loading />}
      {effect.data !== undefined && <Effect effect={effect.data} />}
      {failed !== undefined && <Failure error={failed} />}
      <button
        type="button"
        disabled={busy || effect.data === undefined}
        onClick={() =>
          run(
            (key) => send(kind, code, { data: next, ...deciding }, key),
            () => {
              onSent();
              setProposed(true);
              void queries.invalidateQueries({ queryKey: ['law-changes'] });
            },
          )
        }
      >
        {t(busy ? 'sending' : 'lawPropose')}
      </button>
    </>
  );
}
