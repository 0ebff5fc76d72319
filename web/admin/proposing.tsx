import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../api/call.js';
import type { AgencyProposal, LawChange, PathwayProposal, RegimeProposal } from '../api/contract.js';
import { useState } from 'react';
import { useAct } from '../app/act.js';
import { Failure } from '../app/states.js';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import type { Deciding } from './decision-fields.js';

const send = (
  kind: 'agencies' | 'pathways' | 'regimes',
  code: string,
  body: object,
  key: string,
): Promise<LawChange> => {
  switch (kind) {
    case 'agencies':
      return act('/city-data/agencies/{code}/versions', { code }, body as AgencyProposal, key);
    case 'pathways':
      return act('/city-data/pathways/{code}/versions', { code }, body as PathwayProposal, key);
    case 'regimes':
      return act('/city-data/regimes/{code}/versions', { code }, body as RegimeProposal, key);
  }
};

/** Proposes what was looked at, and says how many open cases it would concern; another administrator confirms it. */
export function Proposing(props: {
  readonly kind: 'agencies' | 'pathways' | 'regimes';
  readonly code: string;
  readonly next: object;
  readonly deciding: Deciding;
  readonly onSent: () => void;
}) {
  const { kind, code, next, deciding, onSent } = props;
  const { t } = useWords();
  const queries = useQueryClient();
  const { busy, failed, run } = useAct();
  const [proposed, setProposed] = useState<string>();
  const effect = useQuery({
    queryKey: ['law-changes', proposed, 'preview'],
    queryFn: () => read('/law-changes/{id}/preview', { id: proposed ?? '' }),
    enabled: proposed !== undefined,
  });
  if (proposed !== undefined)
    return (
      <Notice tone="green" alert>
        <p>{t('lawProposed')}</p>
        {effect.error !== null && <Failure error={effect.error} />}
        {effect.data !== undefined && (
          <p>{t('changeConcerns', { n: effect.data.items.length, of: effect.data.looked })}</p>
        )}
      </Notice>
    );
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      <button
        type="button"
        disabled={busy}
        onClick={() =>
          run(
            (key) => send(kind, code, { data: next, ...deciding }, key),
            ({ id }) => {
              onSent();
              setProposed(id);
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
