import type { Account } from '../../chat/incoming.ts'
import type { Feature } from '../../conversation/feature.ts'
import type { Store, Trx } from '../../store/store.ts'

export interface CarriersContext {
  store: Store
  publicUrl(): string
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  wakeWorkers(): void
}

/** 学会服务站、院士专家工作站、企会协作创新联盟、海智计划基地 of organisations (clause 11). */
export function createCarriersFeature(_context: CarriersContext): Feature {
  return {
    name: 'carriers',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
