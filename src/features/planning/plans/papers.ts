import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { type HandedFile, handOverStored } from '../../../delivery/handed-files.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import type { PlansContext } from './context.ts'
import type { PlanRow } from './records.ts'

export const paperType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A review or summary of a plan as a document; `quarter` 0: of the year. */
export interface PlanPaper {
  quarter: number
  blob: string
  name: string
}

/** Keeps what was filed as a document of the plan, in place of the one before. */
export async function filePaper(
  trx: Trx,
  { summaries, blobs }: Pick<PlansContext, 'summaries' | 'blobs'>,
  { row, quarter, text }: { row: PlanRow; quarter: number; text: string },
  { by, now, language }: { by: string; now: Date; language: Language },
): Promise<void> {
  const { organisation, year } = row
  const of = { organisation, year, quarter: quarter === 0 ? null : quarter, text }
  const { name, bytes } = await summaries.write(trx, of, { now, language })
  const blob = await blobs.put(bytes, trx)
  const kept = { blob, name, by, at: now.toISOString() }
  await trx
    .insertInto('plan_paper')
    .values({ plan: row.id, quarter, ...kept })
    .onConflict((conflict) => conflict.columns(['plan', 'quarter']).doUpdateSet(kept))
    .execute()
  await holdBlobs(trx, `plan paper ${row.id} ${quarter}`, [blob])
}

/** The documents of a plan, the first quarter first, the year's last. */
export async function papersOf(db: Reads, plan: string): Promise<PlanPaper[]> {
  const papers = await db
    .selectFrom('plan_paper')
    .select(['quarter', 'blob', 'name'])
    .where('plan', '=', plan)
    .orderBy('quarter')
    .execute()
  return [...papers.filter(({ quarter }) => quarter > 0), ...papers.filter(({ quarter }) => quarter === 0)]
}

/** The documents of a plan, put where whoever has the address reads them. */
export async function handPapers(
  trx: Trx,
  context: Pick<PlansContext, 'publicUrl'>,
  plan: string,
  now: Date,
): Promise<HandedFile[]> {
  const handed = []
  for (const { blob, name } of await papersOf(trx, plan)) {
    handed.push(await handOverStored(trx, context, { name, mediaType: paperType, blob }, now))
  }
  return handed
}

/** Documents of a plan, for whoever may see it. */
export function papersCard(number: string, papers: readonly HandedFile[], language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'planning:card.papers-title', { number }),
    blocks: papers.map((file) => ({ type: 'document', ...file })),
  }
}
