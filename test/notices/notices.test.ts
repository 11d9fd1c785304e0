import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { branchGroup, buttonsOf, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const filled = {
  ...{
    kind: 'notice',
    organisation: '一分公司',
    title: '科协年会',
    text: '周五下午两点，三楼会议室。\n\n请准时参加。',
  },
  ...{ toKinds: ['groups', 'members'], toAt: '', toBelow: '', toRoles: [], toPeople: '' },
  ...{ asks: 'yes', until: '2026-03-06', remind: [] },
}

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)
  return {
    ...{ ...house, button, last },
    /** Fills in a notice as somebody does who types 发通知; gives the preview. */
    async write(name: string, values: Record<string, string | string[]> = {}): Promise<Card> {
      const [offer] = await house.type(name, '发通知')
      const opened = await house.click(name, button(offer, '写通知'))
      await house.fillIn(name, opened, { ...filled, ...values })
      await house.settle()
      return last(name)!
    },
    titles: (name: string) => house.cardsOf(name).flatMap(({ title }) => title ?? []),
  }
}

describeEachDatabase('a notice', (open, dialect) => {
  test('goes out after the last press, is confirmed, reminded, corrected and withdrawn', async () => {
    const house = await openHouse(open)
    const { button, last, time } = house
    const preview = await house.write('王强')
    expect(preview.title).toBe('发出前请核对：TZ-2026-0001')
    expect(JSON.stringify(preview)).toContain('将私信 9 人，发到 1 个群')
    expect(JSON.stringify(preview)).toContain('2026-03-05 09:00')
    expect(JSON.stringify(preview)).toContain('一分公司 · TZ-2026-0001')
    await house.settle()
    expect(house.titles('张三')).not.toContain('通知：科协年会')

    const stale = button(preview, '发出')
    const change = await house.click('王强', button(preview, '修改'))
    expect(change.form?.fields.find(({ name }) => name === 'title')?.value).toBe('科协年会')
    await house.fillIn('王强', change, { title: '科协年会改期' })
    await house.settle()
    await expect(house.click('王强', stale)).rejects.toThrow('notices:refused.changed')
    await house.click('王强', button(last('王强'), '发出'))
    await house.settle()
    const card = last('张三')!
    expect(card.title).toBe('通知：科协年会改期')
    expect(house.cardsIn(branchGroup)).toHaveLength(1)

    // Pressed twice it is noted once; the group's card follows calmly.
    const read = button(card, '知悉')
    const pressed = await house.click('张三', read)
    expect(pressed.toast).toBe('已记下，您已知悉。')
    expect(buttonsOf(pressed.replace!)).toEqual([])
    expect((await house.click('张三', read)).toast).toBe('您之前已知悉。')
    await house.click('陈晨', button(house.cardsIn(branchGroup)[0], '知悉'), {
      conversation: branchGroup,
      group: true,
    })
    expect(JSON.stringify(house.cardsIn(branchGroup)[0])).toContain('已知悉 0 人')
    await house.waitUntil('2026-03-02T01:02:00Z')
    expect(JSON.stringify(house.cardsIn(branchGroup)[0])).toContain('已知悉 2 人，未知悉 7 人')

    // What waits stands among one's own.
    const [mine] = await house.type('褚工', '我的通知')
    expect(JSON.stringify(mine)).toContain('待知悉')
    const [list] = await house.type('王强', '通知')
    expect(JSON.stringify(list)).toContain('已知悉 2，未知悉 7')
    const shown = await house.click('王强', button(list, '查看'))
    const missing = await house.click('王强', button(shown.beside, '谁还没看'))
    expect(missing.beside?.title).toBe('TZ-2026-0001：7 人未知悉')
    expect(JSON.stringify(missing.beside)).toContain('褚工')
    expect(JSON.stringify(missing.beside)).not.toContain('张三')

    await house.waitUntil('2026-03-05T01:00:00Z')
    expect(JSON.stringify(last('褚工'))).toContain('提醒：这条通知您还没有点')
    expect(house.titles('张三').filter((title) => title.startsWith('通知：'))).toHaveLength(1)

    const correct = await house.click('王强', button(shown.beside, '更正'))
    await house.fillIn('王强', correct, { text: '改到周六。' })
    await house.settle()
    // Whoever knew it as it was is told; the others hear it with their card.
    expect(JSON.stringify(last('张三'))).toContain('您已知悉的通知“科协年会改期”有更正')
    expect(JSON.stringify(last('褚工'))).not.toContain('有更正')
    const corrected = house.cardsOf('张三').find(({ title }) => title === '通知：科协年会改期')
    expect(JSON.stringify(corrected)).toContain('改到周六。')
    expect(JSON.stringify(corrected)).toContain('更正')
    expect(buttonsOf(corrected!)).toEqual([])
    expect(JSON.stringify(house.cardsIn(branchGroup)[0])).toContain('改到周六。')

    // Asked to confirm again, they count as not having done so.
    const anew = await house.click('王强', button(shown.beside, '更正'))
    await house.fillIn('王强', anew, { text: '改到周日。', again: 'yes' })
    await house.settle()
    expect(JSON.stringify(last('张三'))).toContain('这条通知的内容已更正，请看过后点')
    const [none] = await house.type('王强', '通知')
    expect(JSON.stringify(none)).toContain('已知悉 0，未知悉 9')
    expect((await house.click('张三', button(last('张三'), '知悉'))).toast).toBe('已记下，您已知悉。')
    await house.waitUntil('2026-03-06T10:00:00Z')
    expect(JSON.stringify(last('王强'))).toContain('1 人知悉，8 人未知悉')
    const withdraw = await house.click('王强', button(shown.beside, '撤回'))
    await house.fillIn('王强', withdraw, { reason: '会议取消' })
    await house.settle()
    expect(JSON.stringify(house.cardsIn(branchGroup)[0])).toContain('这条通知已撤回。原因：会议取消')
    await expect(house.click('褚工', read)).rejects.toThrow('notices:refused.withdrawn')
    expect(house.errors).toEqual([])
    expect(time.now.toISOString()).toBe('2026-03-06T10:00:00.000Z')
  })

  if (dialect === 'postgres') return

  test('is for those who may, and is seen by those who got it', async () => {
    const house = await openHouse(open)
    const [refused] = await house.type('张三', '发通知')
    expect(JSON.stringify(refused)).toContain('发通知、保存链接、编科技动态，须是本单位的科协干部或联络员')
    const [none] = await house.type('张三', '通知')
    expect(JSON.stringify(none)).toContain('还没有通知')
    // Each mistake is named beside its field.
    await expect(house.write('王强', { toAt: '没有的单位' })).rejects.toThrow('toAt: 没有找到单位')
    await expect(house.write('李梅', { toBelow: 'yes' })).rejects.toThrow('您不能向其中的单位群发')
    await expect(house.write('王强', { toAt: '铸造车间' })).rejects.toThrow('还没有绑定的群')
    await expect(house.write('王强', { until: '2026-03-01' })).rejects.toThrow('until')
    await expect(house.write('王强', { asks: '', remind: ['1'] })).rejects.toThrow('remind')
    const preview = await house.write('李梅', { toKinds: ['people'], toPeople: '张三', asks: '', until: '' })
    await expect(house.click('张三', house.button(preview, '发出'))).rejects.toThrow('notices:gone')
    await house.settle()
    expect(house.titles('张三')).not.toContain('通知：科协年会')
    await house.click('李梅', house.button(preview, '发出'))
    await house.settle()
    expect(house.titles('张三')).toContain('通知：科协年会')
    const [own] = await house.type('张三', 'TZ-2026-0001')
    expect(own?.title).toBe('通知：科协年会')
    const [foreign] = await house.type('外人', 'TZ-2026-0001')
    expect(JSON.stringify(foreign)).toContain('没有这条通知')
    expect(house.errors).toEqual([])
  })

  test('is put together from links that cadres keep, and goes out as a notice', async () => {
    const house = await openCampaignHouse(open)
    const press = (name: string, label: string) => {
      const card = house.cardsOf(name).at(-1)!
      return house.click(name, buttonsOf(card).find((one) => one.label === label)!)
    }
    for (const bad of ['javascript:alert(1)', 'ftp://a.cn/x', 'https://a:b@c.cn/', '随便']) {
      const [refused] = await house.type('王强', `保存链接 ${bad} 标题`)
      expect(JSON.stringify(refused)).toContain('这不是网址')
    }
    const [staff] = await house.type('张三', '保存链接 https://a.cn/1 标题')
    expect(JSON.stringify(staff)).toContain('须是本单位的科协干部或联络员')
    await house.type('王强', '保存链接 https://a.cn/1?x=1 新材料突破')
    await house.type('王强', '保存链接 https://a.cn/1?x=1 同一条')
    const [saved] = await house.type('王强', '保存链接 https://a.cn/2 强国战略')
    expect(JSON.stringify(saved)).toContain('待用链接共 2 条')
    await press('王强', '归到“战略”')

    // Monday, nine: the cadre is asked.
    await house.waitUntil('2026-03-09T01:00:00Z')
    expect(house.cardsOf('王强').at(-1)?.title).toBe('编科技动态')
    const compiled = await press('王强', '编成一期科技动态')
    await house.fillIn('王强', compiled, { toKinds: ['members'], toAt: '' })
    await house.settle()
    const preview = house.cardsOf('王强').at(-1)!
    expect(preview.blocks).toContainEqual({ type: 'link', label: '新材料突破', url: 'https://a.cn/1?x=1' })
    await press('王强', '发出')
    await house.settle()
    const got = house.cardsOf('张三').at(-1)!
    expect(got.title).toBe('科技动态：科技动态 2026-03-09')
    expect(got.blocks.filter(({ type }) => type === 'link')).toHaveLength(2)
    const [list] = await house.type('王强', '保存的链接')
    expect(JSON.stringify(list)).toContain('还没有待用的链接')
    expect(house.errors).toEqual([])
  })

  test('a group is told what was done in a week once a cadre has switched it on', async () => {
    const house = await openHouse(open)
    const inGroup = { conversation: branchGroup, group: true }
    await house.type('张三', '开启周报', inGroup)
    expect(JSON.stringify(house.last('张三'))).toContain('须是本单位的科协干部或联络员')
    await house.type('王强', '开启周报', inGroup)
    expect(JSON.stringify(house.last('王强'))).toContain('2026-03-09 09:00')
    const preview = await house.write('王强', { toKinds: ['people'], toPeople: '张三', asks: '', until: '' })
    await house.click('王强', house.button(preview, '发出'))
    await house.waitUntil('2026-03-09T01:00:00Z')
    const posts = () => house.cardsIn(branchGroup).filter(({ title }) => title === '一分公司工作周报')
    expect(JSON.stringify(posts())).toContain('发出通知 1 条')
    // The text comes first, the chart follows in its place.
    const pictures = () => posts()[0]!.blocks.filter(({ type }) => type === 'picture')
    expect(pictures()).toEqual([])
    await house.waitUntil('2026-03-09T01:01:00Z')
    expect(pictures()).toMatchObject([
      {
        alt: '一分公司工作周报：上周：建议、成果等 0、活动 0、通知 1；前一周：建议、成果等 0、活动 0、通知 0',
      },
    ])
    expect(posts()).toHaveLength(1)
    await house.waitUntil('2026-03-16T01:00:00Z')
    expect(posts()).toHaveLength(2)
    await house.type('王强', '关闭周报', inGroup)
    await house.type('王强', '开启月报', inGroup)
    expect(JSON.stringify(house.last('王强'))).toContain('2026-04-01 09:00')
    await house.waitUntil('2026-03-23T02:00:00Z')
    expect(posts()).toHaveLength(2)
    const months = () => house.cardsIn(branchGroup).filter(({ title }) => title === '一分公司工作月报')
    await house.waitUntil('2026-04-01T01:00:00Z')
    expect(JSON.stringify(months())).toContain('2026-03-01 至 2026-03-31')
    expect(JSON.stringify(months())).toContain('发出通知 1 条')
    // The first of May is a holiday, as are the days after it.
    await house.waitUntil('2026-05-01T01:00:00Z')
    expect(months()).toHaveLength(1)
    await house.waitUntil('2026-05-06T01:00:00Z')
    expect(months()).toHaveLength(2)
    expect(JSON.stringify(months()[1])).toContain('2026-04-01 至 2026-04-30')
    await house.type('王强', '关闭月报', inGroup)
    await house.waitUntil('2026-06-01T02:00:00Z')
    expect(months()).toHaveLength(2)
    expect(house.errors).toEqual([])
  })
})
