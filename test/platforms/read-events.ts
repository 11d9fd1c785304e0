import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { ShownMessage } from '../../src/platforms/web/shown-message.ts'

interface ReadEvent {
  event: string
  /** The chat's counter, by which the stream is taken up again. */
  id: number | undefined
  data: unknown
}

/** The server-sent events of an answer, by a parser that is not ours. */
export async function* readEvents(response: Response): AsyncGenerator<ReadEvent> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`)
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event, id, data } of events) {
    yield { event: event ?? 'message', id: id === undefined ? undefined : Number(id), data: JSON.parse(data) }
  }
}

/** The messages among them, each state as it comes. */
export async function* readMessages(response: Response): AsyncGenerator<ShownMessage> {
  for await (const { event, data } of readEvents(response)) {
    if (event === 'message') yield data as ShownMessage
  }
}
