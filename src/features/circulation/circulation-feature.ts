import type { Feature } from '../../conversation/feature.ts'
import type { CirculationContext } from './context.ts'
import { looking } from './look-after.ts'
import { reminding, remindingSome } from './remind.ts'
import { renewChatsTimer, renewing, renewingChats, renewTimer } from './renew.ts'
import { gathering, sending } from './send.ts'

/** Sends one thing to many, knows who has answered, and reminds the rest. What it says is other features' matter. */
export function createCirculation(context: CirculationContext): Feature {
  return {
    name: 'circulation',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {
      'circulation.gather': gathering(),
      'circulation.send': sending(context),
      [renewTimer]: renewing(context),
      [renewChatsTimer]: renewingChats(context),
      'circulation.look': looking(context),
      'circulation.remind': reminding(),
      'circulation.remind-some': remindingSome(context),
    },
    subscriptions: {},
  }
}
