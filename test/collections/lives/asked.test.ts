import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createCirculationPort } from '../../../src/features/circulation/port.ts'
import { keepAnswer } from '../../../src/features/collections/answering/keep-answer.ts'
import { readCollection } from '../../../src/features/collections/records.ts'
import { bindChat, type Chat } from '../../../src/people/chats.ts'
import { openStage, type Stage, type SurfaceName } from '../../submissions/lives/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => expect(stage.errors).toEqual([]))
afterAll(async () => {
  await stage.stop()
})

/** Each surface asks of matters of its own: what was sent on one is not in the way of the next. */
const matters: Record<SurfaceName, [collection: string, consultation: string]> = {
  web: ['食堂调查', '食堂改造'],
  Slack: ['班车调查', '班车线路'],
  Feishu: ['培训调查', '培训基地'],
  terminal: ['照明调查', '照明改造'],
}

// Both are asked side by side, so that time passes once.
test.each(['web', 'Slack', 'Feishu', 'terminal'] as const)(
  'a collection and a consultation from their forms to what came of them, on %s',
  async (surface) => {
    const seats = await stage.moveTo(surface)
    const [title, asked] = matters[surface]
    const until = dayIn(7)
    const cadre = seats.seatOf('吴主席')
    const { db } = stage.store
    const collection = () =>
      db.selectFrom('collection').selectAll().where('title', '=', title).executeTakeFirst()
    const consultation = () =>
      db.selectFrom('consultation').selectAll().where('title', '=', asked).executeTakeFirst()
    const inGroup = stage.inGroup(surface, '冯工')
    if (inGroup) {
      await inGroup.say('帮助')
      await expect.poll(() => groupOf(surface), { timeout: 15_000 }).toBeDefined()
      const chat = (await groupOf(surface))!
      await stage.store.transaction((trx) => bindChat(trx, chat, stage.people.branch!))
    }
    const audience = {
      toKinds: inGroup ? ['groups', 'members', 'people'] : ['members', 'people'],
      ...{ toAt: '一分公司', toPeople: '张三、陈晨' },
    }

    await cadre.say('新建收集')
    await cadre.press('逐题填写', '')
    await cadre.fill({
      ...{
        organisation: '一分公司',
        title,
        about: '一道题。',
        anonymity: 'named',
        per: 'person',
        count: '1',
      },
      ...{ label1: '满意吗', type1: 'select', options1: '满意；不满意', required1: 'yes', ...audience },
      ...{ deadline: until, remind: ['1', '0'], shares: 'yes' },
    })
    await cadre.sees('发出前请核对', title, `${until} 18:00 截止`)
    await cadre.press('发出', title)
    await expect.poll(async () => (await collection())?.state, { timeout: 15_000 }).toBe('open')
    await cadre.say('发起征询')
    await cadre.press('发起征询', '')
    await cadre.fill({
      ...{ kind: 'project', organisation: '一分公司', title: asked, text: '拟投资八万元。' },
      ...{ questions: '是否同意立项？', ...audience, naming: 'signed', until, remind: ['1', '0'] },
    })
    await cadre.sees('发出前请核对', asked)
    await cadre.press('发出', asked)
    await expect.poll(async () => (await consultation())?.state, { timeout: 15_000 }).toBe('open')

    /** At a terminal, where nobody is written to, from the list of what one got. */
    const opens = async (name: string, list: string, about: string, label: string) => {
      const seat = seats.seatOf(name)
      await seat.sees(about)
      if (surface === 'terminal') {
        await seat.say(list)
        const shown = await seat.sees(about, '查看')
        const [, shows] = /\[(\d+)\] 查看/.exec(shown.slice(shown.indexOf(about))) ?? []
        await seat.say(shows!)
      }
      await seat.press(label, about)
    }
    await opens('张三', '我的问卷', title, '填写')
    // At a terminal questions go by what they say.
    const isTyped = surface === 'terminal'
    await seats.seatOf('张三').fill(isTyped ? { 满意吗: '满意' } : { q1: '满意' })
    await opens('张三', '我的征询', asked, '发表意见')
    await seats
      .seatOf('张三')
      .fill({ ...(isTyped ? { '是否同意立项？': '1' } : { q0: '0' }), remark: '先试点。' })
    if (inGroup) {
      await inGroup.sees(title)
      await inGroup.press('填写', title)
      await inGroup.fill({ q1: '不满意' })
    }
    const { id } = (await collection())!
    const answers = async () =>
      (await db.selectFrom('collection_answer').select('id').where('collection', '=', id).execute()).length
    await expect.poll(answers, { timeout: 15_000 }).toBe(inGroup ? 2 : 1)
    // The rest of five answer as anybody does, without a screen.
    await stage.store.transaction(async (trx) => {
      for (const name of inGroup ? ['陈晨', '卫工', '孙工'] : ['陈晨', '卫工', '孙工', '冯工']) {
        const given = { person: stage.people[name]!, version: 1, values: { q1: '满意' }, now: stage.now() }
        await keepAnswer(trx, createCirculationPort(), await readCollection(trx, id), given)
      }
    })

    stage.passTo(new Date(Date.parse(`${dayIn(6, until)}T01:00:30Z`)))
    await seats.seatOf('褚工').sees('提醒：这份问卷您还没有填', title)
    await seats.seatOf('褚工').sees('提醒：这项征询您还没有答复', asked)
    expect(await seats.seatOf('张三').hasSeen('提醒：这项')).toBe(false)

    stage.passTo(new Date(`${until}T10:00:30Z`))
    await cadre.sees(`信息收集“${title}”已结束：收到 5 份`)
    stage.passTo(new Date(`${until}T10:02:00Z`))
    const result = await seats
      .seatOf('张三')
      .sees(`${title}：5 份`, inGroup ? '满意：4（80%）' : '满意：5（100%）')
    expect(result).toContain('满意吗')
    expect(await seats.seatOf('褚工').hasSeen(`${title}：5 份`)).toBe(false)
    await cadre.say((await collection())!.number)
    await cadre.sees(title, '收到 5 份')

    const { number } = (await consultation())!
    await cadre.say(number)
    await cadre.sees(number, '答复')
    await cadre.press('记录决定并反馈', number)
    await cadre.fill({ decision: '同意立项。', adoption: '先试点。', adopted: '1' })
    await seats.seatOf('张三').sees(`征询反馈：${asked}`, '同意立项。', '先试点。')
    expect(await seats.seatOf('褚工').hasSeen(`征询反馈：${asked}`)).toBe(false)
  },
)

function dayIn(days: number, from?: string): string {
  if (from !== undefined)
    return new Date(Date.parse(from) - 86_400_000 * (7 - days)).toISOString().slice(0, 10)
  return new Date(stage.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** The group in which somebody has said something, as the bot knows it. */
async function groupOf(surface: SurfaceName): Promise<Chat | undefined> {
  const rows = await stage.store.db.selectFrom('inbox').select('conversation').execute()
  return rows
    .map(({ conversation }) => JSON.parse(conversation) as [string, string, string, string])
    .map(([platform, installation, chat]) => ({ platform, installation, chat }))
    .findLast(({ platform, chat }) => platform === surface.toLowerCase() && /^(C|oc_)/.test(chat))
}
