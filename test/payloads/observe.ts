import type { Interaction } from '../../src/chat/incoming.ts'
import type { KeptIntake } from '../platforms/platform-scene.ts'
import type { Body } from './read-payloads.ts'

/** What came of a payload beside what the intake got of it. */
export interface Seen {
  told: string[]
  shown: string[]
  answer: string[]
  refused: Record<string, number>
  logged: string[]
}

/** All that came of a payload, as the files write it: what is empty is left out. */
export function outcomeOf(intake: KeptIntake, seen: Seen): Body {
  const all: Body = {
    taken: intake.messages.map((message) => ({
      ...placeOf(message),
      text: message.text,
      ...(message.files ? { files: message.files.map(({ name, type }) => `${name} ${type}`) } : {}),
    })),
    clicked: intake.interactions.map((one) =>
      one.type === 'action'
        ? {
            ...placeOf(one),
            ...{ action: one.action, value: one.value },
            ...(one.message ? { message: one.message } : {}),
          }
        : { ...placeOf(one), draft: one.draft, page: one.page, step: one.step, values: one.values },
    ),
    withdrawn: intake.withdrawn,
    ...seen,
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => Object.keys(value as object).length > 0),
  )
}

function placeOf({
  id,
  account,
  conversation,
  group,
}: Pick<Interaction, 'id' | 'account' | 'conversation' | 'group'>) {
  const { chat, thread } = conversation
  return { id, user: account.user, chat, thread, ...(group ? { group } : {}) }
}

/** How often each reason was counted since `before`. */
export function countedSince(before: Record<string, number>, now: Record<string, number>) {
  const counts = Object.entries(now).map(([reason, count]) => [reason, count - (before[reason] ?? 0)])
  return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Record<string, number>
}
