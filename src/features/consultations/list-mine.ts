import type { Mine, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { ConsultationsContext } from './context.ts'
import { readConsultations } from './records.ts'
import { askedAbout } from './show-consultation.ts'

const mostItems = 5

/** Consultations that wait for somebody's answer, and those that wait for their decision. */
export async function waitingConsultations(
  { circulation }: Pick<ConsultationsContext, 'circulation'>,
  { db, person, language }: Whose,
): Promise<Mine[]> {
  if (person === null) return []
  const asked = (await askedAbout(db, { circulation }, person)).flatMap(({ consultation, hasAnswered }) =>
    consultation.row.state === 'open' && !hasAnswered ? [consultation] : [],
  )
  const closed = await db
    .selectFrom('consultation')
    .select('id')
    .where('decider', '=', person)
    .where('state', '=', 'closed')
    .orderBy('closed_at')
    .execute()
  const undecided = await readConsultations(
    db,
    closed.map(({ id }) => id),
  )
  const say = (key: 'title' | 'more' | 'decide-title' | 'decide-more' | 'decide-state') =>
    translate(language, `consultations:mine.${key}`)
  const label = translate(language, 'consultations:list.show')
  const lists: Mine[] = [
    {
      ...{ kind: 'to-do', title: say('title'), more: say('more'), count: asked.length },
      items: asked.slice(0, mostItems).map(({ row }) => ({
        title: `${row.number} ${row.title}`,
        state: translate(language, 'consultations:mine.until', { at: minuteInChina(new Date(row.until)) }),
        buttons: [{ label, action: 'consultations.open', value: { consultation: row.id }, opens: 'beside' }],
      })),
    },
    {
      ...{ kind: 'to-do', title: say('decide-title'), more: say('decide-more'), count: undecided.length },
      items: undecided.slice(0, mostItems).map(({ row }) => ({
        title: `${row.number} ${row.title}`,
        state: say('decide-state'),
        buttons: [{ label, action: 'consultations.show', value: { consultation: row.id }, opens: 'beside' }],
      })),
    },
  ]
  return lists.filter(({ count }) => count > 0)
}
