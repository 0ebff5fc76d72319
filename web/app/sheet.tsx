import { download, type SheetAddress } from '../api/call.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { useAct } from './act.js';
import { Failure } from './states.js';

/** Takes what a list shows as a spreadsheet: whatever is filtered, all of it. */
export function TakeSheet({ sheet, what }: { readonly sheet: SheetAddress; readonly what: string }) {
  const { t } = useWords();
  const { busy, failed, run } = useAct();
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      <p>
        <button
          type="button"
          className={parts['secondary']}
          disabled={busy}
          onClick={() =>
            run(
              () => download(sheet),
              () => undefined,
            )
          }
        >
          {t(busy ? 'sheetMaking' : 'sheetTake', { what })}
        </button>
      </p>
    </>
  );
}
