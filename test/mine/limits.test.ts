import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { languages } from '../../src/chat/language.ts'
import type { Mine } from '../../src/conversation/feature.ts'
import { mineCard } from '../../src/features/mine/mine-card.ts'
import { welcomeCard } from '../../src/features/policy/policy-cards.ts'
import {
  countElements,
  privately,
  renderCard as renderFeishu,
} from '../../src/platforms/feishu/render-card.ts'
import { renderCard as renderSlack, type Surface } from '../../src/platforms/slack/render-card.ts'
import { refusalOfCard } from '../fakes/feishu-card-rules.ts'
import { problemsOfBlocks } from '../fakes/slack-block-rules.ts'

/** As long as features make them, and longer. */
const group = (kind: Mine['kind'], at: number): Mine => ({
  kind,
  title: '待我解答的提问',
  count: 120,
  items: Array.from({ length: 5 }, (_, item) => ({
    title: `【急】WD-2026-000${item}　${'一二三四五六七八九十'.repeat(20)}`,
    state: '*张三*（一分公司）<b>，3月2日 09:00 提出，下级逾期未答'.repeat(5),
    buttons: (at === 3 ? ['销假'] : ['回复', '转给他人']).map((label) => ({
      label,
      action: 'help.hand-over',
      value: { request: `0198c0de-0000-7000-8000-0000000000${at}${item}`, round: '1' },
      opens: 'beside' as const,
    })),
  })),
  more: '我的待办',
})

const groupsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => group((['to-do', 'unfinished', 'own'] as const)[at % 3]!, at))
const buttonsOf = (card: Card) =>
  card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))

for (const language of languages) {
  for (const count of [0, 1, 3, 4, 5, 8]) {
    const card = mineCard(groupsOf(count), language, 'card')

    test(`${count} full groups in ${language} are taken whole by Feishu`, () => {
      const drawn = renderFeishu(card, privately)
      expect(refusalOfCard(JSON.stringify(drawn))).toBeNull()
      expect(countElements(drawn)).toBeLessThanOrEqual(190)
      const shown = JSON.stringify(drawn)
      expect(shown.match(/"tag":"button"/g)).toHaveLength(buttonsOf(card).length)
      expect(shown).not.toMatch(/未全部显示|not all of it/)
    })

    test(`${count} full groups in ${language} are taken whole by Slack, in the chat and on the home`, () => {
      const welcome = welcomeCard(language)
      const home = mineCard(groupsOf(count), language, 'home')
      const surfaces: [Surface, Card][] = [
        ['message', card],
        ['home', { ...home, blocks: [...home.blocks, ...welcome.blocks, ...welcome.blocks] }],
      ]
      for (const [surface, whole] of surfaces) {
        const blocks = renderSlack(whole, surface, language)
        expect(problemsOfBlocks(blocks, surface)).toEqual([])
        const pressed = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
        expect(pressed).toHaveLength(buttonsOf(whole).length)
        expect(JSON.stringify(blocks)).not.toMatch(/未全部显示|not all of it/)
      }
    })
  }
}
