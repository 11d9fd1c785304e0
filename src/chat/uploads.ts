/** What platforms call files that they were given: a file is uploaded once, whoever it is sent to and however often. */
export interface Uploads {
  /** @param place Platform and app. */
  find(place: string, what: string): Promise<Upload | null>
  keep(place: string, what: string, upload: Upload): Promise<void>
  forget(place: string, what: string): Promise<void>
}

export interface Upload {
  /** The platform's own name for the file. */
  key: string
  at: Date
}
