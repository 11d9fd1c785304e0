import type { Writer } from '../circulation/port.ts'
import { readResults } from './answers.ts'
import { consultationCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { adoptedIn, feedbackMark, originOf, readConsultations } from './records.ts'
import { feedbackCard } from './result-cards.ts'
import { tally } from './tally.ts'

/** Writes the cards of consultations, and of what came of them, for the circulation that sends them. */
export function createConsultationWriter(
  context: Pick<ConsultationsContext, 'circulation' | 'sealer'>,
): Writer {
  return {
    async prepare(trx, id) {
      const isFeedback = id.endsWith(feedbackMark)
      const [consultation] = await readConsultations(trx, [id.replace(feedbackMark, '')])
      if (!consultation) return null
      const { row, questions } = consultation
      if (!isFeedback) {
        if (row.state === 'draft' || row.state === 'dropped') return null
        const { all } = await context.circulation.figures(trx, originOf(row.id))
        const soFar = { answered: all.answered, missing: all.sent + all.waiting }
        return (reader) => consultationCard(consultation, reader, soFar)
      }
      if (row.state !== 'decided') return null
      const results = await readResults(trx, context, consultation)
      const ids = new Set(adoptedIn(row))
      const adopted = (results?.remarks ?? []).filter((remark) => ids.has(remark.id))
      const texts = adopted.map(({ text }) => text)
      const figures = results && tally(questions, results.said)
      const owned = Map.groupBy(adopted, ({ by }) => by?.person ?? null)
      return ({ person, language }) => {
        const own = row.naming === 'unsigned' || person === null ? null : (owned.get(person)?.length ?? 0)
        return feedbackCard(consultation, { tally: figures, adopted: texts, own }, language)
      }
    },
  }
}
