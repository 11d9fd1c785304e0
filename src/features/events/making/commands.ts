import type { Card } from '../../../chat/card.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { askerOf, findVisible } from '../lists/visible.ts'
import type { Event } from '../records.ts'
import { needsOrganiser } from '../registering/organisers.ts'
import { usualOrganisation } from './actions.ts'
import { deedCard, kindCard, kindsCard, ownEventsCard } from './own-cards.ts'
import { manageCard } from './preview.ts'

/** Deeds named together with an event: 复制活动 HD-2026-0003. */
const deeds = [
  ['change', '(?:修改|更改|编辑)活动', '(?:change|edit) event'],
  ['copy', '复制活动', 'copy event'],
  ['call-off', '(?:取消|撤销)活动', '(?:cancel|call off) event'],
  ['manage', '(?:管理|发布|预览)活动', '(?:manage|publish|preview) event'],
] as const

/** What organisers type. */
export function makingCommands(context: EventsContext): Command[] {
  const { kinds } = context
  const alone = (turn: Turn, make: (trx: Trx, now: Date) => Promise<Card>) => answerAlone(turn, context, make)
  const whoMakes = async ({ message }: Turn, trx: Trx, now: Date) =>
    usualOrganisation(trx, message.account, now)

  const named: Command[] = deeds.map(([deed, zh, en]) => {
    const pattern = new RegExp(`^(?:${zh}|${en})\\s*(?:[:：]\\s*)?${numberPattern}$`)
    return {
      words: { 'zh-CN': [], en: [] },
      pattern,
      run: (turn) =>
        alone(turn, async (trx, now) => {
          const event = await namedEvent(trx, turn, now)
          const shown = { language: turn.language, now }
          return deed === 'manage' ? manageCard(trx, context, event, shown) : deedCard(event, deed, shown)
        }),
    }
  })

  // The kinds are those of the files, so the words are put together once they are read.
  const words = kinds
    .all()
    .flatMap((kind) => kind.words.map((word) => ({ kind, word: bare(word) })))
    .filter(({ word }) => word !== '')
  const either = words.map(({ word }) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const ofKind = new RegExp(
    `^(?:(?:我?(?:要|想|们要)?(?:办|举办|发起|新建|组织|开)(?:一?[场个次期])?)|(?:new|organi[sz]e|make)(?: an?)? )(${either})$`,
  )
  return [
    {
      words: {
        'zh-CN': ['办活动', '发起活动', '新建活动', '举办活动', '组织活动', '我要办活动', '办一场活动'],
        en: ['new event', 'make an event', 'organise an event', 'organize an event'],
      },
      run: (turn) =>
        alone(turn, async (trx, now) => {
          await whoMakes(turn, trx, now)
          return kindsCard(kinds, turn.language)
        }),
    },
    ...(words.length === 0
      ? []
      : [
          {
            words: { 'zh-CN': [], en: [] },
            pattern: ofKind,
            run: (turn: Turn) =>
              alone(turn, async (trx, now) => {
                await whoMakes(turn, trx, now)
                const said = ofKind.exec(bare(turn.message.text))?.[1]
                const kind = words.find(({ word }) => word === said)?.kind
                return kind ? kindCard(kind, turn.language) : kindsCard(kinds, turn.language)
              }),
          },
        ]),
    {
      words: {
        'zh-CN': ['我办的活动', '我发起的活动', '活动草稿'],
        en: ['my own events', 'events i organise', 'events i organize'],
      },
      run: (turn) =>
        alone(turn, async (trx, now) => {
          const person = await findPersonByAccount(trx, turn.message.account)
          if (!person) throw new PlainError('making:refused.sign-in')
          return ownEventsCard(trx, person.id, { language: turn.language, now })
        }),
    },
    ...named,
  ]
}

/** The event that was named, for whoever may manage it; who may not see it is told as if there were none. */
async function namedEvent(trx: Trx, { message }: Turn, now: Date): Promise<Event> {
  const wanted = eventNumberIn(message.text) ?? ''
  const event = await findVisible(trx, await askerOf(trx, message.account), wanted, dayInChina(now))
  if (!event) throw new PlainError('making:refused.no-number', { number: wanted })
  await needsOrganiser(trx, message.account, event, now)
  return event
}

/** As words are compared with commands: half width, lower case, without signs at the ends. */
function bare(text: string): string {
  const [, core = ''] = /^[^\p{L}\p{N}]*(.*[\p{L}\p{N}])?/su.exec(text.normalize('NFKC').toLowerCase()) ?? []
  return core
}
