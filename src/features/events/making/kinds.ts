import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../../../chat/language.ts'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError } from '../../../messages/translate.ts'
import type { EventRow, OwnQuestion } from '../records.ts'
import { kindSchema } from './kind-schema.ts'
import { readYaml } from './read-yaml.ts'

/** A kind of event, as a file of knowledge/events says it. */
export interface EventKind {
  /** Name of the file: `forum`. */
  name: string
  title: Record<Language, string>
  /** Where it stands among the kinds, the least first. */
  order: number
  /** How people call it after 办 or “new”, its titles among them. */
  words: string[]
  /** No event of it has more seats; null: no ceiling. */
  mostSeats: number | null
  /** What an event begins with; its organisers may change all of it. */
  defaults: {
    capacity: number | null
    waitingList: boolean
    mode: EventRow['mode']
    guests: number
    /** Minutes before the beginning. */
    reminders: number[]
    /** Working hours. */
    offerHours: number
    /** Days before the beginning. */
    closesDays: number
    cancelDays: number
    hours: number | null
    online: boolean
    /** Anybody may come. */
    public: boolean
  }
  questions: (Omit<OwnQuestion, 'label' | 'options'> & {
    label: Record<Language, string>
    options: Record<Language, string>[]
  })[]
  /** What a description begins with; empty: nothing. */
  description: Record<Language, string>
}

export interface EventKinds {
  /** In the order that the files ask for. */
  all(): readonly EventKind[]
  /** Null: no file of that name. */
  byName(name: string): EventKind | null
}

/**
 * The kinds of a folder, one YAML file each. A file that cannot be taken up is refused with a reason, and the others
 * hold. No folder: no kinds.
 */
export async function openEventKinds({
  folder,
  refused,
}: {
  folder: string
  refused: (file: string, reason: string) => void
}): Promise<EventKinds> {
  const files = existsSync(folder) ? (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)) : []
  const found: EventKind[] = []
  for (const file of files.toSorted()) {
    try {
      const text = await readFile(join(folder, file), 'utf8')
      const kind = readOnce(openEventKinds, `${file}\n${text}`, () => readEventKind(text, file))
      const twice = found.find((one) => one.words.some((word) => kind.words.includes(word)))
      if (twice) throw new PlainError('making:kind.word-taken', { file, other: twice.name })
      found.push(kind)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      refused(file, explainError(error, 'zh-CN'))
    }
  }
  const all = found.toSorted((one, other) => one.order - other.order)
  return { all: () => all, byName: (name) => all.find((one) => one.name === name) ?? null }
}

/**
 * Reads one file. Throws PlainError `making:kind.wrong` with the lines of what is wrong in it.
 * @param file Its name: that of the kind, with `.yaml`.
 */
export function readEventKind(text: string, file: string): EventKind {
  const [document, ...others] = readYaml(text)
  if (!document || others.length > 0) throw new PlainError('making:kind.not-one', { file })
  const { success, data, error } = kindSchema.safeParse(document.value)
  if (!success) {
    const problems = error.issues
      .slice(0, 5)
      .map(({ path, message }) => {
        const place = path.filter((one) => typeof one !== 'symbol')
        return `${document.lineOf(place)}: ${[...place, message].join(' ')}`
      })
      .join('；')
    throw new PlainError('making:kind.wrong', { file, problems })
  }
  if (data.name !== file.replace(/\.ya?ml$/, '')) {
    throw new PlainError('making:kind.named-otherwise', { file, kind: data.name })
  }
  return data
}
