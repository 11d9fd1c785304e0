import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { hintsAsYaml } from '../knowledge/learned/export-hints.ts'
import { activeHints, listHints, removeHint } from '../knowledge/learned/hints.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { currentVersions, findDocument } from '../knowledge/library/versions.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { RunInHouse } from './kb.ts'

type House = Parameters<Parameters<RunInHouse>[0]>[0]

/** Adds `hints list|remove|export` to the program; `language` is that of the help texts. */
export function addHintCommands(program: Command, language: Language, run: RunInHouse): void {
  const help = (key: string) => translate(language, `knowledge:hints.help.${key}`)
  const hints = program.command('hints').description(help('hints'))
  hints
    .command('list')
    .description(help('list'))
    .action(() => run(list))
  hints
    .command('remove <id>')
    .description(help('remove'))
    .action((id: string) => run((house) => remove(house, id)))
  hints
    .command('export <file>')
    .description(help('export'))
    .option('--document <name>', help('document'))
    .action((file: string, options: { document?: string }) =>
      run((house) => writeOut(house, file, options.document)),
    )
}

async function list({ store, language, print }: House): Promise<void> {
  const say = (key: string) => translate(language, `knowledge:hints.${key}`)
  const hints = await listHints(store.db)
  if (hints.length === 0) return print(say('none'))
  const card: Card = {
    tone: 'info',
    blocks: [
      {
        type: 'table',
        header: ['id', 'question', 'clause', 'source', 'at', 'used'].map((key) => say(`column.${key}`)),
        rows: hints.map(({ id, question, document, key, source, state, at, used }) => [
          id,
          question,
          `${document} ${key}`,
          say(state === 'proposed' ? 'proposed' : `from-${source}`),
          at.slice(0, 10),
          String(used),
        ]),
      },
    ],
  }
  print(cardToText(card, { buttons: 'none' }))
}

async function remove({ store, language, now, print }: House, id: string): Promise<void> {
  const removed = await store.transaction((trx) => removeHint(trx, id, null, now()))
  if (!removed) throw new PlainError('knowledge:hints.no-such-hint', { id })
  print(translate(language, 'knowledge:hints.removed'))
}

async function writeOut(
  { store, language, now, print }: House,
  file: string,
  given: string | undefined,
): Promise<void> {
  const wanted = given === undefined ? undefined : await findDocument(store, given)
  const hints = (await activeHints(store.db)).filter(
    ({ document }) => wanted === undefined || document === wanted,
  )
  const documents = [...new Set(hints.map(({ document }) => document))]
  // A file of hints speaks of one document.
  if (documents.length > 1) {
    throw new PlainError('knowledge:hints.several-documents', { documents: documents.join(', ') })
  }
  const current = await currentVersions(store, dayInChina(now()))
  const version = current.find(({ document }) => document === documents[0])
  if (!version) throw new PlainError('knowledge:hints.nothing-to-export')
  try {
    await writeFile(file, hintsAsYaml(version, hints))
  } catch (error) {
    throw new PlainError('knowledge:kb.unwritable', { file }, { cause: error })
  }
  print(translate(language, 'knowledge:hints.exported', { count: hints.length, file }))
}
