import type { Language } from '../../chat/language.ts'
import { writeList } from '../../documents/list.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { awardsGiven } from '../campaigns/port.ts'
import { gradeTitle } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { type HonoursSpan, honoursFileName, honoursTitle } from './honours-span.ts'
import { readAssessment, subjectsOf } from './records.ts'

/** A unit or a person that was honoured. */
export interface Honour {
  kind: 'unit' | 'person' | 'entry'
  name: string
  /** Of a person or an entry theirs, as far as it is known; empty: it is not. */
  unit: string
  /** What it is called. */
  honour: string
  /** In which campaign or assessment. */
  of: string
  /** Of the certificate, the assessment or the record; empty: none. */
  number: string
  day: Day
}

type Ports = Pick<AssessmentContext, 'submissions' | 'submitted'>

/** The ids of organisations whose honours somebody sees. Throws PlainError where there are none. */
export async function honouringPlaces(db: Reads, person: string, now: Date): Promise<string[]> {
  const { organisations } = await reachOfPerson(db, person, ['assessment.view'], dayInChina(now))
  if (organisations.length === 0) throw new PlainError('assessment:not-for-you')
  return organisations
}

/**
 * Who was honoured in a span: praised by assessments whose notice is over, in campaigns, as model cases. Units before
 * entries and people, each by day. What is sealed, erased or withdrawn is not among it.
 */
export async function honoursIn(
  db: Reads,
  { submissions, submitted }: Ports,
  organisations: readonly string[],
  { from: first, until: end }: Pick<HonoursSpan, 'from' | 'until'>,
  language: Language,
): Promise<Honour[]> {
  const instant = (day: Day) => new Date(`${day}T00:00:00+08:00`).toISOString()
  const span = { from: instant(first), until: instant(end) }
  const honours = await praisedIn(db, organisations, span, language)
  for (const { certificate, campaign, award, holder, unit, kind, at } of await awardsGiven(
    ...([db, submissions, organisations, span] as const),
  )) {
    const given = { kind, name: holder, unit, honour: award[language], of: campaign, number: certificate }
    honours.push({ ...given, day: dayInChina(new Date(at)) })
  }
  for (const one of await submitted.honouredModelCases(db, organisations, span)) {
    honours.push({
      ...{ kind: one.variety === 'team' ? 'unit' : 'person', name: one.name, honour: one.honour },
      ...{ unit: await unitOf(db, one.nominee, new Date(one.at)), number: one.number },
      ...{ of: translate(language, 'assessment:honours.model-case'), day: dayInChina(new Date(one.at)) },
    })
  }
  const places = { unit: 0, entry: 1, person: 2 }
  const order = ({ kind, day, number }: Honour) => `${places[kind]} ${day} ${number}`
  return honours.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** Where somebody was then. Whoever nominated may be of another unit: of who is not in the register none is known. */
async function unitOf(db: Reads, person: string | null, at: Date): Promise<string> {
  if (person === null) return ''
  const [membership] = await membershipsInForce(db, person, dayInChina(at))
  if (!membership) return ''
  return (await listOrganisations(db)).find(({ id }) => id === membership.organisation)?.name ?? ''
}

async function praisedIn(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
  language: Language,
): Promise<Honour[]> {
  const honours: Honour[] = []
  for (const piece of inPieces(organisations)) {
    const closed = await db
      .selectFrom('assessment')
      .select(['id', 'ended_at'])
      .where('organisation', 'in', piece)
      .where('state', '=', 'closed')
      .where('ended_at', '>=', from)
      .where('ended_at', '<', until)
      .execute()
    for (const { id, ended_at: at } of closed) {
      const assessment = await readAssessment(db, id)
      const { row, sheet } = assessment
      for (const one of await subjectsOf(db, id)) {
        if (!sheet.praised.includes(one.row.grade ?? '')) continue
        honours.push({
          ...{ kind: row.subjects, name: one.name, unit: row.subjects === 'unit' ? '' : one.unit },
          ...{ honour: gradeTitle(assessment, one.row.grade, language), of: row.title, number: row.number },
          day: dayInChina(new Date(at ?? row.made_at)),
        })
      }
    }
  }
  return honours
}

const columns = ['kind', 'name', 'unit', 'honour', 'of', 'number', 'day'] as const

/** Titles of the columns, and a line for each honour. */
export function honourRows(honours: readonly Honour[], language: Language): string[][] {
  return [
    columns.map((key) => translate(language, `assessment:honours.column.${key}`)),
    ...honours.map((one) =>
      columns.map((key) =>
        key === 'kind' ? translate(language, `assessment:honours.is.${one.kind}`) : one[key],
      ),
    ),
  ]
}

/** Honours as a workbook. */
export function exportHonours(
  honours: readonly Honour[],
  span: HonoursSpan,
  language: Language,
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  async function* rows(): AsyncGenerator<Cell[]> {
    yield* honourRows(honours, language)
  }
  const name = translate(language, 'assessment:honours.sheet')
  return {
    pieces: writeWorkbook([{ name, rows: rows(), widths: [8, 28, 24, 20, 36, 18, 12] }]),
    name: `${honoursFileName(span)}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

/** Honours as a list to be printed (PDF). */
export async function printHonours(
  honours: readonly Honour[],
  span: HonoursSpan,
  language: Language,
  now: Date,
): Promise<Uint8Array> {
  const [header = [], ...rows] = honourRows(honours, language)
  const shares = [1, 3.2, 2.6, 2, 3.4, 2.2, 1.6]
  const list = {
    ...{ title: honoursTitle(span, language), language, rows },
    subtitle: translate(language, 'assessment:honours.as-of', { day: dayInChina(now), count: rows.length }),
    columns: header.map((title, at) => ({ title, share: shares[at] ?? 1 })),
  }
  return (await writeList(list, now)).bytes
}
