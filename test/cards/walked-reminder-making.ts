import type { Button } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import { openDutyFiles } from '../../src/features/reminders/making/duty-files.ts'
import { createEnterForm } from '../../src/features/reminders/making/enter-form.ts'
import { moveForm } from '../../src/features/reminders/making/move-form.ts'
import {
  draftCard,
  listCard,
  reminderCard,
  sayingCard,
  templatesCard,
  trialCard,
} from '../../src/features/reminders/making/reminder-cards.ts'
import type { ReminderView } from '../../src/features/reminders/making/reminder-view.ts'
import type { Reminder } from '../../src/features/reminders/records.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/reminders/making'
const files = openDutyFiles('knowledge')

export const reminderMakingForms = [createEnterForm(files), moveForm]

/** What is taken in fields that are read further than their type says. */
export const reminderMakingAnswers: Values = {
  ...{ timeZone: 'Asia/Urumqi', quiet: '22:00-07:00', nth: '-1', rrule: 'FREQ=DAILY', words: '每天上午九点' },
  ...{ day: '2027-03-01', targetDay: '2027-03-01', until: '2199-12-31', from: '2026-03-01' },
}

function reminderOf({ title, remark }: Sizes, more: Partial<Reminder['row']>): Reminder {
  const row = {
    ...{
      id: 'r'.repeat(36),
      number: 'TX-2026-0001',
      title,
      text: remark,
      texts: '{}',
      reason: '',
      origin: null,
    },
    ...{ means: 'done', state: 'active', ...more },
  } as Reminder['row']
  return { row } as Reminder
}

function viewOf(sizes: Sizes, more: Partial<Reminder['row']>, isKept: boolean): ReminderView {
  const names = Array.from({ length: sizes.many }, () => sizes.name)
  return {
    reminder: reminderOf(sizes, more),
    ...{ rule: sizes.title, next: ['2026-03-31（周二）09:00（暂定）'], isProvisional: true },
    ...{
      whom: sizes.remark,
      silence: sizes.remark,
      owner: sizes.name,
      madeFor: 'reminders:made-for.founding',
      problems: [sizes.title],
      isKept,
    },
    last: { at: '2026-03-02T01:00:00Z', outcome: 'sent', acknowledged: names, waiting: names },
  }
}

export const walkedReminderMaking: Walked[] = [
  {
    makers: [...['draftCard', 'listCard', 'reminderCard', 'sayingCard', 'templatesCard', 'trialCard']].map(
      (name) => `${folder}/reminder-cards.ts#${name}`,
    ),
    cards(language: Language, sizes: Sizes) {
      const choices = Array.from(
        { length: Math.min(8, sizes.many) },
        (_, at): Button => ({
          label: `${sizes.name}${at}`,
          action: 'reminders.choose',
          value: { reminder: 'r' },
        }),
      )
      const lines = [sizes.title, sizes.remark, sizes.remark]
      const listed = Array.from({ length: sizes.many }, (_, at) => ({
        ...{ id: String(at), number: `TX-2026-${at}`, title: sizes.title, next: '2026-03-31（周二）09:00' },
        state: (['active', 'paused', 'draft'] as const)[at % 3]!,
      }))
      const templates = files.templates.map((template) => ({ ...template, rule: sizes.title }))
      return [
        draftCard(
          reminderOf(sizes, { state: 'draft' }),
          lines,
          { problem: '', choices: [], isGuess: false },
          language,
        ),
        draftCard(reminderOf(sizes, {}), lines, { problem: sizes.title, choices, isGuess: true }, language),
        ...(['active', 'paused', 'ended'] as const).flatMap((state) =>
          [true, false].map((isKept) => reminderCard(viewOf(sizes, { state }, isKept), language, 'x')),
        ),
        reminderCard(viewOf(sizes, { origin: 'plan.item:1', means: 'form' }, true), language),
        reminderCard(
          { ...viewOf(sizes, {}, true), next: [], last: null, owner: null, madeFor: null },
          language,
        ),
        listCard({ all: listed, from: 0 }, language),
        listCard({ all: listed, from: 8 }, language),
        listCard({ all: [], from: 0 }, language),
        templatesCard({ templates, from: 0 }, [sizes.title], language),
        templatesCard({ templates: [], from: 0 }, [], language),
        trialCard(reminderOf(sizes, {}), sizes.title, language),
        sayingCard(sizes.title, choices, [sizes.remark]),
      ]
    },
  },
]
