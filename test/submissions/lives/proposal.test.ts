import { expect, test } from 'vitest'
import { proposal } from '../submissions-house.ts'
import { describeOnSurfaces } from './on-surfaces.ts'

describeOnSurfaces({
  proposal: (open) => {
    test('goes from its form to an award, and everybody is told what is theirs to know and to do', async () => {
      const life = await open()
      expect(await life.sendIn('张三', proposal)).toContain('李梅')
      expect(await life.sees('李梅', '请您办理', '张三')).toContain('三号线换型要拆装八颗螺栓')
      await life.does('李梅', 'accept')
      await life.sees('张三', '已受理，单位初审中')
      await life.does('李梅', 'send-to-review', {
        opinion: '办法具体，建议评审。',
        reviewers: '赵工、钱工、冯工',
      })
      await life.sees('张三', '单位初审通过，已送评审')
      for (const [reviewer, technical] of [
        ['赵工', '25'],
        ['钱工', '20'],
        ['冯工', '30'],
      ] as const) {
        await life.sees(reviewer, '请您办理')
        const scores = { technical, economic: '20', scope: '15', practical: '18' }
        await life.does(reviewer, 'review', { hasInterest: 'no', ...scores, opinion: '可行，建议采纳。' })
      }
      await life.sees('张三', '评审完毕，待研究决定')
      await life.does('何总', 'decide', {
        outcome: 'rollout',
        opinion: '三号线试用三个月无故障，推广到另外两条线。',
      })
      await life.sees('张三', '采纳，推广实施', '推广到另外两条线')
      const plan = { plan: '三月采购，四月安装。', due: '2026-04-30' }
      await life.does('李梅', 'assign', { owner: '褚工', verifier: '卫工', ...plan })
      await life.sees('张三', '实施中', '三月采购，四月安装。')
      await life.does('褚工', 'finish', { result: '已安装，换型九分钟。' })
      await life.sees('张三', '已安装，换型九分钟。')
      await life.does('卫工', 'confirm', { benefit: '120000', opinion: '属实。' })
      await life.sees('张三', '核定年效益 120,000 元，将予公示')
      await life.does('李梅', 'publish', { text: '张三：三号线夹具改为快换式，年效益 120,000 元。' })
      await life.sees('张三', '公示中', '三号线夹具改为快换式，年效益 120,000 元')
      await life.reaches('notice')
      life.stage.passDays(7)
      await life.sees('张三', '公示期满，无异议')
      await life.does('何总', 'award', { tier: 'third' })
      await life.sees('张三', '已归档', '三等奖')
      await life.isOver()
      expect(await life.row()).toMatchObject({ state: 'archived', benefit: 120_000, award: 'third' })
      expect(await life.history()).toEqual([
        ...['张三 send-in', '李梅 accept', '李梅 send-to-review'],
        ...['赵工 review', '钱工 review', '冯工 review', 'end-review', '何总 decide', '李梅 assign'],
        ...['褚工 finish', '卫工 confirm', '李梅 publish', 'end-notice', '何总 award'],
      ])
    })

    test('comes back for what is missing, and is declined with the reason', async () => {
      const life = await open()
      await life.sendIn('张三', { ...proposal, title: '冷却水循环使用' })
      await life.does('李梅', 'return', { reason: '请写明每班用水多少吨。' })
      await life.sees('张三', '需要补充：请写明每班用水多少吨。')
      await life.does('张三', 'resubmit', { effect: '每班少用水十二吨，换型时间不变。' })
      expect(await life.sees('李梅', '预期效果', '每班少用水十二吨')).toContain('张三')
      await life.does('李梅', 'accept')
      await life.does('李梅', 'decline-first', { reason: '循环管路腐蚀严重，已列入明年大修。' })
      await life.sees('张三', '不予采纳', '理由：循环管路腐蚀严重，已列入明年大修。')
      await life.isOver()
      expect(await life.history()).toEqual([
        ...['张三 send-in', '李梅 return', '张三 resubmit', '李梅 accept', '李梅 decline-first'],
      ])
    })

    test('is taken back by its author while it lies open', async () => {
      const life = await open()
      await life.sendIn('陈晨', { ...proposal, title: '更衣室加装换气扇' })
      await life.sees('李梅', '请您办理', '陈晨')
      await life.opens('陈晨', '我的提交')
      await life.does('陈晨', 'withdraw')
      await life.reaches('withdrawn')
      await life.isOver()
      expect(await life.history()).toEqual(['陈晨 send-in', '陈晨 withdraw'])
      await life.sees('李梅', '本人已撤回')
    })
  },
})
