import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { IntakeWorld, noteCard } from '../../test/fakes/intake-world.ts'
import type { Dispatch } from '../conversation/dispatch.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { IntakeOptions } from './intake.ts'

const failure = translate('zh-CN', 'chat:failure')

let w: IntakeWorld
beforeEach(async () => {
  w = await IntakeWorld.open()
})
afterEach(() => w.close())

describe('a handler', () => {
  const answerOf = async (dispatch: Dispatch['message'], options: Partial<IntakeOptions> = {}) => {
    const working = w.run(dispatch, options)
    await w.intake.take(w.message('1', '问'))
    for (let tries = 0; tries < 4; tries++) {
      await working.idle()
      w.later(10_000)
    }
    await working.stop()
    return { said: await w.texts(), states: (await w.inbox()).map(({ state }) => state) }
  }

  test('that fails is tried three times, then the person reads an apology', async () => {
    let tries = 0
    const result = await answerOf(async () => {
      tries += 1
      throw new Error('secret')
    })
    expect(tries).toBe(3)
    expect(result).toEqual({ said: [failure], states: ['failed'] })
    expect(w.counted).toContain('failed web')
    expect(w.logged).toHaveLength(3)
  })

  test('that refuses plainly is heard at once', async () => {
    const result = await answerOf(async () => {
      throw new PlainError('chat:gone')
    })
    expect(result).toEqual({ said: [translate('zh-CN', 'chat:gone')], states: ['done'] })
    expect(w.logged).toEqual([])
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
    expect(await w.store.db.selectFrom('person').selectAll().execute()).toEqual([])
  })

  test('that never ends is given up and told to stop; what it says after is not heard', async () => {
    const gate = Promise.withResolvers<void>()
    let signal: AbortSignal | undefined
    let late: Promise<void> | undefined
    const result = await answerOf(
      (turn) => {
        signal = turn.signal
        late = gate.promise.then(() => w.echo(turn))
        late.catch(() => {})
        return late
      },
      { limits: { handling: 1 } },
    )
    expect(result).toEqual({ said: [failure], states: ['failed'] })
    expect(signal!.aborted).toBe(true)
    gate.resolve()
    await expect(late).rejects.toThrow()
    expect(await w.texts()).toEqual([failure])
  })

  test('that commits twice has failed, though its first answer stands', async () => {
    const result = await answerOf(async (turn) => {
      await w.echo(turn)
      await w.echo(turn)
    })
    expect(result).toEqual({ said: ['答：问'], states: ['done'] })
    expect(w.logged).toHaveLength(1)
  })

  test('edits what it said, after the commit only', async () => {
    let early: unknown
    const result = await answerOf(async (turn) => {
      let id = ''
      early = await turn.edit('x', noteCard('')).catch((error) => error)
      await turn.commit(async (_trx, say) => {
        id = await say(noteCard('草稿'), { open: true })
      })
      await turn.edit(id, noteCard('定稿'))
    })
    expect(early).toBeInstanceOf(Error)
    expect(result.said).toEqual(['定稿'])
    expect((await w.said())[0]).toMatchObject({ open: 0 })
  })

  test('whose process ends each time is not begun for ever', async () => {
    await w.intake.take(w.message('1', '问'))
    await w.store.transaction((trx) => trx.updateTable('inbox').set({ claims: 10 }).execute())
    await w.intake.idle()
    expect(w.handled).toEqual([])
    expect(await w.texts()).toEqual([failure])
  })
})

describe('a lease', () => {
  test('that has run out makes the message free, and whoever held it is not heard', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = w.run(async (turn) => {
      begun.resolve()
      await gate.promise
      await turn.commit(async (_trx, say) => {
        await say(noteCard('迟到'))
      })
    })
    await w.intake.take(w.message('1', '问'))
    const idle = slow.idle()
    await begun.promise
    await w.intake.idle()
    expect(w.handled).toEqual([])
    w.later(30_001)
    await w.intake.idle()
    expect(w.handled).toEqual(['问'])
    gate.resolve()
    await idle
    expect(await w.texts()).toEqual(['答：问'])
    expect(w.logged).toEqual([])
    await slow.stop()
  })

  test('is given back at a stop, and taken over at a start', async () => {
    const begun = Promise.withResolvers<void>()
    const stuck = w.run(
      () => {
        begun.resolve()
        return new Promise(() => {})
      },
      { limits: { stopping: 1 } },
    )
    await w.intake.take(w.message('1', '问'))
    await stuck.start()
    await begun.promise
    await stuck.stop()
    expect(await w.inbox()).toMatchObject([{ lease_owner: null, state: 'waiting' }])
    // As a process leaves it that was killed.
    await w.store.transaction((trx) =>
      trx
        .updateTable('inbox')
        .set({ lease_owner: 'gone', lease_until: '2026-03-03T00:00:00.000Z' })
        .execute(),
    )
    await w.intake.idle()
    expect(w.handled).toEqual([])
    await w.intake.start()
    await w.intake.idle()
    expect(w.handled).toEqual(['问'])
  })
})
