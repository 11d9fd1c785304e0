import { knownMessages } from '../../../delivery/message-ends.ts'
import { enqueueEdit } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { nameOf } from './names.ts'
import type { Doing } from './note-history.ts'
import type { Plan } from './records.ts'
import { askedMessage, mostRounds } from './tell.ts'
import { type Outcome, settledCard } from './told-cards.ts'

/**
 * Whoever was asked to decide on a plan sees on that very card what became of it, without the button: others decided, or it
 * was taken back. Of the last time that it was submitted; the cards of those before say so already.
 */
export async function closeAsked(trx: Trx, plan: Plan, outcome: Outcome, { by, now }: Doing): Promise<void> {
  const { id, organisation } = plan.row
  const submitted = await trx
    .selectFrom('plan_history')
    .select('version')
    .where('plan', '=', id)
    .where('what', '=', 'submitted')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!submitted) return
  const places = [organisation, ...(await ancestorsOf(trx, organisation)).map((one) => one.id)]
  const asked = await trx
    .selectFrom('membership')
    .select('person')
    .distinct()
    .where('organisation', 'in', places)
    // Who has left since was told as well.
    .where('role', 'in', ['leader', 'cadre', 'admin'])
    .execute()
  const readers = new Map<string, string>()
  for (const { person } of asked) {
    for (let round = 1; round <= mostRounds; round += 1) {
      readers.set(askedMessage(id, `${submitted.version}/${round}`, person), person)
    }
  }
  const name = by === null ? '' : ((await readPerson(trx, by))?.name ?? '')
  const about = { plan, organisation: await nameOf(trx, organisation), today: dayInChina(now) }
  for (const of of await knownMessages(trx, [...readers.keys()])) {
    const language = (await readPerson(trx, readers.get(of)!))?.language ?? 'zh-CN'
    await enqueueEdit(trx, { of, card: settledCard(about, { outcome, name, now }, language), now })
  }
}
