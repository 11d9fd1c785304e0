import type { Card } from '../../../chat/card.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import { awardsCard } from './award-list.ts'
import type { ListReader } from './list-reader.ts'
import { noticesCard } from './notice-list.ts'

/** 公示 and 表彰名单: what everybody of the house may read, by whoever is signed in. */
export function publicCommands(context: SubmissionsContext): Command[] {
  const command = (
    words: Command['words'],
    card: (db: Reads, reader: ListReader) => Promise<Card>,
    pattern?: RegExp,
  ): Command => ({
    words,
    ...(pattern ? { pattern } : {}),
    run: (turn: Turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const person = (await findPersonByAccount(trx, message.account))?.id ?? null
        const today = dayInChina(await context.store.now(trx))
        const reader = { person, today, language, text: message.text.normalize('NFKC') }
        await sayAlone(turn, say, await card(trx, reader))
      }),
  })
  return [
    command({ 'zh-CN': ['公示', '公示名单', '正在公示'], en: ['public notices'] }, (db, reader) =>
      noticesCard(db, context, reader),
    ),
    command(
      { 'zh-CN': ['表彰名单', '获奖名单'], en: ['awards', 'award list'] },
      (db, reader) => awardsCard(db, context, reader),
      /^(?:\d{4}\s*年?(?:表彰|获奖)名单|(?:表彰|获奖)名单\s*\d{4}\s*年?)$/,
    ),
  ]
}
