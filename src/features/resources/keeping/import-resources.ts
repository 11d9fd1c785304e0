import { languages } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findOrganisation } from '../../../people/organisations.ts'
import { findPerson, type Reads } from '../../../people/people.ts'
import { csvTemplate } from '../../../spreadsheets/csv-template.ts'
import { readTable, takeRows } from '../../../spreadsheets/import-records.ts'
import type { Trx } from '../../../store/store.ts'
import type { ResourcesContext } from '../context.ts'
import { type ResourceRow, shares } from '../records.ts'
import { neededColumns, type ResourceColumn, resourceColumns, resourceHeadings } from './columns.ts'
import { keepResource, type ResourceDraft } from './keep-resource.ts'

/** What became of a row. */
export interface ImportedResource {
  /** From 1, as spreadsheets count. */
  line: number
  title: string
  /** Of the resource; null: not taken. */
  number: string | null
  /** Why it was not taken; null: it was. */
  reason: PlainError | null
}

const no = /^(?:否|不|no|n|false|0)$/i

/** A CSV file to fill in. */
export function resourcesTemplate(): string {
  const example: Partial<Record<ResourceColumn, string>> = {
    ...{
      kind: '设施场馆',
      title: '智能制造展厅',
      subjects: '机器人、智能制造',
      organisation: '集团/一分公司',
    },
    ...{ place: '一号楼', region: '太原市', share: '面向社会', hours: '周一至周五 09:00-12:00 14:00-17:00' },
    ...{ onWorkingDays: '是', leadDays: '3', mostPeople: '100', contact: '0351-0000000' },
  }
  return csvTemplate(
    resourceHeadings,
    resourceColumns.map((column) => example[column] ?? ''),
  )
}

/**
 * Takes in a table of resources (XLSX or CSV), one a row. The same number, or the same name in the same organisation, is
 * changed. Rows that are wrong are reported and change nothing. Throws PlainError where the file is no such table.
 * @param by Null: at the command line, where everything may be done.
 */
export async function importResources(
  context: Pick<ResourcesContext, 'store' | 'kinds'>,
  bytes: Uint8Array,
  by: string | null,
): Promise<ImportedResource[]> {
  const rows = await readTable(bytes, {
    ...{ headings: resourceHeadings, needed: neededColumns },
    refusals: { header: 'resources:wrong.header', table: 'resources:wrong.table' },
  })
  return takeRows(context.store, rows, async (trx, { line, values }, now) => {
    const { title } = values
    try {
      const draft = await draftOf(trx, context, values)
      const known = await knownOf(trx, values.number, draft)
      const { number } = await keepResource(trx, context, draft, { known, by, now })
      return { line, title, number, reason: null }
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return { line, title, number: null, reason: error }
    }
  })
}

type Values = Record<ResourceColumn, string>

async function draftOf(
  db: Reads,
  { kinds }: Pick<ResourcesContext, 'kinds'>,
  values: Values,
): Promise<ResourceDraft> {
  const kind = kinds.all().find(({ name, title }) => [name, ...Object.values(title)].includes(values.kind))
  if (!kind) throw new PlainError('resources:wrong.kind')
  const organisation = (await findOrganisation(db, values.organisation)).id
  const owner = values.owner === '' ? null : (await findPerson(db, values.owner)).id
  return {
    ...{ title: values.title, description: values.description, subjects: values.subjects, owner },
    ...{ kind: kind.name, organisation, place: values.place, region: values.region, rules: values.rules },
    ...{
      share: shareOf(values.share),
      timeZone: values.timeZone,
      hours: values.hours,
      contact: values.contact,
    },
    ...{ onWorkingDays: !no.test(values.onWorkingDays), closed: values.closed },
    leadDays: figureOf(values.leadDays) ?? kind.leadDays,
    mostPeople: figureOf(values.mostPeople) ?? kind.people,
    mostADay: figureOf(values.mostADay),
    together: figureOf(values.together),
  }
}

/** As a person reads it in any language, or as it is kept; nothing: only the own organisation. */
function shareOf(text: string): ResourceRow['share'] {
  if (text === '') return 'own'
  const found = shares.find(
    (share) =>
      share === text ||
      languages.some((language) => translate(language, `resources:share.${share}`) === text),
  )
  if (!found) throw new PlainError('resources:wrong.share', { text: text.slice(0, 30) })
  return found
}

/** Null where nothing is said; what is no number is refused where it is kept. */
function figureOf(text: string): number | null {
  return text === '' ? null : Number(text.normalize('NFKC'))
}

async function knownOf(
  trx: Trx,
  number: string,
  { title, organisation }: ResourceDraft,
): Promise<string | null> {
  const query = trx.selectFrom('resource_entry').select('id')
  const row =
    number !== ''
      ? await query.where('number', '=', number.normalize('NFKC').toUpperCase()).executeTakeFirst()
      : await query
          .where('title', '=', title.trim())
          .where('organisation', '=', organisation)
          .where('state', '!=', 'retired')
          .executeTakeFirst()
  return row?.id ?? null
}
