import type { Card } from '../../src/chat/card.ts'
import { type Delivered, DeliveryError, type Operation } from '../../src/chat/outgoing.ts'
import type { Platform } from '../../src/chat/platform.ts'
import type { Way } from './steps.ts'

export interface VendorPlatformOptions {
  name: string
  /** Where the vendor is reached. */
  vendor: string
  way: Way
  /** Called before an operation leaves the process. */
  at(step: 'platform:sending'): void
}

/** The platform of the vendor in the test's process, spoken to over real connections. */
export function createVendorPlatform({ name, vendor, way, at }: VendorPlatformOptions): Platform {
  async function ask(path: string, operation: Operation): Promise<Response> {
    const { id, to, card } = operation
    return fetch(`${vendor}${path}`, {
      method: 'POST',
      body: JSON.stringify({
        id,
        chat: to.type === 'conversation' ? to.conversation.chat : to.account.user,
        text: textOf(card),
      }),
    })
  }
  return {
    name,
    abilities: {
      updatesCards: true,
      opensBeside: false,
      replacesCards: true,
      showsForms: false,
      showsWaiting: true,
      keepsCalendar: false,
    },
    once: {
      send: way === 'keyed' ? { how: way, window: null } : { how: way },
      edit: { how: 'overwritten' },
    },
    pace: { perChat: null, perApp: null },
    async start() {},
    profileOf: async () => null,
    membersOf: async () => null,
    callsMade: () => 0,
    async stop() {},
    async deliver(operation) {
      at('platform:sending')
      const response = await ask('/deliver', operation)
      if (response.status === 429) throw new DeliveryError('later', { wait: 50 })
      return (await response.json()) as Delivered
    },
    async find(operation) {
      const response = await ask('/find', operation)
      return (await response.json()) as Delivered | null
    },
  }
}

/** What the small house's cards say: one text each. */
export function textOf({ blocks: [block] }: Card): string {
  return block?.type === 'text' ? block.runs.map(({ text }) => text).join('') : ''
}
