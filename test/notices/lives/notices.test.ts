import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
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

/** Each surface has a matter of its own: what was sent on one is not in the way of the next. */
const matters: Record<SurfaceName, string> = {
  web: '年会通知',
  Slack: '停电通知',
  Feishu: '体检通知',
  terminal: '开学通知',
}

test.each(['web', 'Slack', 'Feishu', 'terminal'] as const)(
  'a notice from its form to who has not read it, on %s',
  async (surface) => {
    const seats = await stage.moveTo(surface)
    const title = matters[surface]
    const until = dayIn(7)
    const cadre = seats.seatOf('吴主席')
    const { db } = stage.store
    const notice = () => db.selectFrom('notice').selectAll().where('title', '=', title).executeTakeFirst()
    /** Presses 知悉; at a terminal, where nobody is written to, from the list of what one got. */
    const knows = async (name: string) => {
      const seat = seats.seatOf(name)
      await seat.sees(title)
      if (surface === 'terminal') {
        await seat.say('我的通知')
        const [, shows] = /\[(\d+)\] 查看/.exec(await seat.sees('我收到的通知', title)) ?? []
        await seat.say(shows!)
      }
      await seat.press('知悉', title)
    }
    const read = async () => {
      const rows = await db
        .selectFrom('circulation_person')
        .innerJoin('circulation', 'circulation.id', 'circulation_person.circulation')
        .select('person')
        .where('origin', '=', `notices:${(await notice())?.id}`)
        .where('circulation_person.state', '=', 'answered')
        .execute()
      return rows.length
    }

    const inGroup = stage.inGroup(surface, '冯工')
    if (inGroup) {
      await inGroup.say('帮助')
      await expect.poll(() => groupOf(surface), { timeout: 15_000 }).toBeDefined()
      const chat = (await groupOf(surface))!
      await stage.store.transaction((trx) => bindChat(trx, chat, stage.people.branch!))
    }
    await cadre.say('发通知')
    await cadre.press('写通知', '')
    await cadre.fill({
      ...{ kind: 'notice', organisation: '一分公司', title, text: `${title}，请知悉。` },
      ...{
        toKinds: inGroup ? ['groups', 'members', 'people'] : ['members', 'people'],
        toAt: '一分公司',
        toPeople: '张三、陈晨、褚工',
      },
      ...{ asks: 'yes', until, remind: ['1', '0'] },
    })
    await cadre.sees('发出前请核对', title)
    await cadre.press('发出', title)
    await expect.poll(async () => (await notice())?.state, { timeout: 15_000 }).toBe('sent')
    await knows('张三')
    await knows('陈晨')
    if (inGroup) {
      await inGroup.sees(title)
      await inGroup.press('知悉', title)
    }
    await expect.poll(read, { timeout: 15_000 }).toBe(inGroup ? 3 : 2)

    stage.passTo(new Date(`${until}T01:00:30Z`))
    await seats.seatOf('褚工').sees('提醒：这条通知您还没有点', title)
    stage.passTo(new Date(`${until}T10:00:30Z`))
    await cadre.sees(`通知“${title}”已到期：${inGroup ? 3 : 2} 人知悉`)
    const { number } = (await notice())!
    await cadre.say(number)
    expect(await cadre.sees(number, '已知悉')).toContain(`已知悉 ${inGroup ? 3 : 2} 人`)
    await cadre.press('谁还没看', number)
    // Elsewhere the list opens beside the conversation, where the press has already met it.
    if (surface === 'web' || surface === 'Slack') return
    expect(await cadre.sees(`${number}：`, '人未知悉', '褚工')).not.toContain('张三')
  },
)

function dayIn(days: number): string {
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
