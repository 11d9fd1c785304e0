import type { Block } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Part } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { circulation, originsOf } from './showcase-groups.ts'

/**
 * Where it stands in groups, for whoever handles it: those that have it, that were not there, and a button to stop the rest.
 * @param today `YYYY-MM-DD` of China.
 */
export async function showcaseBlocks(
  db: Reads,
  { row, kind }: Submission,
  { as }: Pick<Part, 'as'>,
  today: string,
  language: Language,
): Promise<Block[]> {
  const isPosted = Object.values(kind.actions).some(({ does }) => does.includes('showcase'))
  if (!isPosted || !as.includes('handler')) return []
  const posted = await circulation.chats(db, originsOf(row.id))
  const lines = (['waiting', 'sent', 'gone', 'stopped'] as const).flatMap((state) => {
    const chats = posted.filter((one) => one.state === state)
    if (chats.length === 0) return []
    const units = new Set(chats.flatMap(({ organisation }) => organisation ?? []))
    const names = [...units].join(language === 'en' ? ', ' : '、')
    return [translate(language, standings[state], { count: chats.length, names })]
  })
  if (lines.length === 0) return []
  // What was put out on an earlier day has gone out long since.
  const isFresh = posted.some(
    ({ state, at }) => (state === 'waiting' || state === 'sent') && dayInChina(at) === today,
  )
  const stop = {
    label: translate(language, 'submissions:showcase.stop'),
    ...{ action: 'submissions.showcase-stop', value: { submission: row.id } },
  }
  return [
    { type: 'note', text: lines.join('\n') },
    ...(isFresh ? [{ type: 'buttons' as const, buttons: [stop] }] : []),
  ]
}

const standings = {
  waiting: 'submissions:showcase.standing-waiting',
  sent: 'submissions:showcase.standing-sent',
  gone: 'submissions:showcase.standing-gone',
  stopped: 'submissions:showcase.standing-stopped',
} as const
