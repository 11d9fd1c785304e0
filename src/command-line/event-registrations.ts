import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportRegistrations, sheetFormats } from '../features/events/lists/registration-sheet.ts'
import type { Event } from '../features/events/records.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { findPerson } from '../people/people.ts'
import type { EventsHouse } from './events.ts'

/**
 * Writes the list of an event into a file, XLSX or CSV by its name; never over one that is there. Names of the public are
 * in it only where `--as` names somebody who may export them.
 */
export async function writeRegistrations(
  { context, language, print }: EventsHouse,
  event: Event,
  { out, as }: { out: string; as?: string },
): Promise<void> {
  const format = sheetFormats.find((one) => out.toLowerCase().endsWith(`.${one}`))
  if (!format) throw new PlainError('announcing:sheet.no-format', { formats: sheetFormats.join(', ') })
  const asker = as === undefined ? 'house' : { person: (await findPerson(context.store.db, as)).id }
  const { pieces } = await exportRegistrations(context, { event, asker, format, language })
  try {
    await pipeline(Readable.from(pieces), createWriteStream(out, { flags: 'wx' }))
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && typeof error.code === 'string'
    if (!isFile) throw error
    const key = error.code === 'EEXIST' ? 'making:command.exists' : 'making:command.unwritable'
    throw new PlainError(key, { file: out }, { cause: error })
  }
  print(translate(language, 'making:command.written', { file: out }))
}
