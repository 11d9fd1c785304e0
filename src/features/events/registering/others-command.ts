import { randomUUID } from 'node:crypto'
import { plain } from '../../../chat/card.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { createLookup } from '../../../forms/lookup-people.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { mayRegisterOthers } from './may-register-others.ts'
import { eventToRegister } from './open-register.ts'
import { receivedCard, sentenceCard } from './receipt-card.ts'
import { mostInTeam, registerTeam } from './team.ts'
import { openOthersCard } from './team-card.ts'

const words = {
  'zh-CN': ['代报名', '帮报名', '代为报名', '团队报名', '集体报名'],
  en: ['register others', 'register team'],
}

/** 「代报名 HD-2026-0003 张三、李四」; without names, or where the event asks something, with the form. */
export function othersCommand(context: EventsContext): Command {
  const all = Object.values(words).flat().join('|')
  return {
    words: { 'zh-CN': [], en: [] },
    pattern: new RegExp(`^(?:${all})[\\s:：,，]*${numberPattern}(?!\\d)`),
    run: (turn) => registerOthers(turn, context),
  }
}

async function registerOthers(turn: Turn, context: EventsContext): Promise<void> {
  const { message, language } = turn
  const text = message.text.normalize('NFKC')
  const number = eventNumberIn(text) ?? ''
  const names = namesAfterNumber(text)
  await turn.commit(async (trx, say) => {
    const now = await context.store.now(trx)
    const { event, registering } = await eventToRegister(trx, number, { language, now })
    const person = (await findPersonByAccount(trx, message.account))?.id ?? null
    await mayRegisterOthers(trx, person, registering, now)
    if (names.length > mostInTeam) throw new PlainError('registration:others.too-many', { most: mostInTeam })
    const asks = registering.questions.some(({ required }) => required)
    if (person === null || names.length === 0 || asks) {
      return void (await sayAlone(turn, say, openOthersCard(event, names, turn.language)))
    }
    const lookup = createLookup(trx, person, dayInChina(now))
    const found: string[] = []
    const problems: string[] = []
    for (const name of names) {
      const one = await lookup.person(name, true)
      if ('id' in one) found.push(one.id)
      else problems.push(translate(language, one.key, one.values))
    }
    if (problems.length > 0) {
      const items = problems.map((problem) => plain(problem))
      const card = sentenceCard(language, 'registration:others.unknown', {}, 'refusal')
      const title = eventHeadline(event.row)
      return void (await sayAlone(turn, say, {
        ...card,
        title,
        blocks: [...card.blocks, { type: 'list', items }],
      }))
    }
    const reply = await sayAlone(turn, say, receivedCard(eventHeadline(event.row), language))
    await registerTeam(trx, context, {
      ...{ team: randomUUID(), event: registering, people: [...new Set(found)], names: [], answers: {} },
      ...{ allOrNone: false, by: { account: message.account, person }, language, reply, now },
    })
  })
}

/** What stands behind the number, cut where lists of names are. */
function namesAfterNumber(text: string): string[] {
  const [, after = ''] = new RegExp(`${numberPattern}(?!\\d)[\\s:：,，]*([\\s\\S]*)$`, 'i').exec(text) ?? []
  return after
    .split(/[、,，;；\s]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
