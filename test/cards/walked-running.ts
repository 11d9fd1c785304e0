import { targetCard } from '../../src/features/reminders/running/target-card.ts'
import type { Walked } from './walked-cards.ts'

/** What whoever keeps a reminder reads when one of its targets reaches nobody. */
export const walkedRunning: Walked[] = [
  {
    makers: ['src/features/reminders/running/target-card.ts#targetCard'],
    cards: (language, { title, name, many }) =>
      (['no-account', 'no-holder', 'gone'] as const).flatMap((problem) =>
        [null, 'plan.item:1', 'liaison.duty:1'].map((origin, at) =>
          targetCard(
            {
              ...{ target: name, problem: `reminding:target.${problem}` as const, hasOthers: at > 0 },
              reminders: Array.from({ length: at === 0 ? 1 : Math.max(1, many) }, () => ({
                ...{ title, number: 'TX-2026-0001', origin },
              })),
            },
            'https://bot.example/reminders/1',
            language,
          ),
        ),
      ),
  },
]
