import type { Card } from '../../src/chat/card.ts'

/** A technical problem as somebody fills it in. */
export const problem = {
  title: '大型铸钢件热处理变形控制',
  background: '热处理后法兰平面变形三到五毫米，返工率约两成。',
  goal: '找到变形规律，形成可推广的热处理与校正工艺。',
  indicators: '变形量不超过一毫米，返工率低于百分之五。',
  tried: '试过调整装炉方式和冷却速度，效果不稳定。',
  ...{ months: '12', ownership: 'shared', funds: '200000', conditions: '有同类铸件热处理经验。' },
  contact: '张三 6688',
}

/** An offer to solve it. */
export const offer = {
  approach: '先做变形仿真，再分段控温冷却，最后配专用校正工装。',
  ...{ months: '9', wanted: '150000', team: '热处理组四人，有两台可控气氛炉。', reach: '孙工 5566' },
}

/** What is agreed with whoever solves it. */
export const agreement = {
  ...{ signedOn: '2026-03-20', terms: '经费分两期拨付，成果双方共有。', due: '2026-12-31', verifier: '卫工' },
}

/** All that stands on cards, to look for words in it. */
export const shown = (cards: Card | readonly Card[] | undefined) => JSON.stringify(cards ?? null)
