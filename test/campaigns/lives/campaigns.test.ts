import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage, type SurfaceName } from '../../submissions/lives/stage.ts'
import { CampaignLife } from './campaign-life.ts'

const proposal = {
  ...{ variety: 'proposal', category: 'process', defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。' },
  ...{ method: '夹具改为快换式定位销，另备一台换型小车。', effect: '换型时间由四十分钟降到十分钟。' },
}

describe('the main way of a campaign', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterEach(() => expect(stage.errors).toEqual([]))
  afterAll(async () => {
    await stage.stop()
  })

  test.each<SurfaceName>(['web', 'Slack', 'Feishu', 'terminal'])('on %s', async (surface) => {
    const life = new CampaignLife(stage, await stage.moveTo(surface), surface)
    const [cadre, author] = [life.seat('吴主席'), life.seat('张三')]
    const title = `${surface}建议月`
    const number = await life.opens(title)
    // Where no group is bound, each person is told.
    await author.sees(`《${title}》开始了`, '合理化建议自动参评')

    const entry = await life.sendsIn('张三', { ...proposal, title: `${surface}快换夹具` })
    await author.sees(entry, `已参加《${title}》`)
    await life.sendsIn('陈晨', { ...proposal, title: `${surface}照明改造` })
    await cadre.say(`活动排行 ${number}`)
    await cadre.sees(`《${title}》活动排行`, '共 2 件')
    await cadre.say(`活动统计 ${number}`)
    await cadre.sees('参与率')

    await life.passesEnd(title)
    await cadre.sees(`《${title}》（${number}）已截止，共 2 件参评`)
    await author.say(number)
    await author.sees(title, '评审中')
  })
})
