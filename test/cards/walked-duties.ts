import type { Language } from '../../src/chat/language.ts'
import {
  learningCard,
  meetingCard,
  meetingsCard,
  type ShownMeeting,
  textCard,
} from '../../src/features/planning/duties/duty-cards.ts'
import { yearlyForms } from '../../src/features/planning/duties/learning-forms.ts'
import { meetingForms } from '../../src/features/planning/duties/meeting-forms.ts'
import type { RemindersPort } from '../../src/features/reminders/port.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const nothing = async () => {}
const reminders: RemindersPort = { keep: nothing, end: nothing, done: nothing, acknowledged: nothing }

export const dutyForms = [...meetingForms({ reminders }), ...yearlyForms({ reminders })]

/** What is taken in fields that are read further than their type says. */
export const dutyAnswers = (form: string): Values => ({
  ...{
    day: form === 'planning.meeting' ? '2199-04-15' : '2026-03-01',
    held: '2026-03-01',
    due: '2199-12-30',
    hours: '12.25',
    year: '2026',
  },
  decisions: Array.from(
    { length: 12 },
    () => `${hardText(280).replaceAll(/[;；\n]/g, '，')}；王强；2199-12-31`,
  ).join('\n'),
  rules: Array.from({ length: 12 }, () => `${hardText(180).replaceAll(/[;；\n]/g, '，')}；待修订`).join('\n'),
})

function shown({ title, remark, background, name, many }: Sizes, state: 'planned' | 'held'): ShownMeeting {
  return {
    row: {
      ...{ id: 'm'.repeat(36), number: 'HB-2026-0001', organisation: 'o', leader: 'l', state },
      ...{ planned_on: '2026-04-15', held_on: state === 'held' ? '2026-04-15' : null, place: remark },
      ...{ agenda: Array.from({ length: many }, () => title).join('\n'), minutes: background },
      ...{ files: JSON.stringify([{ name: remark }]), dated_at: '', created_by: null },
      ...{ created_at: '', changed_at: '' },
    },
    ...{ unit: name, leader: name },
    decisions: Array.from({ length: many }, (_, position) => ({
      ...{ id: 'd'.repeat(36), meeting: 'm', position, text: title, owner: 'l', owner_name: name },
      ...{ due_on: '2026-04-30', dated_at: '', state: (['open', 'done', 'dropped'] as const)[position % 3]! },
      ...{ note: remark, changed_by: null, changed_at: '' },
    })),
  }
}

export const walkedDuties: Walked[] = [
  {
    makers: ['learningCard', 'meetingCard', 'meetingsCard', 'textCard'].map(
      (name) => `src/features/planning/duties/duty-cards.ts#${name}`,
    ),
    cards(language: Language, sizes: Sizes) {
      const { title, many } = sizes
      const meetings = Array.from({ length: many }, () => shown(sizes, 'held'))
      const plan = {
        ...{ id: 'p', organisation: 'o', year: 2026, person: 'l', hours: 20, told: '' },
        ...{ topics: Array.from({ length: many }, () => title).join('\n'), created_at: '', changed_at: '' },
      }
      const records = Array.from({ length: many }, () => ({ day: '2026-03-01', topic: title, hours: 0.25 }))
      const progress = { person: 'l', year: 2026, own: 4.5, events: 2 }
      return [
        ...(['planned', 'held'] as const).flatMap((state) =>
          [true, false].map((edits) => meetingCard(shown(sizes, state), { edits, person: 'l' }, language)),
        ),
        ...[0, 5].map((from) => meetingsCard(meetings, { from, mayArrange: true }, language)),
        learningCard({ ...progress, plan, rest: 13.5 }, records, language, title),
        learningCard({ ...progress, plan: { ...plan, hours: 2 }, rest: 0 }, [], language),
        learningCard({ ...progress, plan: null, rest: 0 }, records, language),
        textCard(title, [{ label: 'x', action: 'planning.meet', value: {} }]),
      ]
    },
  },
]
