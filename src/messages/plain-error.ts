/**
 * An error that a person may read. It carries a message key of the catalogues and its values; the text is
 * made in the person's language where it is shown. Anything else that is thrown is a defect of ours: it is
 * logged, and the person gets the general apology.
 */
export class PlainError extends Error {
  readonly key: string
  readonly values: Record<string, string | number>

  constructor(key: string, values: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(`${key} ${JSON.stringify(values)}`, options)
    this.name = 'PlainError'
    this.key = key
    this.values = values
  }
}
