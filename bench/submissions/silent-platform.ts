import type { Operation } from '../../src/chat/outgoing.ts'
import type { Platform } from '../../src/chat/platform.ts'

export const platformName = 'bench'

/** A platform that takes whatever it is given at once, and asks forms one question after another. */
export function silentPlatform(delivered: (operation: Operation) => void): Platform {
  return {
    name: platformName,
    abilities: {
      updatesCards: true,
      opensBeside: false,
      replacesCards: false,
      showsForms: false,
      showsWaiting: true,
      keepsCalendar: false,
    },
    once: { send: { how: 'keyed', window: null }, edit: { how: 'overwritten' } },
    pace: { perChat: null, perApp: null },
    start: async () => {},
    async deliver(operation) {
      delivered(operation)
      return { message: operation.id }
    },
    find: async () => null,
    profileOf: async () => null,
    membersOf: async () => null,
    callsMade: () => 0,
    stop: async () => {},
  }
}
