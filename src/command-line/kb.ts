import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Language } from '../chat/language.ts'
import { type Addition, addDocument } from '../knowledge/library/add-document.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { exportDocument } from '../knowledge/library/export-document.ts'
import { findClause } from '../knowledge/library/find-clause.ts'
import { removeDocument } from '../knowledge/library/remove-document.ts'
import { findDocument, type ListedVersion, listVersions, readVersion } from '../knowledge/library/versions.ts'
import { defaultReadLimits } from '../knowledge/read/read-document.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Store } from '../store/store.ts'
import { checkLibrary } from './check-library.ts'
import { clauseCard, formatVisibility, versionsCard } from './kb-cards.ts'

/** What a `kb` command works with. */
export interface KbHouse {
  store: Store
  blobs: Blobs
  /** The folder with `documents/`, `hints/` and `vocabulary/`. */
  knowledgeDir: string
  language: Language
  now(): Date
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/**
 * Opens the house, runs the task and closes it again. What the task throws it shows as a message for people
 * and turns into exit code 1.
 */
export type RunInHouse = (task: (house: KbHouse) => Promise<void>) => Promise<void>

/** Adds `kb add|list|show|remove|export|check` to the program; `language` is that of the help texts. */
export function addKbCommands(program: Command, language: Language, run: RunInHouse): void {
  const help = (key: string) => translate(language, `knowledge:kb.help.${key}`)
  const kb = program.command('kb').description(help('kb'))
  kb.command('add <file>')
    .description(help('add'))
    .option('--title <title>', help('title'))
    .option('--issuer <issuer>', help('issuer'))
    .option('--effective <day>', help('effective'))
    .option('--visible-to <who>', help('visible-to'))
    .option('--document <name>', help('document'))
    .action((file: string, options: AddOptions) => run((house) => add(house, file, options)))
  kb.command('list')
    .description(help('list'))
    .action(() => run(list))
  kb.command('show <document> <clause>')
    .description(help('show'))
    .option('--version <number>', help('version'))
    .action((document: string, clause: string, options: VersionOption) =>
      run((house) => show(house, document, clause, options)),
    )
  kb.command('remove <document>')
    .description(help('remove'))
    .action((document: string) => run((house) => remove(house, document)))
  kb.command('export <document> <file>')
    .description(help('export'))
    .option('--version <number>', help('version'))
    .action((document: string, file: string, options: VersionOption) =>
      run((house) => writeOut(house, document, file, options)),
    )
  kb.command('check')
    .description(help('check'))
    .action(() => run(checkLibrary))
}

interface AddOptions {
  title?: string
  issuer?: string
  effective?: string
  visibleTo?: string
  document?: string
}

interface VersionOption {
  version?: string
}

async function add(house: KbHouse, file: string, options: AddOptions): Promise<void> {
  const { issuer, ...details } = options
  const bytes = await readGiven(file)
  const given = { fileName: basename(file), bytes, issuers: issuer, ...details }
  house.print(
    describeAddition(await addDocument(house.store, house.blobs, given, house.now()), house.language),
  )
}

function describeAddition(addition: Addition, language: Language): string {
  const { outcome, document, title, version, clauses, effective } = addition
  const say = (key: string, values = {}) => translate(language, `knowledge:kb.${key}`, values)
  const lines = [say(outcome, { document, title, version, clauses })]
  if (outcome !== 'same') {
    if (effective)
      lines.push(say(addition.effectiveAssumed ? 'effective-assumed' : 'effective-on', { effective }))
    lines.push(say('seen-by', { visibleTo: formatVisibility(addition.visibility, language) }))
  }
  return lines.join('\n')
}

async function list(house: KbHouse): Promise<void> {
  const versions = await listVersions(house.store, dayInChina(house.now()))
  house.print(
    versions.length === 0
      ? translate(house.language, 'knowledge:kb.empty')
      : cardToText(versionsCard(versions, house.language), { buttons: 'none' }),
  )
}

async function show(house: KbHouse, given: string, clause: string, options: VersionOption): Promise<void> {
  const { document, version } = await chooseVersion(house, given, options)
  const content = (await readVersion(house.store, document, version))!
  house.print(
    cardToText(clauseCard(content, findClause(content, clause), house.language), { buttons: 'none' }),
  )
}

async function remove(house: KbHouse, given: string): Promise<void> {
  const { document, title } = await chooseVersion(house, given, {})
  await removeDocument(house.store, house.blobs, document, house.now())
  house.print(translate(house.language, 'knowledge:kb.removed', { document, title }))
}

async function writeOut(house: KbHouse, given: string, file: string, options: VersionOption): Promise<void> {
  const { document, version, title } = await chooseVersion(house, given, options)
  const text = await exportDocument(house.store, house.blobs, document, version)
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new PlainError('knowledge:kb.unwritable', { file }, { cause: error })
  }
  house.print(translate(house.language, 'knowledge:kb.exported', { title, version, file }))
}

/** The version that was asked for, or else the one in force, or else the last. Throws PlainError. */
async function chooseVersion(house: KbHouse, given: string, options: VersionOption): Promise<ListedVersion> {
  const document = await findDocument(house.store, given)
  const listed = await listVersions(house.store, dayInChina(house.now()))
  const versions = listed.filter((one) => one.document === document)
  if (options.version === undefined) {
    return versions.find((one) => one.standing === 'current') ?? versions.at(-1)!
  }
  if (!/^\d{1,9}$/.test(options.version)) {
    throw new PlainError('knowledge:kb.version-invalid', { version: options.version })
  }
  const version = Number(options.version)
  const found = versions.find((one) => one.version === version)
  if (!found) throw new PlainError('knowledge:library.no-such-version', { document, version })
  return found
}

async function readGiven(file: string): Promise<Uint8Array> {
  const limit = defaultReadLimits.fileSize
  try {
    // Before reading: a file of gigabytes is not to fill the memory first.
    if ((await stat(file)).size <= limit) return new Uint8Array(await readFile(file))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const key = missing ? 'knowledge:kb.no-such-file' : 'knowledge:kb.unreadable'
    throw new PlainError(key, { file }, { cause: error })
  }
  throw new PlainError('knowledge:read.tooLarge', { file: basename(file), limit: limit / 1024 / 1024 })
}
