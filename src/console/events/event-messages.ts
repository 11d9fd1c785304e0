import { html } from 'hono/html'
import { sentMessages } from '../../features/events/announcing/sent-messages.ts'
import { momentText } from '../../features/events/lists/event-texts.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { table } from '../frame.ts'
import { pressButton } from '../press-panel.ts'
import type { Visit } from '../visit.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { eventSay } from './event-say.ts'

const mostShown = 50

/** What the organisers wrote to those of an event, the last first, what became of it, and the way to write more. */
export async function messagesBody(visit: Visit, db: Reads, { event, may }: OpenedEvent): Promise<Html> {
  const say = eventSay(visit)
  const { language, now } = visit
  const { row } = event
  const sent = await sentMessages(db, event, mostShown)
  const keys = ['at', 'audience', 'text', 'people', 'unreached', 'delivered'] as const
  const rows = sent.map(({ at, group, text, people, unreached, deliveries }) => [
    momentText(at, row, language, now),
    translate(language, `announcing:write.to.${group}`),
    html`<span class="kept-lines">${text}</span>`,
    String(people),
    String(unreached),
    deliveries ? String(deliveries.sent) : '—',
  ])
  const button = { label: say('message.write'), action: 'events.write', value: { event: row.id } }
  const write = pressButton(visit, eventAddress(row), { ...button, style: 'primary' })
  return html`<section class="panel lines"><div class="panel-head"><h2>${say('tab.messages')}</h2></div>
${may('event.manage') && row.state !== 'draft' ? html`<div class="actions">${write}</div>` : ''}
${
  rows.length === 0
    ? html`<p class="empty">${say('message.none')}</p>`
    : table(
        say('tab.messages'),
        keys.map((key) => say(`message.${key}`)),
        rows,
      )
}</section>`
}
