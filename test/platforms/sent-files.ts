import type { Card } from '../../src/chat/card.ts'

/** A message that is a file, as features make it. */
export const fileCard: Card = {
  tone: 'info',
  blocks: [
    {
      type: 'file',
      name: 'HD-2026-0001.ics',
      mediaType: 'text/calendar',
      text: 'BEGIN:VCALENDAR\r\n讲座\r\nEND:VCALENDAR\r\n',
      url: 'https://bot.example/calendar/1.ics',
    },
  ],
}
