/** Why a file cannot be read as a table. */
export class SpreadsheetError extends Error {
  readonly why: 'broken' | 'too-large' | 'old' | 'no-header'

  /** @param why `old`: the format of before 2007, or encrypted; `no-header`: it can be read, and is another table. */
  constructor(why: SpreadsheetError['why'], options?: ErrorOptions) {
    super(`a spreadsheet: ${why}`, options)
    this.why = why
  }
}
