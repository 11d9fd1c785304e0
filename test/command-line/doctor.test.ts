import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDoctorCommand } from '../../src/command-line/doctor.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { type ModelServer, startModelServer } from '../fakes/openai-server.ts'
import { SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack, signingSecret } from '../fakes/slack-server.ts'
import { FeishuPerson } from '../platforms/feishu-stage.ts'
import { runKexie, traces } from './run-kexie.ts'

/** The first bot builds its index. */
const patience = { timeout: 80_000 }
/** Nobody listens there. */
const nowhere = { HOST: '127.0.0.1', PORT: '9' }
type Settings = Record<string, string>

let dataDir: string
const stops: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kexie-doctor-'))
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
  await rm(dataDir, { recursive: true, force: true })
})

interface Examination {
  printed: string[]
  failed: boolean
  /** Milliseconds that have gone by. */
  passed: number
  done: Promise<unknown>
}

/** Runs one command line; `printed` grows while it runs. */
function begin(words: string[], given: Settings, start: (config: Config) => Promise<TestBot>): Examination {
  const examination: Examination = { printed: [], failed: false, passed: 0, done: Promise.resolve() }
  const program = new Command('kexie').exitOverride()
  addDoctorCommand(program, words.includes('en') ? 'en' : 'zh-CN', {
    loadConfig: () =>
      loadConfig({ environment: { DATA_DIR: dataDir, ...nowhere, ...given }, folder: dataDir }),
    clock: () => new Date(),
    wait: () => wait(5),
    elapsed: () => examination.passed,
    print: (text) => examination.printed.push(text),
    tell: (text) => examination.printed.push(text),
    startBot: start,
    fail: () => {
      examination.failed = true
    },
  })
  const rest = words.filter((word) => word !== 'en')
  examination.done = program.parseAsync(['doctor', ...rest], { from: 'user' })
  return examination
}

async function doctor(words: string[], given: Settings = {}): Promise<{ text: string; failed: boolean }> {
  const examination = begin(words, given, () => Promise.reject(new Error('no bot is needed')))
  await examination.done
  return { text: examination.printed.join('\n'), failed: examination.failed }
}

describe('kexie doctor', () => {
  test('an installation of which nothing is set up is well, and says what is yet to come', async () => {
    const { text, failed } = await doctor([])
    expect(failed).toBe(false)
    expect(text).toContain('✓ Slack：未配置')
    expect(text).toContain('– 还没有数据库\n  → 先运行一次 npm start')
    expect(text).toContain('✓ 大模型：未配置')
    expect(text).not.toContain('✗')
  })

  test.each([
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ FEISHU_APP_ID: 'cli_1' }, 'FEISHU_APP_ID'],
    [{ FEISHU_APP_SECRET: 'x' }, 'FEISHU_APP_ID'],
    [{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: 'x', FEISHU_MODE: 'http' }, 'FEISHU_ENCRYPT_KEY'],
  ])('%j is wrong, and named', async (settings, name) => {
    const { text, failed } = await doctor([], settings)
    expect(failed).toBe(true)
    expect(text).toMatch(new RegExp(`✗ .*${name}`))
  })

  test('with both of Slack’s secrets it says which one is used, and what cannot be reached', async () => {
    const { text, failed } = await doctor(['en'], {
      SLACK_BOT_TOKEN: 'xoxb-secret-1',
      SLACK_APP_TOKEN: 'xapp-secret-2',
      SLACK_SIGNING_SECRET: 'secret-3',
      SLACK_API_URL: 'http://127.0.0.1:9/',
    })
    expect(failed).toBe(true)
    expect(text).toContain('SLACK_APP_TOKEN wins')
    expect(text).toContain('✗ Slack cannot be reached')
    expect(text).not.toMatch(/secret-\d|\p{Script=Han}{9}/u)
  })

  test('a data folder that is none, and a database that is none', async () => {
    await writeFile(join(dataDir, 'file'), '')
    const { text } = await doctor([], { DATA_DIR: join(dataDir, 'file', 'data') })
    expect(text).toContain('✗ 数据文件夹（DATA_DIR）无法写入')
    expect(text).not.toContain(dataDir)
    await mkdir(join(dataDir, 'kexie.db'))
    expect((await doctor([])).text).toContain('✗ 数据库打不开')
  })

  test('as JSON, for programs', async () => {
    const { text, failed } = await doctor(['--json', 'en'], { DATABASE_URL: 'postgres://u:pw@127.0.0.1:9/x' })
    const { ok, findings } = JSON.parse(text) as { ok: boolean; findings: Record<string, string>[] }
    expect([ok, failed]).toEqual([false, true])
    expect(findings).toContainEqual({
      check: 'database',
      state: 'wrong',
      found: 'The database cannot be opened',
      advice: expect.stringContaining('DATABASE_URL'),
    })
    expect(text).not.toContain('pw@')
  })
})

describe('as a process of its own', () => {
  test('it ends with 1 where something is wrong, and with 0 where not', async () => {
    const settings = { DATA_DIR: dataDir, ...nowhere }
    const well = await runKexie(['doctor', '--json'], settings)
    expect([well.code, well.errors, JSON.parse(well.output).ok]).toEqual([0, '', true])
    const wrong = await runKexie(['doctor', '--lang', 'en'], { ...settings, SLACK_BOT_TOKEN: 'xoxp-secret' })
    expect([wrong.code, wrong.errors]).toEqual([1, ''])
    expect(wrong.output).toMatch(/✗ Wrong setting: SLACK_BOT_TOKEN: must begin with xoxb-/)
    expect(wrong.output).not.toContain('secret')
    const unknown = await runKexie(['doctor', '--minutes', 'x'], settings)
    expect([unknown.code, unknown.errors]).toEqual([1, expect.not.stringMatching(traces)])
  })
})

describe('the model', () => {
  let model: ModelServer
  beforeEach(async () => {
    model = await startModelServer()
    stops.push(() => model.close())
  })
  const settings = () => ({
    ...{ MODEL_PROVIDER: 'openai', MODEL_NAME: 'm', MODEL_API_KEY: 'sk-secret' },
    MODEL_BASE_URL: `${model.url}/v1`,
  })

  test('answers', async () => {
    model.script(async (exchange) => {
      await exchange.say('2')
      exchange.finish()
    })
    expect((await doctor([], settings())).text).toMatch(/✓ 大模型 openai\/m 正常/)
    expect(model.requests).toHaveLength(1)
  })

  test.each([
    [401, '拒绝访问'],
    [429, '正忙'],
    [500, '连不上'],
  ])('answers HTTP %i', async (status, words) => {
    model.script((exchange) => exchange.fail(status, { error: { message: 'sk-secret is wrong' } }))
    const { text, failed } = await doctor([], settings())
    expect(failed).toBe(true)
    expect(text).toMatch(new RegExp(`✗ 大模型 openai/m .*${words}`))
    expect(text).not.toContain('sk-secret')
  })
})

describe('kexie doctor --live', () => {
  let slack: FakeSlack
  let feishu: FeishuServer
  let settings: Settings
  let bots: TestBot[]

  beforeEach(async () => {
    slack = await FakeSlack.start()
    feishu = await startFeishuServer()
    bots = []
    stops.push(
      () => slack.stop(),
      () => feishu.close(),
    )
    settings = {
      ...{ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: slack.apiUrl },
      ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: feishu.url },
    }
  })

  const startBot = async (changes: Settings = {}) => {
    const bot = await startTestBot({ dataDir }, () => new Date(), { ...settings, ...changes })
    bots.push(bot)
    return bot
  }
  const says = async ({ printed }: Examination, words: string) =>
    expect.poll(() => printed.join('\n'), patience).toContain(words)

  async function goThrough(examination: Examination): Promise<void> {
    const inSlack = new SlackPerson(slack, '张三')
    const inFeishu = new FeishuPerson(feishu, (...given) => feishu.push(...given))
    await says(examination, '请现在用Slack')
    await inSlack.say('你好')
    await says(examination, '请点Slack')
    const card = inSlack.seen().find(({ blocks }) => JSON.stringify(blocks).includes('点这里'))!
    await inSlack.press('点这里', card)
    await says(examination, '✓ Slack的按钮点击已收到')
    await inFeishu.say('你好')
    await says(examination, '请点飞书')
    expect((await inFeishu.click('点这里')).toast).toBe('收到了，按钮正常。')
    await examination.done
    await says(examination, '✓ 飞书的按钮点击已收到')
    expect(examination.printed.join('\n')).toMatch(/✓ Slack的消息已收到，用时 \d+\.\d 秒/)
  }

  test('starts a bot where none runs, follows message, card and press, and stops it', async () => {
    const examination = begin(['--live'], settings, () => startBot())
    await goThrough(examination)
    await expect.poll(() => feishu.connections().length).toBe(0)
    expect(bots.flatMap(({ errors }) => errors)).toEqual([])
  }, 90_000)

  test('watches the bot that runs, and opens no second connection', async () => {
    const bot = await startBot()
    stops.push(() => bot.stop())
    const { port } = new URL(bot.address)
    const examination = begin(['--live'], { ...settings, PORT: port }, () =>
      Promise.reject(new Error('a second one')),
    )
    await goThrough(examination)
    expect(examination.printed.join('\n')).toContain('✓ 运行中的机器人已连上Slack')
    expect([slack.connections, feishu.connections().length]).toEqual([1, 1])
  })

  test('says what did not come, and that requests were turned down meanwhile', async () => {
    const http = {
      ...{ SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl },
    }
    const bot = await startTestBot({ dataDir }, () => new Date(), http)
    stops.push(() => bot.stop())
    const { port } = new URL(bot.address)
    const examination = begin(['--live'], { ...http, PORT: port }, () =>
      Promise.reject(new Error('a second one')),
    )
    await says(examination, '请现在用Slack')
    slack.target = `${bot.address}/slack/events`
    await slack.request({ type: 'event_callback' }, { secret: 'another one' })
    examination.passed = 120_000
    await examination.done
    const text = examination.printed.join('\n')
    expect(examination.failed).toBe(true)
    expect(text).toMatch(/✗ 没有收到Slack的消息\n {2}→ 请看 Event Subscriptions/)
    expect(text).toMatch(/✗ 试验期间有Slack的请求被拒收（forged 1）/)
    const figures = await (await fetch(`${bot.address}/metrics`)).text()
    expect(figures).toContain('kexie_platform_refused_total{platform="slack",reason="forged"} 1')
    expect(figures).toContain('kexie_platform_connected{platform="slack"} 1')
  })
})
