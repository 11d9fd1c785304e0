import type { Language } from '../../../chat/language.ts'
import type { OpenedForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { mayDo } from './access.ts'
import type { PlansContext } from './context.ts'
import { lastQuarter } from './days.ts'
import type { QuarterReview } from './keep-plan.ts'
import { readPlan, reviewsOf } from './records.ts'

/** Characters of a draft: what the fields take, and no more than every messenger shows in one. */
const longestSummary = 2900
const longestReview = 1900
/** The first line of a quarter's draft, by which it is told whose figures it has. */
const ofQuarter = /^【(\d{4}) Q([1-4])】/

/** The year's summary as it was filed, or else drafted from the records. */
export async function summaryDraft(
  { summaries }: Pick<PlansContext, 'summaries'>,
  { db, now, language, person, context: { plan } }: OpenedForm,
): Promise<Record<string, string>> {
  const row = await planKeptBy(db, person, plan, now)
  if (!row) return {}
  if (row.summary !== '') return { summary: row.summary }
  const of = { organisation: row.organisation, year: row.year, quarter: null }
  const { done } = await summaries.draft(db, of, { now, language, most: longestSummary })
  return { summary: done }
}

/** The review of the last quarter that is over: as it was filed, or else drafted from the records. */
export async function reviewDraft(
  { summaries }: Pick<PlansContext, 'summaries'>,
  { db, now, language, person, context: { plan } }: OpenedForm,
): Promise<Record<string, string>> {
  const row = await planKeptBy(db, person, plan, now)
  if (!row) return {}
  const quarter = lastQuarter(row.year, dayInChina(now))
  if (quarter === null) return {}
  const filed = (await reviewsOf(db, row.id)).find((review) => review.quarter === quarter)
  const chosen = { quarter: String(quarter) }
  if (filed) return { ...chosen, done: filed.done, problems: filed.problems, next: filed.next }
  const of = { organisation: row.organisation, year: row.year, quarter }
  const { done, next } = await summaries.draft(db, of, { now, language, most: longestReview })
  return { ...chosen, done: done === '' ? '' : `【${row.year} Q${quarter}】\n${done}`, next }
}

/** The plan, for those who keep it: a group's reminder opens the form for everybody there. */
async function planKeptBy(db: Reads, person: string | null, plan: string | undefined, now: Date) {
  if (plan === undefined || person === null) return null
  const { row } = await readPlan(db, plan)
  return (await mayDo(db, person, 'plan.edit', row.organisation, dayInChina(now))) ? row : null
}

/** Whether a text began as the draft of another quarter. */
export function isOfAnother(done: string, quarter: number): boolean {
  const named = ofQuarter.exec(done.trim())?.[2]
  return named !== undefined && Number(named) !== quarter
}

/** A review as one text, its parts under their headings. */
export function reviewText(
  { done, problems, next }: Omit<QuarterReview, 'quarter'>,
  language: Language,
): string {
  const part = (heading: string, text: string) => (text === '' ? [] : [translate(language, heading), text])
  return [
    done.replace(ofQuarter, '').trim(),
    ...part('planning:draft.problems', problems),
    ...part('planning:draft.next', next),
  ].join('\n')
}
