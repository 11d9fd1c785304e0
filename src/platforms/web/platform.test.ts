import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeptIntake } from '../../../test/platforms/platform-scene.ts'
import { readEvents } from '../../../test/platforms/read-events.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import { plain } from '../../chat/card.ts'
import { explainError } from '../../messages/translate.ts'
import { createWebPlatform, type WebOptions } from './platform.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const options = (): WebOptions => ({
  host: '127.0.0.1',
  port: 0,
  questionsPerMinute: 10,
  store: opened.store,
  blobs: opened.blobs,
  clock: () => new Date(0),
  logger: { info() {}, warn() {}, error() {} },
  welcome: () => ({ tone: 'info', blocks: [{ type: 'text', runs: plain('您好') }] }),
})

describe('createWebPlatform', () => {
  it('tells its address once it has started, and names the setting when the port is taken', async () => {
    const first = createWebPlatform(options())
    expect(first.address).toBe('')
    await first.start(new KeptIntake())
    expect(first.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const second = createWebPlatform({ ...options(), port: Number(new URL(first.address).port) })
    const failure = await second.start(new KeptIntake()).catch((error: unknown) => error)
    expect(explainError(failure, 'zh-CN')).toMatch(/PORT/)
    await second.stop()
    const { address } = first
    await first.stop()
    await expect(fetch(address)).rejects.toThrow()
  })

  it('names the setting when the machine has no such address', async () => {
    const failure = await createWebPlatform({ ...options(), host: '192.0.2.1' })
      .start(new KeptIntake())
      .catch((error: unknown) => error)
    expect(explainError(failure, 'zh-CN')).toMatch(/HOST/)
  })

  it('can be stopped before it has started', async () => {
    await expect(createWebPlatform(options()).stop()).resolves.toBeUndefined()
  })

  it('ends the streams of the pages that listen when it stops', async () => {
    const platform = createWebPlatform(options())
    await platform.start(new KeptIntake())
    const events = readEvents(await fetch(`${platform.address}/api/events`))
    expect((await events.next()).value).toMatchObject({ event: 'hello' })
    const stopping = platform.stop()
    expect((await events.next()).value).toMatchObject({ event: 'bye' })
    await stopping
  })
})
