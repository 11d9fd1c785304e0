import { describe, expect, it } from 'vitest'
import { plain } from '../../chat/card.ts'
import { explainError } from '../../messages/translate.ts'
import { createWebPlatform, type WebOptions } from './platform.ts'

const options: WebOptions = {
  host: '127.0.0.1',
  port: 0,
  questionsPerMinute: 10,
  clock: () => new Date(0),
  logger: { info() {}, warn() {}, error() {} },
  welcome: () => ({ tone: 'info', blocks: [{ type: 'text', runs: plain('您好') }] }),
}

describe('createWebPlatform', () => {
  it('tells its address once it has started, and names the setting when the port is taken', async () => {
    const first = createWebPlatform(options)
    expect(first.address).toBe('')
    await first.start(async () => {})
    expect(first.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const second = createWebPlatform({ ...options, port: Number(new URL(first.address).port) })
    const failure = await second.start(async () => {}).catch((error: unknown) => error)
    expect(explainError(failure, 'zh-CN')).toMatch(/PORT/)
    await second.stop()
    const { address } = first
    await first.stop()
    await expect(fetch(address)).rejects.toThrow()
  })

  it('names the setting when the machine has no such address', async () => {
    const failure = await createWebPlatform({ ...options, host: '192.0.2.1' })
      .start(async () => {})
      .catch((error: unknown) => error)
    expect(explainError(failure, 'zh-CN')).toMatch(/HOST/)
  })

  it('can be stopped before it has started', async () => {
    await expect(createWebPlatform(options).stop()).resolves.toBeUndefined()
  })
})
