import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { Notice } from '../parts/parts.js';
import { useWords } from '../words/language.js';

const everyMs = 15_000;

/** Who else has this task open. */
export function AlsoLooking({ id }: { readonly id: string }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ['presence', id],
    queryFn: () => read('/tasks/{id}/presence', { id }),
    refetchInterval: everyMs,
    gcTime: 0,
  });
  const others = found.data?.others ?? [];
  if (others.length === 0) return null;
  return (
    <Notice tone="amber">
      <p role="status">{t('alsoLooking', { names: others.map(({ name }) => name).join(', ') })}</p>
    </Notice>
  );
}
