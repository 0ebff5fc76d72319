/** What an investor wants to know. */
export interface QuestionCommand {
  readonly type: 'askQuestion';
  readonly procedure: string | null;
  readonly text: string;
}
