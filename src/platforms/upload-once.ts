import type { Card, DocumentBlock, PictureBlock } from '../chat/card.ts'
import { DeliveryError } from '../chat/outgoing.ts'
import type { Upload, Uploads } from '../chat/uploads.ts'
import type { Blobs } from '../store/blobs.ts'

/** Gives a platform the files that cards name, each once. */
export interface Uploader {
  /** The pictures of a card, by blob; those are left out that cannot be uploaded. Throws DeliveryError `later`. */
  picturesOf(card: Pick<Card, 'blocks'>): Promise<Map<string, Upload>>
  /** The platform's key; null: it cannot be uploaded. Throws DeliveryError `later`. */
  document(block: DocumentBlock): Promise<string | null>
  /** The platform knows them no more. */
  forget(pictures: ReadonlyMap<string, Upload>): Promise<void>
}

/** The files that the bot itself hands over, and what became of them before. */
export interface OutgoingFiles {
  uploads: Uploads
  blobs: Pick<Blobs, 'get'>
}

export interface UploaderOptions extends OutgoingFiles {
  /** Platform and app. */
  place: string
  clock: () => Date
  /** Null: the platform refuses it, for good. Throws DeliveryError. Nobody sees a file before a message names it. */
  upload(file: PictureBlock | DocumentBlock, bytes: Uint8Array): Promise<string | null>
  /** Told why a file stays a link. */
  refused(reason: string): void
}

/** Of what is sent to thousands the store is asked once. */
const mostKnown = 1000

/**
 * What was uploaded is written down before a message names it. A line that breaks is tried once more at the next try of
 * the message; after that the message goes out with words and a link in the picture's place, for its text must not wait
 * for a picture.
 */
export function createUploader(options: UploaderOptions): Uploader {
  const { place, uploads, blobs, clock, upload, refused } = options
  const known = new Map<string, Upload>()
  const underWay = new Map<string, Promise<Upload | null>>()
  const failed = new Set<string>()

  const uploadNow = async (file: PictureBlock | DocumentBlock, what: string): Promise<Upload | null> => {
    const before = await uploads.find(place, what)
    if (before) return before
    const bytes = await blobs.get(file.blob)
    const key = bytes && bytes.length > 0 ? await upload(file, bytes) : null
    if (key === null) return null
    const made = { key, at: clock() }
    await uploads.keep(place, what, made)
    return made
  }

  const once = async (file: PictureBlock | DocumentBlock): Promise<Upload | null> => {
    const what = whatOf(file)
    const made = known.get(what)
    if (made) return made
    let work = underWay.get(what)
    if (!work) {
      work = uploadNow(file, what).finally(() => underWay.delete(what))
      underWay.set(what, work)
    }
    try {
      const done = await work
      failed.delete(what)
      if (done === null) refused('no-file')
      else remember(what, done)
      return done
    } catch (error) {
      if (!failed.delete(what)) {
        failed.add(what)
        throw error instanceof DeliveryError ? error : new DeliveryError('later', { cause: error })
      }
      refused('no-file')
      return null
    }
  }

  const remember = (what: string, made: Upload) => {
    known.set(what, made)
    const [oldest] = known.keys()
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  }

  return {
    async picturesOf({ blocks }) {
      const pictures = new Map<string, Upload>()
      for (const block of blocks) {
        if (block.type !== 'picture') continue
        const made = await once(block)
        if (made) pictures.set(block.blob, made)
      }
      return pictures
    },
    async document(block) {
      return (await once(block))?.key ?? null
    },
    async forget(pictures) {
      for (const blob of pictures.keys()) {
        known.delete(`picture ${blob}`)
        await uploads.forget(place, `picture ${blob}`)
      }
    },
  }
}

/** A document keeps its name where it is; the same picture may be called differently. */
function whatOf(file: PictureBlock | DocumentBlock): string {
  return file.type === 'picture' ? `picture ${file.blob}` : `document ${file.blob} ${file.name}`
}

/** The keys alone, as cards are drawn with. */
export function keysOf(pictures: ReadonlyMap<string, Upload>): Map<string, string> {
  return new Map([...pictures].map(([blob, { key }]) => [blob, key]))
}
