import type { Consultations } from '../api/contract.js';
import { Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { positions } from './positions.js';

/** What an agency says to each question that it was asked, and its reasons, each with its clause; nothing where it said no more than its position. */
export function OpinionContent(props: {
  readonly content: Consultations['items'][number]['opinions'][number]['content'];
}) {
  const { t, say } = useWords();
  const { content } = props;
  if (content === null) return null;
  return (
    <ul>
      {content.questions.map(({ code, name, verdict }) => (
        <li key={code}>
          {say(name)}: <Tag tone={positions[verdict][1]}>{t(positions[verdict][0])}</Tag>
        </li>
      ))}
      {content.reasons.map(({ text, legalBasis }) => (
        <li key={text}>
          {text} <span className={parts['faint']}>{legalBasis}</span>
        </li>
      ))}
    </ul>
  );
}
