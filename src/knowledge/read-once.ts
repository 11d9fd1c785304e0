/** What was made of texts, by that which made it. */
const made = new WeakMap<object, Map<string, unknown>>()

/**
 * What a text of a house's own files says, read once in a process: opening a second house there, as tests and benchmarks
 * do by the hundred, took half of its time over the same files. Not for what people send, which would be kept for ever.
 * What comes out is shared: nobody may change it. What cannot be read is not remembered.
 * @param by The reader or the schema: others make other things of the same text.
 * @param text And whatever else the outcome depends on.
 */
export function readOnce<T>(by: object, text: string, read: () => T): T {
  const texts = made.get(by) ?? new Map<string, unknown>()
  made.set(by, texts)
  if (texts.has(text)) return texts.get(text) as T
  const outcome = read()
  texts.set(text, outcome)
  return outcome
}
