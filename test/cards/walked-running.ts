import { targetCard } from '../../src/features/reminders/running/target-card.ts'
import type { Walked } from './walked-cards.ts'

/** What whoever keeps a reminder reads when one of its targets reaches nobody. */
export const walkedRunning: Walked[] = [
  {
    makers: ['src/features/reminders/running/target-card.ts#targetCard'],
    cards: (language, { title, name }) =>
      (['no-account', 'no-holder', 'gone'] as const).map((problem) =>
        targetCard(
          { title, number: 'TX-2026-0001', target: name, problem: `reminding:target.${problem}` },
          'https://bot.example/reminders/1',
          language,
        ),
      ),
  },
]
