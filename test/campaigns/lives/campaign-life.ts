import { expect } from 'vitest'
import type { Seat, Surface, Values } from '../../submissions/lives/seat.ts'
import type { Stage, SurfaceName } from '../../submissions/lives/stage.ts'

/** Campaigns on one surface: who runs them, who takes part. */
export class CampaignLife {
  readonly #stage: Stage
  readonly #surface: SurfaceName
  readonly #seats: Surface

  constructor(stage: Stage, seats: Surface, surface: SurfaceName) {
    this.#stage = stage
    this.#surface = surface
    this.#seats = seats
  }

  seat(name: string): Seat {
    return this.#seats.seatOf(name)
  }

  /** 吴主席 makes a campaign of the template, looks at it and opens it. Gives its number. */
  async opens(title: string): Promise<string> {
    const seat = this.seat('吴主席')
    await seat.say('新建讲比活动')
    await seat.press('合理化建议月', '请选择模板')
    // A few days, so that little else comes due meanwhile.
    const ends = new Date(this.#stage.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
    await seat.fill({ title, organisation: '华北重工', ends, tells: 'groups' })
    const shown = await seat.sees(title, '按“开展”后')
    const number = /JB-2026-\d{4}/.exec(shown)?.[0]
    if (number === undefined) throw new Error(`no number: ${shown}`)
    await seat.press('开展', title)
    await this.#reaches(title, 'open')
    return number
  }

  /** Somebody sends in a proposal by the words for it. Gives its number. */
  async sendsIn(name: string, values: Values): Promise<string> {
    const seat = this.seat(name)
    await seat.say('提建议')
    await seat.press('填写合理化建议', '')
    await seat.fill(values)
    const subject = String(values.title)
    const entries = () =>
      this.#stage.store.db
        .selectFrom('campaign_entry')
        .innerJoin('submission', 'submission.id', 'campaign_entry.submission')
        .select('submission.number')
        .where('submission.subject', '=', subject)
        .executeTakeFirst()
    await expect.poll(async () => (await entries())?.number, { timeout: 15_000 }).toBeDefined()
    return (await entries())!.number
  }

  /** Lets time go by until the morning after its last day. */
  async passesEnd(title: string): Promise<void> {
    const { ends_on: ends } = (await this.#campaign(title))!
    this.#stage.passTo(new Date(Date.parse(`${ends}T16:00:01Z`)))
    await this.#reaches(title, 'reviewing')
    this.#stage.passTo(new Date(Date.parse(`${ends}T16:00:00Z`) + 10 * 3_600_000))
  }

  async #reaches(title: string, state: string): Promise<void> {
    await expect
      .poll(async () => (await this.#campaign(title))?.state, {
        timeout: 15_000,
        message: `${this.#surface} ${title}`,
      })
      .toBe(state)
  }

  #campaign(title: string) {
    return this.#stage.store.db
      .selectFrom('campaign')
      .selectAll()
      .where('title', '=', title)
      .executeTakeFirst()
  }
}
