import { expect, it, onTestFinished } from 'vitest'
import { createWebPlatform } from '../../src/platforms/web/platform.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { answerTo, KeptIntake } from './platform-scene.ts'
import { say } from './web-bench.ts'

describeEachDatabase('two replicas of the web chat', (open) => {
  it('show what either of them delivers, each state of it, in its order', async () => {
    const { store, blobs } = await open()
    const intake = new KeptIntake()
    const replicas = await Promise.all(
      [1, 2].map(async () => {
        const platform = createWebPlatform({
          ...{ host: '127.0.0.1', port: 0, questionsPerMinute: 100, store, blobs },
          clock: () => new Date(),
          logger: { info() {}, warn() {}, error() {} },
          welcome: () => say('您好'),
        })
        await platform.start(intake)
        onTestFinished(() => platform.stop())
        return platform
      }),
    )
    const [one, other] = replicas as [(typeof replicas)[number], (typeof replicas)[number]]
    const guest = await WebGuest.arrive(one.address)
    await guest.post('messages', { id: 'message-1', text: '问' })
    const reply = guest.replyTo('message-1')
    const sent = answerTo(intake.messages[0]!, say('半'), { open: true })
    const delivered = await other.deliver(sent)
    await guest.waitFor(({ id }) => id === sent.id)
    await other.deliver({ ...sent, name: 'edit', card: say('整'), open: false, ...delivered })
    expect((await reply).cards).toEqual([say('半'), say('整')])
    // Whoever comes to the other replica finds it there too.
    expect((await guest.at(other.address).transcript()).map(({ card }) => card)).toEqual([null, say('整')])
  })
})
