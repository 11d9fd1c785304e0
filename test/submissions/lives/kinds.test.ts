import { expect, test } from 'vitest'
import { describeOnSurfaces } from './on-surfaces.ts'

const lecture = {
  ...{ title: '焊接新工艺讲座', variety: 'activity' },
  purpose: '请省焊接学会专家讲两场新工艺，解决薄板变形问题。',
  plan: '五月上旬办两场，每场六十人，会后整理工艺要点。',
  ...{ amount: '5000', budget: '专家费 4000 元，资料费 1000 元。', others: '无' },
}

const nomination = {
  ...{ name: '退休老专家刘工', variety: 'individual', by: 'colleague', position: '集团技术顾问' },
  ...{ deeds: '退休十年，仍带出徒弟二十人，解决难题三十个。', achievement: '专利两项。', noViolation: 'yes' },
}

const application = {
  ...{ society: '机械工程学会', variety: 'individual', field: '铸造，工程师' },
  reason: '从事铸造工艺十年，想参加学术交流。',
}

describeOnSurfaces({
  'support-request': (open) => {
    test('is checked, recommended, granted in part, accounted for and closed', async () => {
      const life = await open()
      await life.sendIn('张三', lecture)
      await life.sees('李梅', '请省焊接学会专家讲两场新工艺')
      await life.does('李梅', 'check', { opinion: '预算合理，未重复申请。' })
      await life.sees('李梅', '审核通过，待推荐')
      await life.does('李梅', 'recommend', { recommendation: '建议支持 4000 元。' })
      await life.sees('何总', '建议支持 4000 元')
      await life.does('何总', 'grant', {
        ...{ granted: '4000', reason: '资料费由本单位承担。', conditions: '专款专用。' },
        accountBy: life.dayIn(40),
      })
      await life.sees('张三', '申请 5,000 元，批准 4,000 元')
      await life.does('张三', 'account', { report: '两场讲座共一百二十人参加。', used: '4000' })
      await life.sees('李梅', '批准 4,000 元，使用 4,000 元')
      await life.does('李梅', 'accept-account', { opinion: '票据齐全。' })
      await life.sees('张三', '核销通过，已办结')
      await life.isOver()
      expect(await life.row()).toMatchObject({ state: 'closed', granted: 4000, used: 4000 })
    })

    test('stands in the summary of the year, which says where it has its figures and is made a document', async () => {
      const cadre = (await open()).seat('吴主席')
      await cadre.say('2026年年度工作总结')
      await cadre.sees('华北重工2026年度工作总结', '统计时间：2026-01-01 至 2026-12-31')
      await cadre.press('看依据', '华北重工2026年度工作总结')
      // A card that was pressed is done with at some seats.
      await cadre.say('2026年年度工作总结')
      await cadre.press('生成文档', '华北重工2026年度工作总结')
      await cadre.sees('《华北重工2026年度工作总结》初稿已生成')
    })
  },

  'model-case': (open) => {
    test('of a group above which there is nothing needs fewer opinions, is on notice, honoured and filed', async () => {
      const life = await open()
      await life.sendIn('周建国', nomination)
      await life.sees('吴主席', '仍带出徒弟二十人')
      const opinion = { opinion: '事迹经集团核实，群众认可。' }
      await life.does('吴主席', 'agree-here', opinion)
      await life.sees('吴主席', '待科协意见')
      await life.does('吴主席', 'endorse', opinion)
      await life.sees('吴主席', '科协同意，待公示')
      await life.does('吴主席', 'publish', {})
      await life.sees('周建国', '公示中')
      life.stage.passDays(8)
      await life.sees('吴主席', '公示期满，待表彰')
      await life.does('吴主席', 'honour', { honour: '科技贡献奖', document: '集团〔2026〕3 号' })
      await life.sees('周建国', '荣誉称号：科技贡献奖')
      await life.looksUp('吴主席')
      await life.does('吴主席', 'archive')
      await life.reaches('archived')
      await life.isOver()
      expect((await life.history()).slice(0, 4)).toEqual([
        ...['周建国 send-in', '吴主席 agree-here', '吴主席 endorse', '吴主席 publish'],
      ])
    })
  },

  membership: (open) => {
    test('is forwarded, accepted, called to be renewed before its day, and ended', async () => {
      const life = await open()
      await life.sendIn('张三', application)
      await life.sees('李梅', '从事铸造工艺十年')
      await life.does('李梅', 'forward', { letter: '一科协 8 号', forwardedOn: life.dayIn(0) })
      await life.sees('张三', '转交学会（一科协 8 号）')
      await life.looksUp('李梅')
      await life.does('李梅', 'accept', { memberNumber: 'M-7788', until: life.dayIn(40) })
      await life.sees('张三', '会员号 M-7788')
      life.stage.passDays(12)
      await life.sees('张三', '会员资格将在 30 天内到期')
      await life.does('张三', 'end', { reason: '调离专业。' })
      await life.reaches('ended')
      await life.isOver()
      expect(await life.history()).toEqual([
        ...['张三 send-in', '李梅 forward', '李梅 accept', 'call-renewal', '张三 end'],
      ])
    })
  },
})
