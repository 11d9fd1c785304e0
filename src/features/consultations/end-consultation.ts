import { randomUUID } from 'node:crypto'
import { enqueue } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { eraseMatters } from '../../seal/matters.ts'
import type { Trx } from '../../store/store.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { forgetTimer } from './answers.ts'
import { standingButton, textCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { closeConsultation, endTimer } from './life.ts'
import { readConsultations } from './records.ts'
import { showResults, standingOf } from './show-consultation.ts'

/** The end of a consultation, and what is forgotten of those who answered without a name. */
export function consultationTimers(context: ConsultationsContext): Record<string, TimerHandler> {
  return {
    async [endTimer](trx, { consultation: id = '' }, now) {
      const [consultation] = await readConsultations(trx, [id])
      if (consultation?.row.state !== 'open') return
      await closeConsultation(trx, context, consultation, { by: null, now })
      await tellEnd(trx, context, id, now)
      context.wakeWorkers()
    },
    async [forgetTimer](trx, { matter = '' }) {
      await eraseMatters(trx, context.sealer, [matter])
    },
  }
}

/** Whoever made it and whoever decides get the figures; what was said in words is a press away, and lies nowhere else. */
export async function tellEnd(trx: Trx, context: ConsultationsContext, id: string, now: Date): Promise<void> {
  const [consultation] = await readConsultations(trx, [id])
  if (!consultation) return
  const { row } = consultation
  const { results, answered, missing } = await standingOf(trx, context, consultation)
  for (const person of new Set([row.decider, row.made_by])) {
    const to = await addressOf(trx, person)
    if (!to) continue
    const found = await trx
      .selectFrom('person')
      .select('language')
      .where('id', '=', person)
      .executeTakeFirst()
    const language = found?.language === 'en' ? 'en' : 'zh-CN'
    const values = { number: row.number, title: row.title, answered, missing }
    const card =
      results === 'shown'
        ? await showResults(trx, context, consultation, { language })
        : textCard(translate(language, 'consultations:ended', values), [
            standingButton(consultation, language),
          ])
    await enqueue(trx, { id: `consultation ended ${randomUUID()}`, to, card, lane: 'reminder', now })
  }
}
