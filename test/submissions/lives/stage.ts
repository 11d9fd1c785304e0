import type { Account } from '../../../src/chat/incoming.ts'
import { accountKey } from '../../../src/chat/keys.ts'
import type { Platform } from '../../../src/chat/platform.ts'
import { settings } from '../../../src/config.ts'
import { createCarriersFeature } from '../../../src/features/carriers/carriers-feature.ts'
import { openEvents } from '../../../src/features/events/open-events.ts'
import { createResources } from '../../../src/features/resources/resources-feature.ts'
import type { Kinds } from '../../../src/features/submissions/definition/kinds.ts'
import { createSubmissions } from '../../../src/features/submissions/submissions-feature.ts'
import { openHouse } from '../../../src/house.ts'
import { addMembership } from '../../../src/people/memberships.ts'
import { createOrganisation } from '../../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../../src/people/people.ts'
import type { Role } from '../../../src/people/roles.ts'
import { createSession } from '../../../src/people/sessions.ts'
import { webAccountOf } from '../../../src/people/sign-in.ts'
import type { Store, Trx } from '../../../src/store/store.ts'
import { startTestBot, testDataKey } from '../../bot/running-bot.ts'
import { WebGuest } from '../../bot/web-guest.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../../fakes/feishu-server.ts'
import { SlackPerson } from '../../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../../fakes/slack-server.ts'
import { team } from '../../fakes/slack-workspace.ts'
import { FeishuPerson, secrets } from '../../platforms/feishu-stage.ts'
import { openTestStore } from '../../store/open-test-store.ts'
import { FeishuSeat } from './feishu-seat.ts'
import type { Seat, Surface } from './seat.ts'
import { SlackSeat } from './slack-seat.ts'
import { TerminalSeat, Terminals } from './terminal-seat.ts'
import { WebSeat } from './web-seat.ts'

/** Monday, nine in the morning in China. */
const monday = new Date('2026-03-02T01:00:00Z')

/** Who plays, and what they are where. */
const cast: [name: string, role: Role, place: 'group' | 'branch'][] = [
  ['周建国', 'admin', 'group'],
  ['吴主席', 'cadre', 'group'],
  ['郑律', 'rights', 'group'],
  ['李梅', 'liaison', 'branch'],
  ['何总', 'leader', 'branch'],
  ['张三', 'staff', 'branch'],
  ['陈晨', 'staff', 'branch'],
  ['赵工', 'reviewer', 'branch'],
  ['钱工', 'reviewer', 'branch'],
  ['冯工', 'reviewer', 'branch'],
  ['褚工', 'staff', 'branch'],
  ['卫工', 'staff', 'branch'],
  ['孙工', 'staff', 'branch'],
]

export type SurfaceName = 'web' | 'Slack' | 'Feishu' | 'terminal'

/** The whole bot on every surface at once, and people who have an account on each. */
export interface Stage {
  store: Store
  blobs: Awaited<ReturnType<typeof openTestStore>>['blobs']
  kinds: Kinds
  /** What somebody is called stands for their id. */
  people: Record<string, string>
  now(): Date
  address: string
  /** What was made in Feishu's 多维表格. */
  bitable: FeishuServer['bitable']
  /** Everybody is written to there from now on. At a terminal nobody is: they are written to on the web. */
  moveTo(surface: SurfaceName): Promise<Surface>
  /** Somebody in the group that all of them are in; null: the surface has none. */
  inGroup(surface: SurfaceName, person: string): Seat | null
  /** Lets so many calendar days go by. */
  passDays(days: number): void
  /** Lets time go by until then. */
  passTo(instant: Date): void
  /** Errors that were logged. */
  errors: string[]
  /** Every line of the log. */
  log: string[]
  stop(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  // Time passes when somebody acts, and while something is waited for.
  const time = { now: monday }
  const clock = () => time.now
  let look = () => {}
  const pass = (by = 500) => {
    time.now = new Date(time.now.getTime() + by)
    // What is due by now is not waited for until a worker looks of itself.
    look()
  }
  const opened = await openTestStore({ clock, databaseClock: clock })
  const { store, location } = opened
  const slack = await FakeSlack.start(clock)
  const feishu = await startFeishuServer(clock)
  const people = await store.transaction((trx) => settle(trx))
  const inSlack = new Map(cast.map(([name]) => [name, new SlackPerson(slack, name)]))
  const inFeishu = new Map(
    cast.map(([name]) => [name, new FeishuPerson(feishu, (...given) => feishu.push(...given))]),
  )
  const accounts = new Map<string, Record<SurfaceName, Account>>()
  const cookies = new Map<string, string>()
  for (const [name] of cast) {
    const person = people[name]!
    await store.transaction(async (trx) => {
      const web = await webAccountOf(trx, person, monday)
      const own = {
        ...{ web, terminal: { platform: 'terminal', installation: 'local', user: person } },
        Slack: { platform: 'slack', installation: team, user: inSlack.get(name)!.user },
        Feishu: { platform: 'feishu', installation: 'tenant-1', user: inFeishu.get(name)!.union },
      }
      for (const account of [own.Slack, own.Feishu, own.terminal])
        await linkAccount(trx, account, person, monday)
      const year = { validFor: 365 * 86_400_000, now: monday }
      const { token } = await createSession(trx, { person, account: web, ...year })
      accounts.set(name, own)
      cookies.set(name, `kexie_session=${token}`)
    })
  }
  const bot = await startTestBot(location, clock, {
    ...{ SLACK_BOT_TOKEN: botToken, SLACK_API_URL: slack.apiUrl, SLACK_APP_TOKEN: appToken },
    ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: feishu.url, FEISHU_MODE: 'ws' },
    FEISHU_ENCRYPT_KEY: secrets.encryptKey,
    FEISHU_VERIFICATION_TOKEN: secrets.verificationToken,
  })
  const errors: string[] = []
  const logger = {
    info() {},
    warn() {},
    error: (_details: object, message: string) => void errors.push(message),
  }
  const config = settings.parse({ DATA_DIR: location.dataDir, DATA_KEY: testDataKey })
  const house = await openHouse(config, logger, clock, () => bot.address, clock)
  const forms = [
    createSubmissions(house.submissions).feature,
    (await openEvents(house.events, 'knowledge/events', logger)).feature,
    createResources(house.resources).feature,
    createCarriersFeature(house.events),
    ...house.duties.features,
    ...house.campaigns.features,
  ].flatMap((feature) => feature.forms)
  const terminals = new Terminals()
  const onWeb = new Map(
    cast.map(([name]) => [
      name,
      new WebSeat(WebGuest.withCookies(bot.address, cookies.get(name)!), () => pass()),
    ]),
  )
  const atTerminal = new Map(
    cast.map(([name]) => {
      const keepFile = (bytes: Uint8Array) => house.blobs.put(bytes)
      const pipes = terminals.add(people[name]!, { clock, logger, keepFile })
      return [name, new TerminalSeat(pipes, forms, onWeb.get(name)!, () => pass())]
    }),
  )
  const { platform }: { platform: Platform } = terminals
  await house.open([platform], [{ platform: 'terminal' }])
  look = () => {
    house.events.wakeWorkers()
    bot.wake()
  }
  const surfaces: Record<SurfaceName, Surface['seatOf']> = {
    web: (name) => onWeb.get(name)!,
    Slack: (name) => new SlackSeat(slack, inSlack.get(name)!, () => pass()),
    Feishu: (name) => new FeishuSeat(feishu, inFeishu.get(name)!, () => pass()),
    terminal: (name) => atTerminal.get(name)!,
  }
  const channel = slack.workspace.addChannel(...[...inSlack.values()].map(({ user }) => user), 'UBOT')
  const group = 'oc_everybody'
  feishu.groups.set(
    group,
    [...inFeishu.values()].map(({ union: user }) => ({ user })),
  )
  return {
    ...{ store, blobs: opened.blobs, people, log: bot.log, kinds: house.submissions.kinds },
    address: bot.address,
    bitable: feishu.bitable,
    inGroup(surface, name) {
      if (surface === 'Slack') return new SlackSeat(slack, inSlack.get(name)!, () => pass(), channel)
      if (surface !== 'Feishu') return null
      const { union } = inFeishu.get(name)!
      const person = new FeishuPerson(feishu, (...given) => feishu.push(...given), { group, union })
      return new FeishuSeat(feishu, person, () => pass())
    },
    get errors() {
      return [...bot.errors, ...errors]
    },
    now: clock,
    async moveTo(surface) {
      await store.transaction(async (trx) => {
        for (const [name, own] of accounts) {
          const account = own[surface === 'terminal' ? 'web' : surface]
          await trx
            .updateTable('person')
            .set({ preferred_account: accountKey(account) })
            .where('id', '=', people[name]!)
            .execute()
        }
      })
      const seats = new Map<string, ReturnType<Surface['seatOf']>>()
      return {
        name: surface,
        seatOf(name) {
          const seat = seats.get(name) ?? surfaces[surface](name)
          seats.set(name, seat)
          return seat
        },
      }
    },
    passDays: (days) => pass(days * 86_400_000),
    passTo: (instant) => pass(instant.getTime() - time.now.getTime()),
    async stop() {
      await house.close()
      await bot.stop()
      await slack.stop()
      await feishu.close()
      await opened.close()
    },
  }
}

/** 华北重工 › 一分公司, with everybody in it. */
async function settle(trx: Trx): Promise<Record<string, string>> {
  const { id: group } = await createOrganisation(trx, { name: '华北重工', kind: 'group', parent: null })
  const { id: branch } = await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: group })
  const ids: Record<string, string> = { group, branch }
  for (const [name, role, place] of cast) {
    const { id } = await createPerson(trx, { name })
    ids[name] = id
    await addMembership(trx, { person: id, organisation: place === 'group' ? group : branch, role })
  }
  return ids
}
