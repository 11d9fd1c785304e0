import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { type HelpHouse, openHelpHouse, privateChat } from './help-house.ts'

describeEachDatabase('questions to people', (open) => {
  let house: HelpHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const ask = async (user: string) =>
    house.fillIn(user, await house.click(user, 'help.ask'), { question: '外单位能不能参加讲比活动' })
  const askOften = async (user: string, times: number) => {
    for (let time = 0; time < times; time += 1) await ask(user)
  }
  const refused = (key: string) => expect.objectContaining({ key })

  test('a guest does not fill the lists of those who answer, nor do many guests', async () => {
    house = await openHelpHouse(open)
    await askOften('访客一', 5)
    await expect(ask('访客一')).rejects.toEqual(refused('help:ask.too-many'))
    for (const guest of ['访客二', '访客三', '访客四', '访客五', '访客六']) await askOften(guest, 5)
    await expect(ask('访客七')).rejects.toEqual(refused('help:ask.too-many-guests'))
    // Those who are known ask on.
    await ask('张三')
    expect(await house.requests()).toHaveLength(31)
    await house.waitUntil('2026-03-02T02:01:00Z')
    await ask('访客七')
    // What waits still counts for its asker.
    await expect(ask('访客一')).rejects.toEqual(refused('help:ask.too-many'))
  })

  test('a button that was made to carry anything settles nothing, and breaks nothing', async () => {
    house = await openHelpHouse(open)
    await house.ask('张三', { question: '经费几月拨付' })
    await house.reply('李梅', '每季度一次。')
    const request = (await house.requests())[0]!.id
    for (const round of ['', '0', '2', 'NaN', '1e999', '99999999999', ' 1', '1.0', '__proto__']) {
      for (const action of ['help.solved', 'help.unsolved']) {
        await expect(house.click('张三', action, { request, round })).rejects.toEqual(refused('help:over'))
      }
    }
    expect((await house.requests())[0]).toMatchObject({ state: 'answered', round: 1 })
  })

  test('a form that was opened before is refused as well, and taking back makes no room at once', async () => {
    house = await openHelpHouse(open)
    const group = { ...privateChat('大家'), chat: 'group' }
    const before = await house.click('张三', 'help.ask', {}, { conversation: group, group: true })
    for (let time = 0; time < 20; time += 1) {
      await ask('张三')
      const request = (await house.requests()).at(-1)!.id
      await house.click('张三', 'help.withdraw', { request })
    }
    const late = house.fillIn('张三', before, { question: '迟' })
    await expect(late).rejects.toEqual(refused('help:ask.too-many'))
    expect(await house.requests()).toHaveLength(20)
  })
})
