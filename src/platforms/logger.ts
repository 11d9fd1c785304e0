/** What a platform logs to; pino fits. Details first, then the message, without anything a person typed; an error stands under `err`. */
export interface Logger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
