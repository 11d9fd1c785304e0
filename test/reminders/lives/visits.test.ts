import { expect } from 'vitest'
import { liveOnSurfaces } from './on-surfaces.ts'

/** Who looks after 一分公司 next: each surface has somebody of its own. */
const liaisons = { web: '张三', Slack: '陈晨', Feishu: '褚工', terminal: '卫工' }

liveOnSurfaces({
  'a duty of a liaison is assigned, reminded of and done by the form of its card, with a need and a promise':
    async (life) => {
      const { stage } = life
      const name = liaisons[life.surface]
      const [cadre, liaison] = [life.seat('吴主席'), life.seat(name)]
      // In the months before, another duty is due on the same day.
      if (stage.now() < new Date('2026-05-01T01:00:00Z')) stage.passTo(new Date('2026-05-01T01:00:00Z'))
      await cadre.say('指派联络员')
      await cadre.press('指派', '')
      await cadre.fill({ organisation: '一分公司', role: 'liaison', person: name })
      const title = '电话联系：一分公司'
      const holders = async () =>
        (
          await stage.store.db
            .selectFrom('reminder')
            .innerJoin('reminder_target', 'reminder_target.reminder', 'reminder.id')
            .select('reminder_target.person')
            .where('title', '=', title)
            .where('state', '=', 'active')
            .execute()
        ).map(({ person }) => person)
      await expect.poll(holders, { timeout: 15_000 }).toEqual([stage.people[name]])
      await life.passToNext(title)
      await liaison.sees(title)
      await life.presses(name, '填写', title)
      const promises = `协调检定；${name}；${life.workdayIn(40)}`
      const heard = { people: '王主任', summary: '电话了解近况', needs: `${life.surface}焊机老化`, promises }
      await liaison.fill({ day: life.workdayIn(-7), ...heard })
      const { note } = await life.reaches(title, name, 'acknowledged')
      const shown = await liaison.sees(note, '焊机老化', '协调检定')
      const opinion = await stage.store.db
        .selectFrom('submission')
        .select('number')
        .orderBy('number', 'desc')
        .executeTakeFirst()
      expect(shown).toContain(opinion?.number)
    },
})
