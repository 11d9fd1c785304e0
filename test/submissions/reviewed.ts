import { PlainError } from '../../src/messages/plain-error.ts'
import { explainError } from '../../src/messages/translate.ts'
import type { Open } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

/** A proposal that has come some way, and the house in which it lies. */
export interface OnItsWay {
  house: SubmissionsHouse
  number: string
}

/** What somebody reads who is refused. */
export async function refusal(done: Promise<unknown>): Promise<string> {
  try {
    await done
  } catch (error) {
    if (error instanceof PlainError) return explainError(error, 'zh-CN')
    throw error
  }
  throw new Error('it was not refused')
}

/** A review that speaks for it, by the points that it gives for the first criterion. */
export const points = (technical: number) => ({
  ...{ hasInterest: 'no', technical: String(technical), economic: '20', scope: '15', practical: '18' },
  opinion: '可行，建议采纳。',
  remark: '可行，建议采纳。',
})

/** Three reviewers are asked. */
export async function underReview(open: Open, more = {}): Promise<OnItsWay> {
  const house = await openSubmissionsHouse(open)
  const { number } = await house.sendIn('张三', { ...proposal, ...more })
  await house.act('李梅', number, 'accept')
  const asked = { opinion: '办法具体，建议评审。', reviewers: '赵工、钱工、冯工' }
  await house.act('李梅', number, 'send-to-review', asked)
  return { house, number }
}

/** They have reviewed it, and it was decided. */
export async function decided(open: Open, outcome: 'rollout' | 'trial' | 'filed', more = {}) {
  const way = await underReview(open, more)
  const { house, number } = way
  for (const reviewer of ['赵工', '钱工', '冯工']) await house.act(reviewer, number, 'review', points(27))
  await house.act('何总', number, 'decide', { outcome, opinion: '投入小、见效快，适合各生产线。' })
  return way
}

/** It was carried out, and its benefit confirmed. */
export async function confirmed(open: Open, more = {}): Promise<OnItsWay> {
  const way = await decided(open, 'rollout', more)
  const { house, number } = way
  const assigned = { owner: '褚工', verifier: '卫工', plan: '三月采购，四月安装。', due: '2026-04-30' }
  await house.act('李梅', number, 'assign', assigned)
  await house.act('褚工', number, 'finish', { result: '已安装，换型九分钟。' })
  await house.act('卫工', number, 'confirm', { benefit: '120000', opinion: '属实。' })
  return way
}
