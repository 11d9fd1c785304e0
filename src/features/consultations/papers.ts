import type { IncomingFile } from '../../chat/incoming.ts'
import { type HandedFile, handOver, revokeHanded } from '../../delivery/handed-files.ts'
import { isVisibleTo } from '../../knowledge/clause.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { readHeads } from '../../knowledge/library/stored-versions.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { readerOf } from '../../people/readers.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import type { Trx } from '../../store/store.ts'
import type { ConsultationsContext } from './context.ts'
import type { Consultation } from './records.ts'

/** A document of the library as it is laid before people: one version of it. */
export interface LibraryPaper {
  document: string
  version: number
  title: string
  fileName: string
  type: string
  blob: string
}

const mostDocuments = 10

/** What a browser and a messenger are told a file is, by its ending. */
const types: Record<string, string> = {
  pdf: 'application/pdf',
  md: 'text/markdown',
  txt: 'text/plain',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/**
 * Documents of the library by title or name, with strokes or line ends between them: of each the latest version that
 * whoever lays it before others may read. Throws PlainError where there is none.
 */
export async function papersNamed(
  trx: Trx,
  text: string,
  { person, now }: { person: string; now: Date },
): Promise<LibraryPaper[]> {
  const names = text.split(/[、,，;；\n]+/).flatMap((name) => name.trim().replace(/^《(.*)》$/u, '$1') || [])
  if (names.length === 0) return []
  if (names.length > mostDocuments) throw new PlainError('consultations:papers.many', { most: mostDocuments })
  const reader = await readerOf(trx, person, dayInChina(now))
  const heads = (await readHeads(trx)).filter(({ visibility }) => isVisibleTo(visibility, [reader]))
  return [...new Set(names)].map((name) => {
    const [latest] = heads
      .filter(({ document, title }) => document === name || title === name)
      .sort((a, b) => b.version - a.version)
    if (!latest) throw new PlainError('consultations:papers.none', { name: name.slice(0, 60) })
    const { document, version, title, fileName, blob } = latest
    const type = types[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
    return { document, version, title, fileName, type, blob }
  })
}

/** Keeps what is to be read before an answer. */
export async function keepPapers(
  trx: Trx,
  consultation: string,
  { files, documents }: { files: readonly IncomingFile[]; documents: readonly LibraryPaper[] },
): Promise<void> {
  await trx.deleteFrom('consultation_paper').where('consultation', '=', consultation).execute()
  const papers = [
    ...files.map(({ name, type, size, blob }) => ({ name, type, size, blob, document: null, version: null })),
    ...documents.map(({ document, version, title, type, blob }) => ({
      ...{ name: title, type, size: 0, blob, document, version },
    })),
  ]
  const rows = papers.map((paper, position) => ({ consultation, position, ...paper }))
  if (rows.length > 0) await trx.insertInto('consultation_paper').values(rows).execute()
  const hashes = rows.map(({ blob }) => blob)
  await holdBlobs(trx, userOf(consultation), hashes)
}

export async function letGoOfPapers(trx: Trx, consultation: string): Promise<void> {
  await holdBlobs(trx, userOf(consultation), [])
  await revokePapers(trx, consultation)
}

/** They are read nowhere any more, though they are kept. */
export const revokePapers = (trx: Trx, consultation: string): Promise<void> =>
  revokeHanded(trx, userOf(consultation))

/** The papers where messages can name them, in their order. Throws PlainError where one is gone. */
export async function handOverPapers(
  trx: Trx,
  context: Pick<ConsultationsContext, 'blobs' | 'publicUrl'>,
  { row, papers }: Consultation,
  now: Date,
): Promise<HandedFile[]> {
  const belongs = { matter: userOf(row.id), ends: 'soon' as const }
  const handed: HandedFile[] = []
  for (const { name, type: mediaType, blob } of papers) {
    const bytes = await context.blobs.get(blob, trx)
    if (!bytes) throw new PlainError('consultations:papers.gone', { name })
    handed.push(await handOver(trx, context, { name, mediaType, bytes }, now, belongs))
  }
  return handed
}

const userOf = (consultation: string) => `consultation ${consultation}`
