import { type Block, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Command } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { houseOfPerson } from '../../people/reach.ts'
import { textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'

/** So many of the latest fit a card. */
const mostShown = 8

/** The words by which people read what was approved for everybody, for each kind that has any. */
export function bulletinCommands(context: SubmissionsContext): Command[] {
  return context.kinds.all().flatMap((kind) => {
    if (!kind.bulletin) return []
    return {
      words: { 'zh-CN': [...kind.bulletin['zh-CN']], en: [...kind.bulletin.en] },
      run: (turn) =>
        turn.commit(async (trx, say) => {
          const { message, language } = turn
          const person = (await findPersonByAccount(trx, message.account))?.id ?? null
          const today = dayInChina(await context.store.now(trx))
          await say(await bulletinCard(trx, kind, { person, today }, language))
        }),
    }
  })
}

/**
 * The approved texts alone: neither number nor day nor organisation, by which colleagues would guess whose it was. For
 * whoever belongs to the same house.
 */
async function bulletinCard(
  db: Reads,
  { kind, title }: Kind,
  { person, today }: { person: string | null; today: string },
  language: Language,
): Promise<Card> {
  if (person === null) return textCard(translate(language, 'seal:bulletin.sign-in'))
  const places = await houseOfPerson(db, person, today)
  const rows =
    places.length === 0
      ? []
      : await db
          .selectFrom('submission')
          .select('published')
          .where('kind', '=', kind)
          .where('published', 'is not', null)
          .where('organisation', 'in', places)
          .orderBy('submitted_at', 'desc')
          .limit(mostShown)
          .execute()
  if (rows.length === 0) return textCard(translate(language, 'seal:bulletin.none'))
  const blocks = rows.flatMap(({ published }, at): Block[] => [
    ...(at === 0 ? [] : [{ type: 'divider' as const }]),
    { type: 'text', runs: plain(published ?? '') },
  ])
  return {
    tone: 'info',
    title: translate(language, 'seal:bulletin.title', { what: title[language] }),
    blocks,
  }
}
