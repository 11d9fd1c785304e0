import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { settings } from '../../src/config.ts'
import { readWord } from '../../src/knowledge/read/word/read-word.ts'
import { createChatModel } from '../../src/model/create-chat-model.ts'
import { loadPrompts } from '../../src/model/prompt-file.ts'
import { buttonsOf, type CampaignHouse, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { startModelServer } from '../fakes/openai-server.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { layRecords } from './lay-records.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)
let house: CampaignHouse
afterEach(() => house.stop())

const sendIn = async (who: string, title: string) => {
  const form = await house.click(who, { action: 'submissions.begin', value: { kind: 'proposal' } })
  await house.fillIn(who, form, { ...proposal, title })
  await house.settle()
}
const press = async (who: string, card: Card | undefined, label: string) => {
  const button = buttonsOf(card!).find((one) => one.label === label)
  if (!button) throw new Error(`no ${label} on ${words(card)}`)
  return button.action === 'ask' ? house.type(who, button.value.text!) : house.click(who, button)
}
/** The text of the DOCX that was handed over last. */
const documentOf = async (cards: readonly Card[]) => {
  const block = cards.flatMap(({ blocks }) => blocks).find(({ type }) => type === 'document')
  if (block?.type !== 'document') throw new Error(`no document in ${words(cards)}`)
  return readWord((await house.shared.blobs.get(block.blob))!, 10_000_000)
}

/** Numbers in the sections of a document that stand in no row of its table of records: none is to. */
const untraced = (docx: string) => {
  const [text = '', rows = ''] = docx.split('附：数据依据')
  // Above the first section stand the title and the days alone.
  const sections = text.slice(text.indexOf('一、'), text.lastIndexOf('。') + 1)
  const traced = new Set(rows.match(/\d+(?:\.\d+)?/g))
  return (sections.match(/\d+(?:\.\d+)?/g) ?? []).filter((number) => !traced.has(number))
}

describeEachDatabase('a summary', (open) => {
  test('counts what a second, plain counting counts, and says where each figure comes from', async () => {
    house = await openCampaignHouse(open)
    for (const title of ['快换夹具', '照明改造']) await sendIn('张三', title)
    await sendIn('外人', '节水改造')
    const plain = await layRecords(house)
    house.time.now = new Date('2026-12-20T02:00:00Z')

    const [card] = await house.type('吴主席', '2026年年度工作总结')
    expect(card?.title).toBe('华北重工2026年度工作总结')
    const text = words(card)
    for (const said of [
      '按计划应完成工作 2 项',
      '已完成 1 项',
      '尚未完成 1 项（技术攻关）',
      `收到合理化建议和“五小”成果 ${plain.submissions} 件`,
      `举办培训 ${plain.trainings} 场`,
      `走访联系点 ${plain.visits} 次`,
      `发布通知和政策宣讲 ${plain.notices} 条`,
      `开展“讲、比”活动和创新竞赛 ${plain.campaigns} 项（合理化建议月）`,
      '就重要事项征求科技工作者意见 1 次（技改立项）',
      '采纳意见 2 条',
      '开展信息征集和调查 2 次（状况调查、小调查）',
      '收到填报 5 份',
      ...['开展考核 1 次（年度考核）', '形成考核结果 1 个'],
    ]) {
      expect(text).toContain(said)
    }
    expect([plain.submissions, plain.trainings, plain.visits]).toEqual([3, 1, 2])
    expect(text).toContain('数据截至 2026-12-20')

    const first = await press('吴主席', card, '看依据')
    const plan = 'beside' in first ? first.beside : undefined
    expect(words(plan)).toContain('JH-2026-0001-2 技术攻关')
    const next = await press('吴主席', plan, '下一部分：组织建设和联系服务')
    expect(words(next)).toContain('ZF-2026-0001 一分公司')

    // A branch has its own and what is below, not its sister's.
    const [branch] = await house.type('王强', '工作总结 2026年')
    expect(branch?.title).toBe('一分公司2026年度工作总结')
    expect(words(branch)).toContain('成果 2 件')
    expect(words(await house.type('王强', '工作总结 2026年 二分公司'))).toContain('没有这个单位')
    expect(words(await house.type('张三', '工作总结'))).toContain('没有这项权限')
    // What was in another quarter is in none of this one's figures.
    const [quarter] = await house.type('吴主席', '季度小结 2026年二季度')
    expect(words(quarter)).not.toContain('合理化建议和“五小”成果')

    const said = await press('吴主席', card, '生成文档')
    const docx = await documentOf(said as Card[])
    for (const part of ['华北重工2026年度工作总结', '一、年度计划完成情况', '附：数据依据', 'JY-2026-0003']) {
      expect(docx).toContain(part)
    }
    expect(docx.match(/\d/g)!.length).toBeGreaterThan(40)
    expect(untraced(docx)).toEqual([])
    expect(words(await house.type('吴主席', '季度小结 2027年一季度'))).toContain('还没有可总结的记录')
  })
})

test('a model joins the facts; what it makes up is dropped, and no fact is lost', async () => {
  const server = await startModelServer()
  try {
    const chat = await createChatModel(
      settings.parse({ MODEL_PROVIDER: 'openai', MODEL_NAME: 'm', MODEL_BASE_URL: `${server.url}/v1` }),
    )
    const prompts = await loadPrompts('prompts')
    house = await openCampaignHouse(openTestStore, { model: { chat: chat!, prompts } })
    await layRecords(house)
    await sendIn('张三', '快换夹具')
    house.time.now = new Date('2026-12-20T02:00:00Z')
    server.script(async (exchange) => {
      const asked = exchange.messages.at(-1)!.content
      const placeholder = (fact: string) => new RegExp(`⟦\\d+⟧(?= ${fact})`).exec(asked)?.[0] ?? '⟦999⟧'
      await exchange.say(
        JSON.stringify({
          plan: [
            `围绕年度计划，扎实推进各项工作，${placeholder('按计划')}，其中${placeholder('已完成')}。`,
            `${placeholder('尚未完成')}，完成率达到 98%。`,
          ],
          organisation: [`在王小明同志的带领下，${placeholder('走访')}。`],
          next: [`比上年增长三成，${placeholder('继续推进')}。`, `${placeholder('继续推进')}，效益翻番。`],
          contests: [`组织广大科技工作者献计献策，${placeholder('收到')}，${placeholder('走访')}。`],
        }),
      )
      exchange.finish()
    })
    const said = await house.type('吴主席', '工作总结文档 2026年')
    const docx = await documentOf(said)
    expect(docx).toContain('围绕年度计划，扎实推进各项工作，按计划应完成工作 2 项，其中已完成 1 项。')
    expect(untraced(docx)).toEqual([])
    expect(docx).not.toMatch(/[两三]成|倍|翻番/)
    // A rate that nobody counted, a name that is nobody's, a fact of another section.
    for (const lie of ['98', '王小明', '献计献策']) expect(docx).not.toContain(lie)
    for (const fact of ['尚未完成 1 项（技术攻关）', '走访联系点 2 次', '收到合理化建议和“五小”成果 1 件'])
      expect(docx).toContain(fact)
    expect(words(said)).toContain('文字由模型连缀')

    server.script((exchange) => exchange.fail(500))
    const fallen = await house.type('吴主席', '工作总结文档 2026年')
    expect(await documentOf(fallen)).toContain('按计划应完成工作 2 项，已完成 1 项')
    expect(words(fallen)).not.toContain('文字由模型连缀')
  } finally {
    await server.close()
  }
})
