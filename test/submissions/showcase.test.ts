import { afterEach, expect, test } from 'vitest'
import { bindChat } from '../../src/people/chats.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { shown } from './problem-samples.ts'
import { saidAgainst } from './said-against.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const nomination = {
  ...{ name: '退休老专家刘工', variety: 'individual', nominee: '', by: 'colleague' },
  ...{ position: '集团技术顾问', deeds: '退休十年，仍带出徒弟二十人，解决难题三十个。' },
  ...{ achievement: '专利两项。', noViolation: 'yes', video: '' },
}
const chat = (name: string) => ({ platform: 'chat', installation: 't', chat: name })

describeEachDatabase('the showcase of a model case', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('follows fewer opinions where nobody is above, is looked over first, reaches each group once, and is stopped', async () => {
    house = await openSubmissionsHouse(open)
    const { branch, group, other } = house.people
    await house.store.transaction(async (trx) => {
      await bindChat(trx, chat('一分公司群'), branch!)
      await bindChat(trx, chat('集团群'), group)
      await bindChat(trx, chat('二分公司群'), other!)
    })
    const { number } = await house.sendIn('周建国', nomination, 'model-case')
    const state = async () => (await house.row(number)).state
    const opinion = { opinion: '事迹经集团核实，群众认可。' }
    // Above the group there is nothing: the unit's opinion goes to the association, without a superior's.
    expect(await saidAgainst(house.act('吴主席', number, 'agree', opinion))).toContain('上面没有可报的单位')
    await house.act('吴主席', number, 'agree-here', opinion)
    expect(await state()).toBe('association')
    await house.act('吴主席', number, 'endorse', opinion)
    await house.act('吴主席', number, 'publish')
    await house.waitUntil('2026-03-10T02:00:00Z')
    await house.act('吴主席', number, 'honour', { honour: '科技贡献奖', document: '集团〔2026〕3 号' })
    const text = '刘工退休十年，仍带出徒弟二十人。'
    await house.act('吴主席', number, 'draft-vouched', { text, consent: '三月十日电话确认' })

    const posting = async (action: string, groups: string) => {
      const row = await house.row(number)
      const value = { submission: row.id, action, seen: String(row.stage) }
      const opened = await house.click('吴主席', { action: 'submissions.act', value })
      let lines: string[] = []
      const done = await house.fillIn('吴主席', opened, { groups }, undefined, ({ intro }) => {
        lines = intro
      })
      return { done, preview: lines.join('\n') }
    }
    const refused = async (groups: string) =>
      saidAgainst(posting('showcase-more', groups).then(({ done }) => done))
    const counts = () =>
      ['一分公司群', '二分公司群', '集团群'].map(
        (name) =>
          house.cardsIn({ ...chat(name), thread: '' }).filter((card) => shown(card).includes(text)).length,
      )

    const first = await posting('showcase', '一分公司、二分公司')
    expect(first.preview).toContain('将发到 2 个群')
    expect(first.preview).toContain('二分公司：1 个群')
    expect(first.preview).toContain(`发布内容：${text}`)
    await house.settle()
    expect(await state()).toBe('showcased')
    expect(counts()).toEqual([1, 1, 0])

    expect(await refused('一分公司')).toContain('同一个群只发一次')
    // What has not gone out yet is stopped by whoever handles it, and goes out when it is sent again.
    await house.waitUntil('2026-03-10T02:01:00Z')
    house.takesNothing(true)
    const more = await posting('showcase-more', '一分公司、华北重工')
    expect(more.preview).toContain('将发到 1 个群')
    expect(more.preview).toContain('一分公司：已发过，不再发')
    await house.settle()
    const { id } = await house.row(number)
    const stop = (name: string) =>
      house.click(name, { action: 'submissions.showcase-stop', value: { submission: id } })
    expect(await saidAgainst(stop('外人'))).not.toContain('停止')
    const stopped = await stop('吴主席')
    expect(stopped.toast).toContain('已停止')
    expect(shown(stopped.replace!)).toContain('已停止，1 个群未发：华北重工')
    expect(await saidAgainst(stop('吴主席'))).toContain('都已经发出')
    house.takesNothing(false)
    await house.settle()
    expect(counts()).toEqual([1, 1, 0])

    // Of a group that is not there any more the sender hears, and so does whoever opens the record.
    await house.waitUntil('2026-03-10T02:02:00Z')
    house.fake.fate = (operation) =>
      operation.to.type === 'conversation' && operation.to.conversation.chat === '集团群' ? 'gone' : 'ok'
    await posting('showcase-more', '华北重工')
    await house.settle()
    await house.waitUntil('2026-03-10T02:13:00Z')
    expect(shown(house.cardsOf('吴主席'))).toContain('华北重工')
    expect(shown(await house.type('吴主席', number))).toContain('1 个群已解散或机器人已被移出')
    house.fake.fate = () => 'ok'
    await posting('showcase-more', '华北重工')
    await house.settle()
    expect(counts()).toEqual([1, 1, 1])
  })
})
