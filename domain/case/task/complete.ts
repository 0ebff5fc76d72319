import { refuse } from '../../errors.js';
import type { Draft } from '../draft.js';
import { takesAttachments } from '../task-table.js';
import { completeApology } from '../apology/rules.js';
import { nameSignatory } from '../approval/signatory-rules.js';
import { decideConference, giveStatement } from '../conference/rules.js';
import { completeOpinion } from '../consultation/rules.js';
import { decideSilence } from '../consultation/silence.js';
import { settleExtract } from '../extract/rules.js';
import { settleOutside } from '../outside/rules.js';
import { decideFacts } from '../fact/rules.js';
import { answerInstruction } from '../instruction/rules.js';
import { decideRevocation } from '../lane/revocation.js';
import { decideLane } from '../lane/rules.js';
import { completeIntake } from '../procedure/intake.js';
import { answerQuestion } from '../question/rules.js';
import { decideResultChange } from '../issued/rules.js';
import { completeByHand, completeOfficerStep } from '../step/completion.js';
import { decideLapse } from '../supplement/lapse.js';
import { decideFit } from '../trial/admission.js';
import { decideCertificate } from '../trial/exit.js';
import { decideHold } from '../trial/holds.js';
import { examineIncident } from '../trial/incidents.js';
import { decideRequest } from '../trial/requests.js';
import type { Completion } from './commands.js';
import { done } from './completion.js';
import { outcomeOf } from './outcomes.js';
import { takeTask } from './rules.js';

/** A free task is taken in the same act. Refuses `UNKNOWN_VALUE` for documents with an answer that is part of no result. */
export function completeTask(draft: Draft, taskId: string, completion: Completion): void {
  const task = takeTask(draft, taskId);
  const attached = completion.attachments?.length ?? 0;
  if (attached > 0 && !takesAttachments(task)) refuse('UNKNOWN_VALUE', { field: 'attachments' });
  switch (task.kind) {
    case 'intake':
      return completeIntake(draft, task, completion);
    case 'step':
      return completeOfficerStep(draft, task, completion);
    case 'by-hand':
      return completeByHand(draft, task, completion);
    case 'opinion':
      return completeOpinion(draft, task, completion);
    case 'lapse':
      return decideLapse(draft, task, completion);
    case 'silence':
      return decideSilence(draft, task, completion);
    case 'lane':
      return decideLane(draft, task, completion);
    case 'revocation':
      return decideRevocation(draft, task, completion);
    case 'apology':
      return completeApology(draft, task, completion);
    case 'conference':
      return decideConference(draft, task, completion);
    case 'statement':
      return giveStatement(draft, task, completion);
    case 'question':
      return answerQuestion(draft, task, completion);
    case 'extract':
      return settleExtract(draft, task, completion);
    case 'outside':
      return settleOutside(draft, task, completion);
    case 'fact':
      return decideFacts(draft, task, completion);
    case 'result-change':
      return decideResultChange(draft, task, completion);
    case 'fit':
      return decideFit(draft, task, completion);
    case 'hold':
      return decideHold(draft, task, completion);
    case 'incident':
      return examineIncident(draft, task, completion);
    case 'trial-request':
      return decideRequest(draft, task, completion);
    case 'completion':
      return decideCertificate(draft, task, completion);
    case 'signatory':
      return nameSignatory(draft, task, completion);
    case 'instruction':
      return answerInstruction(draft, task, completion);
    case 'stuck':
      outcomeOf('stuck', completion);
      return done(draft, task, completion);
  }
}
