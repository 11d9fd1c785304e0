import { afterEach, expect, test } from 'vitest'
import type { Profile } from '../../src/chat/profile.ts'
import { keepProfile } from '../../src/people/directory.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type HelpHouse, openHelpHouse, textOf } from './help-house.ts'

const question = '外单位能不能参加讲比活动'
const blank: Profile = { name: '', departments: [], language: 'zh-CN', timeZone: '' }

describeEachDatabase('a question put to a person', (open) => {
  let house: HelpHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const says = (user: string, profile: Partial<Profile>) =>
    house.store.transaction(async (trx) =>
      keepProfile(trx, accountOf(user), { ...blank, ...profile }, await house.store.now(trx)),
    )

  test('names a guest as the directory does, and tells them so; times are those of who reads', async () => {
    house = await openHelpHouse(open)
    await says('访客一', { name: '王五', departments: ['技术部'] })
    await says('周建国', { timeZone: 'Europe/Berlin' })
    const opened = await house.click('访客一', 'help.ask')
    expect(opened.form!.intro.join()).toContain('王五（技术部，')
    await house.fillIn('访客一', opened, { question })
    await house.settle()
    const card = textOf(house.cardsOf('周建国')[0]!)
    expect(card).toContain('提问人：王五（技术部，')
    expect(card).toMatch(/提问时间：\d+月\d+日 \d\d:\d\d（GMT\+[12]）/)
    const [facts] = await house.desk.list(house.people.周建国!)
    expect(facts).toMatchObject({ asker: null, guest: { name: '王五' } })
  })

  test('stays without a name where no directory has one', async () => {
    house = await openHelpHouse(open)
    const opened = await house.click('访客一', 'help.ask')
    expect(opened.form!.intro.join()).not.toContain('通讯录')
    await house.fillIn('访客一', opened, { question })
    await house.settle()
    const card = textOf(house.cardsOf('周建国')[0]!)
    expect(card).toContain('提问人：访客')
    expect(card).toMatch(/提问时间：\d+月\d+日 \d\d:\d\d"/)
  })
})
