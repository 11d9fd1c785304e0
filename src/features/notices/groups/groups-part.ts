import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Feature } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { type Chat, chatKey, organisationOfChat } from '../../../people/chats.ts'
import type { Trx } from '../../../store/store.ts'
import { dayIn, minuteInChina, weekdayOf } from '../../../timers/calendar/day.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { mayMake, personOf } from '../access.ts'
import type { NoticesContext } from '../context.ts'
import { firstWorkingDay, type Rhythm } from '../news/news-timer.ts'
import { textCard } from '../notice-cards.ts'
import { groupDigestCard } from './group-card.ts'
import { periodsAt, readDone, readGroupFigures } from './group-figures.ts'
import { chartTimer, setChart, showingChart } from './post-chart.ts'

const timerKind = 'notices.group-digest'

const timerOf = (key: string, rhythm: Rhythm) => `${timerKind}:${rhythm} ${key}`

/** Digests of groups, each week or month, switched on and off in the group itself. */
export function groupsPart(context: NoticesContext): Pick<Feature, 'commands' | 'timers'> {
  const switching =
    (rhythm: Rhythm, on: boolean): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) => {
        const { language, message } = turn
        const person = await personOf(trx, message.account)
        const organisation = message.group ? await organisationOfChat(trx, message.conversation) : null
        if (organisation === null) throw new PlainError('notices:digest.in-group')
        if (!(await mayMake(trx, person, { organisation }, now))) throw new PlainError('notices:not-for-you')
        const at = await switchDigest(trx, message.conversation, { organisation, rhythm, on }, now)
        const key = `notices:digest.${at ? 'on' : 'off'}`
        return textCard(translate(language, key, at ? { at: minuteInChina(at) } : {}))
      })
  const command = (rhythm: Rhythm, on: boolean, zh: string[], en: string[]): Command => ({
    words: { 'zh-CN': zh, en },
    run: switching(rhythm, on),
  })
  return {
    commands: [
      command('week', true, ['开启周报', '打开周报', '发周报'], ['weekly digest on']),
      command('week', false, ['关闭周报', '停发周报', '不发周报'], ['weekly digest off']),
      command('month', true, ['开启月报', '打开月报', '发月报'], ['monthly digest on']),
      command('month', false, ['关闭月报', '停发月报', '不发月报'], ['monthly digest off']),
    ],
    timers: { [timerKind]: posting(context), [chartTimer]: showingChart(context) },
  }
}

interface Switch {
  organisation: string
  rhythm: Rhythm
  on: boolean
}

/** Gives when the next is posted; null: none is. */
async function switchDigest(
  trx: Trx,
  chat: Chat,
  { organisation, rhythm, on }: Switch,
  now: Date,
): Promise<Date | null> {
  const key = chatKey(chat)
  const flag = on ? (1 as const) : (0 as const)
  const changed = rhythm === 'week' ? { weekly: flag } : { monthly: flag }
  await trx
    .insertInto('group_digest')
    .values({ ...{ chat: key, organisation, weekly: 0, monthly: 0 }, ...changed })
    .onConflict((conflict) => conflict.column('chat').doUpdateSet({ organisation, ...changed }))
    .execute()
  if (!on) {
    await cancelTimer(trx, timerOf(key, rhythm))
    return null
  }
  return setNext(trx, { key, organisation, rhythm }, now)
}

async function setNext(
  trx: Trx,
  { key, organisation, rhythm }: { key: string; organisation: string; rhythm: Rhythm },
  now: Date,
): Promise<Date> {
  const at = await firstWorkingDay(trx, organisation, rhythm, now)
  await setTimer(trx, {
    ...{ id: timerOf(key, rhythm), kind: timerKind, payload: { chat: key, rhythm }, at, now },
  })
  return at
}

function posting({ wakeWorkers }: NoticesContext): TimerHandler {
  return async (trx, { chat: key = '', rhythm: given = '' }, now) => {
    const rhythm = given === 'month' ? 'month' : 'week'
    const row = await trx.selectFrom('group_digest').selectAll().where('chat', '=', key).executeTakeFirst()
    const [platform, installation, chat] = JSON.parse(key) as [string, string, string]
    const organisation = await organisationOfChat(trx, { platform, installation, chat })
    const isOn = row && (rhythm === 'week' ? row.weekly : row.monthly) === 1
    // A group that is bound to another organisation now gets nothing of either until somebody switches it on again.
    if (!isOn || organisation !== row.organisation) return
    await setNext(trx, { key, organisation, rhythm }, now)
    const today = dayIn(defaultZone, now)
    const [from, until, next] = periodsAt(today, rhythm, weekdayOf(today))
    const figures = await readGroupFigures(trx, organisation, { from, until, next })
    const unit = await trx
      .selectFrom('organisation')
      .select('name')
      .where('id', '=', organisation)
      .executeTakeFirst()
    const [earlier] = periodsAt(from, rhythm, weekdayOf(from))
    const before = await readDone(trx, organisation, { from: earlier, until: from })
    const compared = { organisation: unit?.name ?? '', figures, before, rhythm } as const
    const card = groupDigestCard(compared, 'zh-CN')
    const conversation = { platform, installation, chat, thread: '' }
    const to = { type: 'conversation' as const, conversation }
    const id = `group digest ${key} ${rhythm} ${until}`
    await enqueue(trx, { id, to, card, lane: 'broadcast', now })
    await setChart(trx, id, compared, now)
    wakeWorkers()
  }
}
