import type { Card } from '../../../chat/card.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { RemindersContext } from '../context.ts'
import { draftOfRequest } from './draft-of-request.ts'
import type { DutyFiles } from './duty-files.ts'
import { problemOfRule } from './enter-checks.ts'
import type { Answer } from './making-commands.ts'
import { type ReminderRequest, readRequest, type UnreadableRequest } from './read-request.ts'
import { readWithModel } from './read-with-model.ts'
import { newButton, sayingCard } from './reminder-cards.ts'
import { zoneOfMaker } from './zone-of-maker.ts'

/** 「每月最后一个工作日上午九点提醒一分厂群交联络记录」: kept as a draft and shown back. */
export function sentenceCommand(
  context: RemindersContext,
  files: Pick<DutyFiles, 'presets'>,
  answer: Answer,
): Command {
  /** Outside of any transaction: a model takes its time. */
  async function withModel(
    read: ReminderRequest | UnreadableRequest,
    zone: string,
    { message, signal }: Turn,
  ) {
    if (!context.model) return read
    const asked = { model: context.model, now: message.at, zone, signal }
    return readWithModel(message.text, read, asked)
  }

  async function zoneOfSpeaker({ message }: Turn): Promise<string> {
    const person = await findPersonByAccount(context.store.db, message.account)
    return person ? zoneOfMaker(context.store.db, person.id, dayIn(defaultZone, message.at)) : defaultZone
  }

  async function bySentence(turn: Turn): Promise<void> {
    const { message, language } = turn
    const zone = await zoneOfSpeaker(turn)
    const byRules = readRequest(message.text, message.at, zone)
    const request = byRules && (await withModel(byRules, zone, turn))
    return answer(turn, async (trx, maker) => {
      if (!request || 'problem' in request) {
        return offerForm(turn, request && { key: request.problem, values: request.values }, '')
      }
      const wrong = await problemOfRule(trx, request.rule, { zone: request.zone, now: maker.now })
      if (wrong) return offerForm(turn, wrong, request.what)
      const at = message.group ? message.conversation : null
      const card = await draftOfRequest(trx, request, maker, { at, files, language })
      context.wakeWorkers()
      return card
    })
  }

  return {
    words: { 'zh-CN': [], en: [] },
    pattern: /提醒|闹钟|叫我|叫大家|通知大家|remind/,
    fits: async ({ message }) => {
      const request = readRequest(message.text, message.at, defaultZone)
      if (request === null) return false
      // 叫我 and 通知大家 are said of much else.
      return 'rule' in request || /提醒|remind/i.test(message.text)
    },
    run: bySentence,
  }
}

/** Nothing that was said is lost: the form opens with it. */
function offerForm({ language, message }: Turn, problem: Problem | null, what: string): Card {
  const title = Array.from(what === '' ? message.text.trim() : what)
    .slice(0, 60)
    .join('')
  const said = problem ?? { key: 'reminders:unread', values: {} }
  return sayingCard(
    translate(language, said.key, said.values),
    [newButton(language, { title })],
    [translate(language, 'reminders:list.how')],
  )
}
