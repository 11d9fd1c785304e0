import type { Context } from 'hono'
import type { IncomingFile, IncomingPage } from '../chat/incoming.ts'
import { clientAddress } from '../platforms/web/client-address.ts'
import { cleanFileName, fileType } from '../platforms/web/file-kind.ts'
import {
  addressFactor,
  largestFile,
  mostBytesADay,
  mostRates,
  mostUploadsAtOnce,
  mostUploadsOfAddress,
} from '../platforms/web/limits.ts'
import { RateLimit } from '../platforms/web/rate-limit.ts'
import type { Fields } from './form-fields.ts'
import { largestFilledPage, largestFormPage } from './limits.ts'
import { pageIn } from './record-form.ts'
import type { ConsoleOptions } from './routes.ts'
import type { Visit } from './visit.ts'

type SentPage = Pick<IncomingPage, 'draft' | 'page' | 'step' | 'values' | 'files'>

/** What people choose in forms on pages: as the chat takes files, by the same limits and checks. */
export interface PageFiles {
  /** Takes a place among those whose files arrive now; false: all are taken. To be left with `leave`. */
  enter(context: Context): boolean
  leave(context: Context): void
  /** Gives a page with its files, kept already, to `work`. Throws PlainError where it is no page. */
  answer<T>(visit: Visit, fields: Fields, work: (page: SentPage) => Promise<T>): Promise<T>
}

type FilesOfField = NonNullable<IncomingPage['files']>[string]

const day = 24 * 3600_000

/** How many bytes may be sent in a day is counted for all pages together. */
export function createPageFiles({
  blobs,
  files: sealed,
  clock,
  trustProxy,
}: Pick<ConsoleOptions, 'blobs' | 'files' | 'clock' | 'trustProxy'>): PageFiles {
  const ofPerson = new RateLimit(mostBytesADay, mostRates, clock, day)
  const ofAddress = new RateLimit(mostBytesADay * addressFactor, mostRates, clock, day)
  /** The addresses from which pages with files are arriving. */
  const arriving: string[] = []

  async function take({ who, context }: Visit, chosen: readonly File[]): Promise<Omit<FilesOfField, 'drop'>> {
    const add: IncomingFile[] = []
    const refused = (key: string, values = {}) => ({ add, refused: { key, values } })
    for (const file of chosen) {
      if (file.size === 0) return refused('web:file.empty')
      if (file.size > largestFile) return refused('web:file.too-large', { most: largestFile / 1024 / 1024 })
      const bytes = new Uint8Array(await file.arrayBuffer())
      const name = cleanFileName(file.name)
      const type = fileType(name, bytes)
      if (type === null) return refused('web:file.not-taken')
      const { size } = file
      const wait = ofPerson.take(who.id, size) + ofAddress.take(clientAddress(context, trustProxy), size)
      if (wait > 0) return refused('web:file.too-many')
      add.push({ name, type, size, blob: await blobs.put(bytes) })
    }
    return { add }
  }

  return {
    enter(context) {
      const address = clientAddress(context, trustProxy)
      const ofThis = arriving.filter((other) => other === address).length
      if (arriving.length >= mostUploadsAtOnce || ofThis >= mostUploadsOfAddress) return false
      arriving.push(address)
      return true
    },

    leave(context) {
      arriving.splice(arriving.indexOf(clientAddress(context, trustProxy)), 1)
    },

    async answer(visit, fields, work) {
      const page = pageIn(fields)
      const files: NonNullable<IncomingPage['files']> = Object.create(null)
      const names = fields.names().map((name) => /^(?:add|drop):(.+)\[\]$/.exec(name)?.[1] ?? '')
      // Whoever leaves the form keeps nothing of it.
      for (const name of page.step === 'cancel' ? [] : new Set(names)) {
        if (name === '') continue
        const drop = fields.list(`drop:${name}[]`)
        files[name] = { drop, ...(await take(visit, fields.files(`add:${name}[]`))) }
      }
      try {
        return await work({ ...page, files })
      } finally {
        // Of a sealed form nothing stays in the open, and nothing at all that no draft has taken.
        await sealed.clear(Object.values(files).flatMap(({ add }) => add))
      }
    },
  }
}

/** Whether what is sent may be a page with files, larger than one without. @param maxSize What is taken there, in bytes. */
export function bringsFiles(maxSize: number, { req }: Context): boolean {
  const size = Number(req.header('content-length') ?? Number.POSITIVE_INFINITY)
  return maxSize >= largestFilledPage && size > largestFormPage
}
