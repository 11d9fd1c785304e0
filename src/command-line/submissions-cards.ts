import type { Block, Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import type { SubmissionsContext } from '../features/submissions/context.ts'
import { readBeside, readOrganisations } from '../features/submissions/ledger/beside.ts'
import { cellOf } from '../features/submissions/ledger/cells.ts'
import { columnTitle, usualColumns } from '../features/submissions/ledger/columns.ts'
import type { LedgerReport } from '../features/submissions/ledger/import/import-ledger.ts'
import { readSubmission, type Submission } from '../features/submissions/records.ts'
import { explainError, translate } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { Cell } from '../spreadsheets/cell.ts'

const listed = ['number', 'kind', 'subject', 'state', 'author', 'organisation', 'submitted'] as const
/** Of refusals more would hide the report's beginning. */
const mostRefusals = 500

/** Records as a table; what is sealed is left out. */
export async function submissionsCard(
  db: Reads,
  submissions: readonly Submission[],
  isMore: boolean,
  language: Language,
): Promise<Card> {
  const say = (key: string) => translate(language, `submissions:command.${key}`)
  if (submissions.length === 0) return cardOf({ type: 'text', runs: [{ text: say('none') }] })
  const columns = listed.map((column) => ({ column }))
  const beside = {
    ...(await readBeside(db, submissions, columns)),
    organisations: await readOrganisations(db),
  }
  const header = listed.map((column) => columnTitle(column, [], language))
  const rows = submissions.map((submission, i) =>
    listed.map((column) => cellText(cellOf(submission, column, { beside, language, row: i + 1 }))),
  )
  return cardOf(
    { type: 'table', header, rows },
    ...(isMore ? [{ type: 'note' as const, text: say('more') }] : []),
  )
}

/** One record with what was filled in; of a sealed one only where it stands. Throws PlainError where there is none. */
export async function submissionCard(
  context: SubmissionsContext,
  number: string,
  language: Language,
): Promise<Card> {
  const { db } = context.store
  const submission = await readSubmission(db, context, number)
  const columns = usualColumns([submission.kind]).map((column) => ({ column }))
  const beside = {
    ...(await readBeside(db, [submission], columns)),
    organisations: await readOrganisations(db),
  }
  const lines = columns.flatMap(({ column }) => {
    const text = cellText(cellOf(submission, column, { beside, language, row: 1 }))
    return text === ''
      ? []
      : [[{ text: `${columnTitle(column, [submission.kind], language)}：`, strong: true }, { text }]]
  })
  const isSealed = submission.row.sealed === 1
  return cardOf(
    { type: 'list', items: lines },
    ...(isSealed ? [{ type: 'note' as const, text: translate(language, 'submissions:command.sealed') }] : []),
  )
}

/** What became of the rows of an old ledger: figures, then each that was refused with its reason. */
export function importReportCard(report: LedgerReport, isDry: boolean, language: Language): Card {
  const say = (key: string, values = {}) => translate(language, `submissions:command.report.${key}`, values)
  const count = (outcome: string) => report.rows.filter((row) => row.outcome === outcome).length
  const refused = report.rows.filter(({ outcome }) => outcome === 'refused')
  const blocks: Block[] = [
    {
      type: 'list',
      items: (['taken', 'there', 'refused'] as const).map((outcome) => [
        { text: say(outcome === 'taken' && isDry ? 'would-be-taken' : outcome, { count: count(outcome) }) },
      ]),
    },
  ]
  if (report.ignored.length > 0)
    blocks.push({ type: 'note', text: say('ignored', { columns: report.ignored.join('、') }) })
  if (refused.length > 0) {
    blocks.push({
      type: 'table',
      header: [say('line'), say('cell'), say('subject'), say('reason')],
      rows: refused
        .slice(0, mostRefusals)
        .map(({ line, cell, subject, reason }) => [
          ...[String(line), cell, subject],
          reason ? explainError(reason, language) : '',
        ]),
    })
  }
  if (report.isCut) blocks.push({ type: 'note', text: say('cut', { count: report.rows.length }) })
  return cardOf(...blocks)
}

function cardOf(...blocks: Block[]): Card {
  return { tone: 'info', blocks }
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'object' ? ('day' in cell ? cell.day : cell.minute) : String(cell)
}
