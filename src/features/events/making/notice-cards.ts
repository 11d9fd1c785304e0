import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, whenOf, whereOf } from '../lists/event-texts.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { languageOfRegistrant } from '../registering/registrant.ts'
import { type Difference, differenceLines, type Notice } from './notice.ts'

/** What somebody who is registered reads of a change, and what they are asked; in the language in which they registered. */
export function noticeCard(
  event: Event,
  notice: Notice,
  registration: Pick<RegistrationRow, 'event' | 'state' | 'arrangement' | 'language'>,
  now: Date,
): Card {
  const language = languageOfRegistrant(registration)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `making:notice.${key}`, values)
  const title = eventHeadline(event.row)
  if (notice.type === 'called-off') {
    const blocks: Block[] = [
      { type: 'text', runs: [{ text: say('called-off'), strong: true }] },
      { type: 'text', runs: plain(say('reason', { reason: notice.reason })) },
      ...(notice.dates > 1
        ? [{ type: 'text' as const, runs: plain(say('called-off-dates', { dates: notice.dates })) }]
        : []),
      { type: 'note', text: whenOf(event.row, language, now) },
    ]
    return { tone: 'refusal', title, blocks }
  }
  const { differences, again, dates } = notice
  // Who has agreed to it meanwhile, by a list or by accepting a seat, has nothing to confirm.
  const isBehind = registration.arrangement < event.row.arrangement
  const asks = again && isBehind && registration.state === 'confirmed'
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: say('changed'), strong: true }] },
    { type: 'list', items: differenceLines(differences, language, now).map(plain) },
    ...(dates > 1 ? [{ type: 'text' as const, runs: plain(say('dates', { dates })) }] : []),
  ]
  const stays = stayingText(event, differences, language, now)
  if (stays !== '') blocks.push({ type: 'note', text: stays })
  if (asks) {
    const value = { event: registration.event }
    const button = (key: string, action: string) => ({ label: say(key), action: `events.${action}`, value })
    blocks.push(
      { type: 'text', runs: plain(say('again')) },
      {
        type: 'buttons',
        buttons: [{ ...button('come', 'confirm-again'), style: 'primary' }, button('not-come', 'cancel')],
      },
    )
  }
  return { tone: 'info', title, blocks }
}

/** When and where it is, as far as the change does not say it. */
function stayingText(
  { row }: Event,
  differences: readonly Difference[],
  language: Language,
  now: Date,
): string {
  const isSaid = (what: Difference['what']) => differences.some((one) => one.what === what)
  return [
    ...(isSaid('when') ? [] : [whenOf(row, language, now)]),
    ...(isSaid('where') ? [] : [whereOf(row, language)]),
  ].join(' · ')
}

/** How many got it, for whoever changed the event. */
export function toldCard(
  event: Event,
  { told, unreached }: { told: number; unreached: number },
  language: Language,
): Card {
  const key = event.row.state === 'cancelled' ? 'making:told.called-off' : 'making:told.text'
  const text = translate(language, key, { told })
  const note = translate(language, 'making:told.unreached', { unreached })
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(unreached > 0 ? [{ type: 'note' as const, text: note }] : []),
    ],
  }
}
