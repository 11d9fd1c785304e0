import { type Block, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { Leave } from '../../timers/calendar/leave.ts'
import { showDay } from '../../timers/calendar/show-day.ts'
import { lengthInDays } from './read-request.ts'

/** Buttons of one card, as far as platforms go. */
export const mostShown = 5

export function textCard(text: string, note?: string): Card {
  const blocks: Block[] = [{ type: 'text', runs: plain(text) }]
  if (note !== undefined) blocks.push({ type: 'note', text: note })
  return { tone: 'info', blocks }
}

/** The days of a leave in words: one day, or from one to another. */
export function daysOf(
  { first, last }: Pick<Leave, 'first' | 'last'>,
  language: Language,
  today: Day,
): string {
  if (first === last) return showDay(first, language, today)
  return translate(language, 'calendar:leave.span', {
    first: showDay(first, language, today),
    last: showDay(last, language, today),
  })
}

export interface AskedLeave {
  person: string
  first: Day
  last: Day
  /** How many of the days are working days. */
  working: { days: number; provisional: boolean }
}

/** What was understood, to be confirmed: nothing counts before. */
export function confirmCard(asked: AskedLeave, language: Language, today: Day): Card {
  const { person, first, last, working } = asked
  const text = translate(language, 'calendar:leave.confirm', {
    days: daysOf(asked, language, today),
    total: lengthInDays(asked),
    working: working.days,
  })
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(working.provisional
        ? [{ type: 'note' as const, text: translate(language, 'calendar:leave.provisional') }]
        : []),
      {
        type: 'buttons',
        buttons: [
          {
            label: translate(language, 'calendar:leave.confirm-button'),
            action: 'leave.confirm',
            value: { person, first, last },
            style: 'primary',
          },
        ],
      },
      { type: 'note', text: translate(language, 'calendar:leave.other-days') },
    ],
  }
}

/** Leave of today and to come, each with a button that ends it. */
export function ownLeaveCard(leave: readonly Leave[], language: Language, today: Day): Card {
  if (leave.length === 0) {
    return textCard(translate(language, 'calendar:leave.none'), translate(language, 'calendar:leave.how'))
  }
  return {
    tone: 'info',
    title: translate(language, 'calendar:leave.own'),
    blocks: [
      {
        type: 'list',
        items: leave.map((one) =>
          plain(`${daysOf(one, language, today)}${one.note ? ` · ${one.note}` : ''}`),
        ),
      },
      {
        type: 'buttons',
        buttons: leave.slice(0, mostShown).map((one) => ({
          label: translate(language, 'calendar:leave.end-button', {
            first: showDay(one.first, language, today),
          }),
          action: 'leave.end',
          value: { leave: one.id },
        })),
      },
    ],
  }
}
