import { expect, test } from 'vitest'
import { agreement, offer, problem } from '../problem-samples.ts'
import { describeOnSurfaces } from './on-surfaces.ts'

const result = {
  title: '薄板激光焊变形控制工艺',
  ...{ variety: 'process', stage: 'pilot' },
  summary: '用随焊冷却抑制薄板变形，平面度由三毫米降到半毫米。',
  use: '不锈钢薄板箱体、车体侧墙的焊接。',
  ...{ evidence: '发明专利一项，已在二车间试用半年。', holder: '一分公司' },
  wanted: ['licence', 'inside'],
}

describeOnSurfaces({
  'technical-problem': (open) => {
    test('is published, offered for, agreed on, worked at by milestones and solved', async () => {
      const life = await open()
      await life.sendIn('张三', problem)
      await life.sees('李梅', '变形量不超过一毫米')
      await life.does('李梅', 'check')
      await life.sees('何总', '审核通过，待发布')
      await life.does('何总', 'publish', { closing: life.dayIn(13) })
      await life.sees('张三', '已发布')
      await life.looksUp('孙工')
      await life.does('孙工', 'offer', offer)
      life.stage.passDays(15)
      await life.sees('何总', '揭榜截止', '孙工')
      await life.does('何总', 'choose', { reason: '思路完整，条件具备。' })
      await life.sees('孙工', '已被选定')
      await life.does('李梅', 'agree', {
        ...agreement,
        ...{ signedOn: life.dayIn(0), due: life.dayIn(200) },
      })
      await life.sees('孙工', '协议已签')
      await life.does('孙工', 'add-milestone', { title: '变形仿真', due: life.dayIn(60) })
      await life.looksUp('孙工')
      await life.does('孙工', 'begin')
      await life.sees('张三', '已排定节点，开始攻关')
      await life.does('孙工', 'report-milestone', { result: '仿真误差在一成以内。' })
      await life.sees('李梅', '仿真误差在一成以内')
      await life.looksUp('李梅')
      await life.does('李梅', 'accept-milestone', { remark: '同意。' })
      await life.sees('张三', '节点 1 已通过验收')
      await life.looksUp('孙工')
      await life.does('孙工', 'deliver', { result: '变形零点八毫米，返工率百分之三。' })
      await life.does('卫工', 'solve', { opinion: '达到指标。', benefit: '300000' })
      await life.sees('张三', '验收通过：达到指标。')
      await life.isOver()
      expect(await life.row()).toMatchObject({ state: 'solved', benefit: 300_000 })
    })
  },

  result: (open) => {
    test('is checked, listed, asked for and transferred', async () => {
      const life = await open()
      await life.sendIn('张三', result)
      await life.sees('李梅', '用随焊冷却抑制薄板变形')
      await life.does('李梅', 'list')
      await life.sees('张三', '已核实入库')
      await life.looksUp('孙工')
      await life.does('孙工', 'contact', { purpose: '想用在箱体焊接上。', reach: '铸造车间 5566' })
      await life.sees('张三', '孙工希望对接：想用在箱体焊接上。')
      const terms = { partner: '铸造车间', manner: 'inside', signedOn: life.dayIn(0), income: '50000' }
      await life.does('张三', 'transfer', terms)
      await life.reaches('transferred')
      await life.isOver()
      expect(await life.history()).toEqual([
        ...['张三 send-in', '李梅 list', '孙工 contact', '张三 transfer'],
      ])
    })
  },
})
