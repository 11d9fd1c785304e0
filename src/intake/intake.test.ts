import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noForms } from '../../test/fakes/no-forms.ts'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { Card } from '../chat/card.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import type { Dispatch } from '../conversation/dispatch.ts'
import type { Turn } from '../conversation/feature.ts'

import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Store } from '../store/store.ts'
import type { IntakeCounts } from './counts.ts'
import { forgetOld } from './forget.ts'
import { createIntake, type IntakeOptions, type RunningIntake } from './intake.ts'
import { intakeLimits } from './limits.ts'
import type { IntakeStep } from './steps.ts'

const card = (text: string): Card => ({ tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] })
const failure = translate('zh-CN', 'chat:failure')

let store: Store
let close: () => Promise<void>
let now: Date
let handled: string[]
let logged: object[]
let counted: string[]
let steps: IntakeStep[]
let woken: number
let intake: RunningIntake

beforeEach(async () => {
  now = new Date('2026-03-02T01:00:00Z')
  handled = []
  logged = []
  counted = []
  steps = []
  woken = 0
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
  intake = open(echo)
})
afterEach(async () => {
  await intake.stop()
  await close()
})

const count = (name: keyof IntakeCounts) => (platform: string) => {
  counted.push(`${name} ${platform}`)
}
const counts: IntakeCounts = {
  taken: count('taken'),
  repeated: count('repeated'),
  done: count('done'),
  failed: count('failed'),
  interaction: count('interaction'),
}

async function echo(turn: Turn): Promise<void> {
  handled.push(turn.message.text)
  await turn.commit(async (_trx, say) => {
    await say(card(`答：${turn.message.text}`))
  })
}

function open(message: Dispatch['message'], options: Partial<IntakeOptions> = {}): RunningIntake {
  const keep = (details: object) => {
    logged.push(details)
  }
  return createIntake({
    store,
    dispatch: {
      message,
      handlerOf: () => {
        throw new PlainError('chat:gone')
      },
    },
    forms: noForms,
    platforms: [],
    serves: [{ platform: 'web' }],
    wakeDelivery: () => {
      woken += 1
    },
    logger: { info: keep, warn: keep, error: keep },
    counts,
    atStep: (step) => {
      steps.push(step)
    },
    ...options,
  })
}

function message(id: string, text: string, chat = 'c', platform = 'web'): IncomingMessage {
  return {
    type: 'message',
    id,
    account: { platform, installation: '', user: `u of ${chat}` },
    conversation: { platform, installation: '', chat, thread: '' },
    language: 'zh-CN',
    at: now,
    text,
  }
}
const later = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds)
}
const inbox = () => store.db.selectFrom('inbox').selectAll().orderBy('position').execute()
const said = async () => {
  const rows = await store.db.selectFrom('outbox').selectAll().orderBy('seq').execute()
  return rows.map((row) => ({ ...row, text: row.card?.match(/"text":"([^"]*)"/)?.[1] }))
}
const texts = async () => (await said()).map(({ text }) => text)

describe('a message', () => {
  test('is kept when take resolves, and worked after', async () => {
    await intake.take(message('1', '问'))
    expect(await inbox()).toMatchObject([{ state: 'waiting', received_at: now.toISOString() }])
    expect(handled).toEqual([])
    await intake.idle()
    expect(handled).toEqual(['问'])
    expect(await said()).toMatchObject([
      {
        id: `${incomingKey(message('1', ''))}#1`,
        text: '答：问',
        reply_to: '1',
        lane: 0,
        open: 0,
        sender: null,
        recipient: JSON.stringify({ type: 'conversation', conversation: message('1', '').conversation }),
      },
    ])
    expect(woken).toBe(1)
    expect(counted).toEqual(['taken web', 'done web'])
    expect(steps).toEqual(['received', 'stored', 'claimed', 'worked', 'committed'])
  })

  test('is forgotten but for its ids once it is done', async () => {
    await intake.take(message('1', '问'))
    await intake.idle()
    const [row] = await inbox()
    expect(row).toMatchObject({ state: 'done', done_at: now.toISOString(), lease_owner: null })
    expect(row!.payload).not.toContain('问')
    expect(JSON.parse(row!.payload)).toMatchObject({ id: '1', account: { user: 'u of c' } })
  })

  test('that comes again is nothing new, waiting or done, for eight days', async () => {
    await Promise.all([intake.take(message('1', '问')), intake.take(message('1', '问'))])
    await intake.take(message('1', '问'))
    await intake.idle()
    later(8 * 24 * 3600_000 - 1)
    await intake.take(message('1', '问'))
    await intake.idle()
    expect(handled).toEqual(['问'])
    expect(await inbox()).toHaveLength(1)
    expect(counted.filter((one) => one === 'repeated web')).toHaveLength(3)
  })

  test('of another platform or installation with the same id is another message', async () => {
    const other = message('1', '二')
    other.account.installation = 'other'
    await intake.take(message('1', '一'))
    await intake.take(other)
    await intake.idle()
    expect(handled.sort()).toEqual(['一', '二'].sort())
  })

  test('is left to whoever serves its platform or chat', async () => {
    const terminal = open(echo, { serves: [{ platform: 'terminal', chat: 'mine' }] })
    await intake.take(message('1', '网页'))
    await intake.take(message('2', '我的', 'mine', 'terminal'))
    await intake.take(message('3', '别人的', 'yours', 'terminal'))
    await terminal.idle()
    expect(handled).toEqual(['我的'])
    await intake.idle()
    expect(handled).toEqual(['我的', '网页'])
    await terminal.stop()
  })

  test('carries its files and its time to the handler', async () => {
    const files = [{ name: '附件.pdf', type: 'application/pdf', size: 3, blob: 'abc' }]
    const seen: IncomingMessage[] = []
    const reading = open((turn) => {
      seen.push(turn.message)
      return echo(turn)
    })
    await intake.take({ ...message('1', ''), files, group: true })
    await reading.idle()
    expect(seen).toEqual([{ ...message('1', ''), files, group: true }])
    await reading.stop()
  })

  test('that the database refuses harms no other', async () => {
    const bad = message('bad', '')
    // No row without a platform.
    Object.assign(bad.account, { platform: null })
    const taken = await Promise.allSettled([
      intake.take(message('0', '零')),
      intake.take(message('1', '一')),
      intake.take(bad),
      intake.take(message('2', '二')),
    ])
    expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    await intake.idle()
    expect(handled).toEqual(['零', '一', '二'])
  })
})

describe('what is forgotten', () => {
  const warn = (details: object) => {
    logged.push(details)
  }
  const forget = () => forgetOld(store, intakeLimits, { info: warn, warn, error: warn })
  const day = 24 * 3600_000

  test('is what was done eight days ago, counted from its end', async () => {
    await intake.take(message('1', '旧'))
    await intake.idle()
    later(4 * day)
    await intake.take(message('2', '新'))
    await intake.idle()
    later(4 * day)
    await forget()
    expect(await inbox()).toHaveLength(2)
    later(1)
    await forget()
    expect((await inbox()).map(({ key }) => key)).toEqual([incomingKey(message('2', ''))])
    await intake.take(message('1', '旧'))
    await intake.idle()
    expect(handled).toEqual(['旧', '新', '旧'])
    expect(logged).toEqual([])
  })

  test('is not what still waits, until nobody has come for it in a month', async () => {
    await intake.take(message('1', '等', 'gone', 'terminal'))
    later(30 * day)
    await forget()
    expect(await inbox()).toHaveLength(1)
    later(1)
    await forget()
    expect(await inbox()).toEqual([])
    expect(logged).toEqual([{ messages: 1 }])
  })

  test('are answers to interactions and handled events; failed events stay', async () => {
    const at = now.toISOString()
    await store.transaction(async (trx) => {
      await trx.insertInto('interaction').values({ key: 'k', answer: '{}', at }).execute()
      const event = { name: 'e', subscriber: 's', payload: '{}', attempts: 0, due_at: at, published_at: at }
      await trx
        .insertInto('event')
        .values((['waiting', 'done', 'failed'] as const).map((state) => ({ ...event, state })))
        .execute()
    })
    later(8 * day + 1)
    await forget()
    expect(await store.db.selectFrom('interaction').selectAll().execute()).toEqual([])
    const states = (await store.db.selectFrom('event').select('state').execute()).map(({ state }) => state)
    expect(states.sort()).toEqual(['failed', 'waiting'])
  })
})

describe('the order', () => {
  test('within a conversation is kept; a slow conversation holds up no other', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const working = open(async (turn) => {
      if (turn.message.text === '慢') {
        begun.resolve()
        await gate.promise
      }
      await echo(turn)
    })
    await intake.take(message('1', '慢', 'a'))
    await intake.take(message('2', '慢之后', 'a'))
    await intake.take(message('3', '另一处', 'b'))
    await intake.take(message('4', '另一处之后', 'b'))
    const idle = working.idle()
    await begun.promise
    while (handled.length < 2) await new Promise(setImmediate)
    expect(handled).toEqual(['另一处', '另一处之后'])
    gate.resolve()
    await idle
    expect(handled.slice(2)).toEqual(['慢', '慢之后'])
    await working.stop()
  })

  test('is kept while an earlier message waits for its next try', async () => {
    let failing = true
    const working = open((turn) => {
      if (failing && turn.message.text === '一') throw new Error('once')
      return echo(turn)
    })
    await intake.take(message('1', '一'))
    await intake.take(message('2', '二'))
    await working.idle()
    expect(handled).toEqual([])
    failing = false
    later(1000)
    await working.idle()
    expect(handled).toEqual(['一', '二'])
    await working.stop()
  })
})

describe('a handler', () => {
  const answerOf = async (dispatch: Dispatch['message'], options: Partial<IntakeOptions> = {}) => {
    const working = open(dispatch, options)
    await intake.take(message('1', '问'))
    for (let tries = 0; tries < 4; tries++) {
      await working.idle()
      later(10_000)
    }
    await working.stop()
    return { said: await texts(), states: (await inbox()).map(({ state }) => state) }
  }

  test('that fails is tried three times, then the person reads an apology', async () => {
    let tries = 0
    const result = await answerOf(async () => {
      tries += 1
      throw new Error('secret')
    })
    expect(tries).toBe(3)
    expect(result).toEqual({ said: [failure], states: ['failed'] })
    expect(counted).toContain('failed web')
    expect(logged).toHaveLength(3)
  })

  test('that refuses plainly is heard at once', async () => {
    const result = await answerOf(async () => {
      throw new PlainError('chat:gone')
    })
    expect(result).toEqual({ said: [translate('zh-CN', 'chat:gone')], states: ['done'] })
    expect(logged).toEqual([])
  })

  test('that says nothing has failed, and so has one that commits nothing', async () => {
    expect(await answerOf(async () => {})).toEqual({ said: [failure], states: ['failed'] })
  })

  test('that commits without a word has failed, and nothing of it is kept', async () => {
    const result = await answerOf((turn) =>
      turn.commit(async (trx) => {
        await trx
          .insertInto('person')
          .values({
            id: 'p',
            name: '张三',
            language: 'zh-CN',
            time_zone: 'Asia/Shanghai',
            preferred_account: null,
          })
          .execute()
      }),
    )
    expect(result).toEqual({ said: [failure], states: ['failed'] })
    expect(await store.db.selectFrom('person').selectAll().execute()).toEqual([])
  })

  test('that never ends is given up and told to stop; what it says after is not heard', async () => {
    const gate = Promise.withResolvers<void>()
    let signal: AbortSignal | undefined
    let late: Promise<void> | undefined
    const result = await answerOf(
      (turn) => {
        signal = turn.signal
        late = gate.promise.then(() => echo(turn))
        late.catch(() => {})
        return late
      },
      { limits: { handling: 1 } },
    )
    expect(result).toEqual({ said: [failure], states: ['failed'] })
    expect(signal!.aborted).toBe(true)
    gate.resolve()
    await expect(late).rejects.toThrow()
    expect(await texts()).toEqual([failure])
  })

  test('that commits twice has failed, though its first answer stands', async () => {
    const result = await answerOf(async (turn) => {
      await echo(turn)
      await echo(turn)
    })
    expect(result).toEqual({ said: ['答：问'], states: ['done'] })
    expect(logged).toHaveLength(1)
  })

  test('edits what it said, after the commit only', async () => {
    let early: unknown
    const result = await answerOf(async (turn) => {
      let id = ''
      early = await turn.edit('x', card('')).catch((error) => error)
      await turn.commit(async (_trx, say) => {
        id = await say(card('草稿'), { open: true })
      })
      await turn.edit(id, card('定稿'))
    })
    expect(early).toBeInstanceOf(Error)
    expect(result.said).toEqual(['定稿'])
    expect((await said())[0]).toMatchObject({ open: 0 })
  })

  test('whose process ends each time is not begun for ever', async () => {
    await intake.take(message('1', '问'))
    await store.transaction((trx) => trx.updateTable('inbox').set({ claims: 10 }).execute())
    await intake.idle()
    expect(handled).toEqual([])
    expect(await texts()).toEqual([failure])
  })
})

describe('a lease', () => {
  test('that has run out makes the message free, and whoever held it is not heard', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = open(async (turn) => {
      begun.resolve()
      await gate.promise
      await turn.commit(async (_trx, say) => {
        await say(card('迟到'))
      })
    })
    await intake.take(message('1', '问'))
    const idle = slow.idle()
    await begun.promise
    await intake.idle()
    expect(handled).toEqual([])
    later(30_001)
    await intake.idle()
    expect(handled).toEqual(['问'])
    gate.resolve()
    await idle
    expect(await texts()).toEqual(['答：问'])
    expect(logged).toEqual([])
    await slow.stop()
  })

  test('is given back at a stop, and taken over at a start', async () => {
    const begun = Promise.withResolvers<void>()
    const stuck = open(
      () => {
        begun.resolve()
        return new Promise(() => {})
      },
      { limits: { stopping: 1 } },
    )
    await intake.take(message('1', '问'))
    await stuck.start()
    await begun.promise
    await stuck.stop()
    expect(await inbox()).toMatchObject([{ lease_owner: null, state: 'waiting' }])
    // As a process leaves it that was killed.
    await store.transaction((trx) =>
      trx
        .updateTable('inbox')
        .set({ lease_owner: 'gone', lease_until: '2026-03-03T00:00:00.000Z' })
        .execute(),
    )
    await intake.idle()
    expect(handled).toEqual([])
    await intake.start()
    await intake.idle()
    expect(handled).toEqual(['问'])
  })
})
