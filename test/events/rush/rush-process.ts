/**
 * The house in a process of its own, with people who press a button: `node rush-process.ts <location as JSON>`. Does what
 * it is told by messages of its parent, one thing after another.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { platformName, silentPlatform } from '../../../bench/submissions/silent-platform.ts'
import type { Intake } from '../../../src/chat/platform.ts'
import { settings } from '../../../src/config.ts'
import { openHouse } from '../../../src/house.ts'
import { explainError } from '../../../src/messages/translate.ts'
import type { StoreLocation } from '../../../src/store/store.ts'
import { accountOf } from './people.ts'

/** What a process is told. */
export type RushOrder =
  | {
      do: 'press'
      event: string
      /** Presses of these people, from the first to the last but one. */
      from: number
      to: number
      /** Milliseconds over which they press; 0: all at the same moment. */
      within: number
    }
  | { do: 'close' }

export type RushReport =
  | { type: 'open' }
  | { type: 'closed' }
  /** What a person read, and milliseconds after they had pressed. */
  | { type: 'answered'; person: number; said: string; took: number }
  | { type: 'problem'; problem: string }

const location = JSON.parse(process.argv[2]!) as StoreLocation
const tell = (report: RushReport) => process.send?.(report)
const config = settings.parse({
  KNOWLEDGE_DIR: join(location.dataDir, 'knowledge'),
  DATA_DIR: location.dataDir,
  DATABASE_URL: location.databaseUrl,
  DATA_KEY: Buffer.alloc(32, 'rush').toString('base64'),
})
const complain = (details: object, message: string) => {
  const error = 'err' in details && details.err instanceof Error ? details.err.stack : ''
  tell({ type: 'problem', problem: `${message} ${error}` })
}
const house = await openHouse(
  config,
  { info() {}, warn() {}, error: complain },
  () => new Date(),
  () => 'http://bot.example',
)
const platform = silentPlatform(() => {})
let intake: Intake | undefined
platform.start = async (given) => {
  intake = given
}
await house.open([platform], [{ platform: platformName }])

async function press(person: number, event: string, planned: number): Promise<void> {
  const account = accountOf(person)
  let said: string
  try {
    const { toast } = await intake!.answer({
      ...{ type: 'action', action: 'events.register', value: { event }, id: randomUUID() },
      ...{ account, language: 'zh-CN', at: new Date() },
      conversation: { platform: platformName, installation: 'r', chat: 'all', thread: '' },
      group: true,
    })
    said = toast ?? ''
  } catch (error) {
    said = explainError(error, 'zh-CN')
  }
  tell({ type: 'answered', person, said, took: performance.now() - planned })
}

process.on('message', async (order: RushOrder) => {
  if (order.do === 'close') {
    await house.close()
    tell({ type: 'closed' })
    process.disconnect()
    return
  }
  const { event, from, to, within } = order
  const start = performance.now()
  for (let person = from; person < to; person += 1) {
    const planned = start + ((person - from) * within) / (to - from)
    const early = planned - performance.now()
    if (early > 1) await wait(early)
    void press(person, event, within === 0 ? start : planned)
  }
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
tell({ type: 'open' })
