/** What the workflow of a consultation asks for. */
export interface ConferenceEngineCommand {
  readonly type: 'openConference';
}
