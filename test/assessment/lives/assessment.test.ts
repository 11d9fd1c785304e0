import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage, type SurfaceName } from '../../submissions/lives/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => expect(stage.errors).toEqual([]))
afterAll(async () => {
  await stage.stop()
})

const titled = (text: string) => ({ 'zh-CN': text, en: text })
/** A sheet of one measure. */
const short = JSON.stringify({
  ...{ name: 'short', title: titled('短考核表'), for: 'unit', total: 10, praised: [] },
  groups: [
    {
      ...{ name: 'all', title: titled('全部'), points: 10 },
      measures: [{ name: 'rules', title: titled('制度'), points: 10, by: 'hand' }],
    },
  ],
  grades: [
    { name: 'good', title: titled('良好'), least: 6 },
    { name: 'failed', title: titled('不合格'), least: 0 },
  ],
})

test.each<SurfaceName>(['web', 'Slack', 'Feishu', 'terminal'])(
  'an assessment from its form to its published result, on %s',
  async (surface) => {
    const seats = await stage.moveTo(surface)
    const [cadre, liaison, checker] = ['吴主席', '李梅', '周建国'].map((name) => seats.seatOf(name))
    const title = `${surface}考核`
    const day = (n: number) => new Date(stage.now().getTime() + n * 86_400_000).toISOString().slice(0, 10)
    await cadre!.say('发起考核')
    await cadre!.press('发起考核', '选定考核表')
    const days = { from: day(-30), to: day(10), fill: day(3), check: day(5), notice: '1' }
    await cadre!.fill({
      ...{ title, organisation: '华北重工', sheet: 'unit-annual', units: '一分公司', checkers: '周建国' },
      ...days,
    })
    const shown = await cadre!.sees(title, '发起前请核对')
    const number = /KH-2026-\d{4}/.exec(shown)![0]
    // The sheet is made short, so that the way is walked and not each of its measures.
    await stage.store.transaction((trx) =>
      trx.updateTable('assessment').set({ sheet: short }).where('number', '=', number).execute(),
    )
    await cadre!.press('发起', title)
    const state = async () =>
      (
        await stage.store.db.selectFrom('assessment').select('state').where('number', '=', number).execute()
      )[0]?.state
    await expect.poll(state, { timeout: 15_000 }).toBe('open')

    const points = (given: string) => ({ 'p-rules': given, '制度（0–10 分）': given })
    await liaison!.say('我的考核')
    await liaison!.press('自评', title)
    await liaison!.fill(points('10'))
    await liaison!.sees('自评已提交，共 10 分')
    await checker!.say('我的考核')
    await checker!.press('审核', title)
    await checker!.fill(points('10'))
    await checker!.sees('审核完成，共 10 分')

    await cadre!.say(number)
    await cadre!.press('公布结果', title)
    await cadre!.press('确认公布', '公示 1 天')
    await expect.poll(state, { timeout: 15_000 }).toBe('published')
    await liaison!.say('我的考核')
    await liaison!.sees('公示中的结果', title, '第 1 名')
  },
)
