import { randomUUID } from 'node:crypto'
import { type Card, plain } from '../../src/chat/card.ts'
import { buttonsOf, cardToText } from '../../src/platforms/text/render-card.ts'
import { createWebPlatform } from '../../src/platforms/web/platform.ts'
import { describePlatform, type Person, type Seen } from './platform-contract.ts'
import { readReply } from './read-reply.ts'

describePlatform({
  name: 'web',
  abilities: { updatesCards: true, opensBeside: true },
  async begin(receive, now) {
    const logged: string[] = []
    const platform = createWebPlatform({
      host: '127.0.0.1',
      port: 0,
      questionsPerMinute: 100,
      clock: () => now,
      logger: { info() {}, warn() {}, error: (_details, message) => logged.push(message) },
      welcome: () => ({ tone: 'info', blocks: [{ type: 'text', runs: plain('您好') }] }),
    })
    await platform.start(receive)
    return {
      logged,
      stop: () => platform.stop(),
      async join(): Promise<Person> {
        const page = await fetch(platform.address, { headers: { 'Accept-Language': 'zh-CN' } })
        await page.text()
        const cookie = page.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; ')
        const conversation = randomUUID()
        let last: Card | undefined
        const post = async (path: string, body: object, onCard?: (text: string) => void): Promise<Seen> => {
          const response = await fetch(`${platform.address}/api/${path}`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Cookie: cookie, Origin: platform.address },
            body: JSON.stringify({ id: randomUUID(), conversation, ...body }),
          })
          const { cards, toasts } = await readReply(response, (card) => onCard?.(shown(card)))
          last = cards.at(-1) ?? last
          return { cards: cards.map(shown), toasts }
        }
        return {
          say: (text, onCard) => post('messages', { text }, onCard),
          press(label) {
            const button = last && buttonsOf(last).find((one) => one.label === label)
            if (!button) throw new Error(`no button ${label}`)
            // As the page does it: a button that asks sends its question as a message.
            if (button.action === 'ask') return post('messages', { text: button.value.text })
            return post('actions', { action: button.action, value: button.value })
          },
        }
      },
    }
  },
})

function shown(card: Card): string {
  return cardToText(card, { buttons: 'none' })
}
