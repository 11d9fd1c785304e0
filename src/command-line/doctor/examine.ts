import type { Finding, Sentence } from '../../chat/finding.ts'
import type { Language } from '../../chat/language.ts'
import { type Config, ConfigError } from '../../config.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { checkFeishu, saidAt as saidInFeishu } from '../../platforms/feishu/check.ts'
import { checkSlack, saidAt as saidInSlack } from '../../platforms/slack/check.ts'
import { harmlessText } from '../../platforms/text/harmless-text.ts'
import { openStore } from '../../store/store.ts'
import type { Asked, DoctorOptions } from '../doctor.ts'
import { askRunningBot, checkAddress } from './check-address.ts'
import { checkModel } from './check-model.ts'
import { checkSettings } from './check-settings.ts'
import { checkStorage } from './check-storage.ts'
import { probeLive } from './probe-live.ts'
import { wantedScopes } from './wanted-scopes.ts'

const marks: Record<Finding['state'], string> = { well: '✓', wrong: '✗', unknown: '–' }
const platformNames: Record<string, string> = {
  slack: 'doctor:platform.slack',
  feishu: 'doctor:platform.feishu',
}

/** Looks at settings, storage, model and platforms, and tells what is wrong and what to do about it. */
export async function examine(options: DoctorOptions, { json, live, minutes }: Asked): Promise<void> {
  const { language, print } = options
  const findings: Finding[] = []
  const read = (sentence: Sentence) => inWords(sentence, language)
  const report = (finding: Finding) => {
    findings.push(finding)
    if (json) return
    const advice = finding.advice ? `\n  → ${read(finding.advice)}` : ''
    print(`${marks[finding.state]} ${read(finding.found)}${advice}`)
  }
  const tell = (sentence: Sentence) => (json ? options.tell : print)(read(sentence))

  const config = load(options, report)
  if (config) {
    for (const checking of checks(config, options.clock)) for (const one of await checking) report(one)
    if (live) await examineLive(config, minutes, { ...options, report, say: tell })
  }
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  if (wrong > 0) options.fail()
  if (json) print(JSON.stringify({ ok: wrong === 0, findings: findings.map(toLine) }, null, 2))
  else
    print(
      `\n${wrong === 0 ? read({ key: 'doctor:end.well' }) : read({ key: 'doctor:end.wrong', values: { count: wrong } })}`,
    )

  function toLine({ check, state, found, advice }: Finding) {
    return { check, state, found: read(found), ...(advice ? { advice: read(advice) } : {}) }
  }
}

/** A sentence for people; what vendors said in it does not steer the terminal. */
function inWords({ key, values = {} }: Sentence, language: Language): string {
  const called = Object.entries(values).map(([name, value]) => {
    const platform = name === 'platform' || name === 'whose' ? platformNames[value] : undefined
    if (platform !== undefined) return [name, translate(language, platform)]
    // Why the outbox could not send, by its own words.
    return [name, name === 'why' ? translate(language, `delivery:problem.${value}`) : value]
  })
  return harmlessText(translate(language, key, Object.fromEntries(called)))
}

function load({ loadConfig }: DoctorOptions, report: (finding: Finding) => void): Config | null {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    report({
      check: 'settings',
      state: 'wrong',
      found: { key: 'doctor:settings.wrong', values: { problem: error.message } },
      advice: { key: 'doctor:settings.wrong-advice' },
    })
    return null
  }
}

/** All at once, for each waits for somebody else; told in this order. */
function checks(config: Config, clock: () => Date): Promise<Finding[]>[] {
  const scopes = wantedScopes()
  const slack =
    config.SLACK_BOT_TOKEN === undefined
      ? []
      : [
          checkSlack({
            botToken: config.SLACK_BOT_TOKEN,
            appToken: config.SLACK_APP_TOKEN,
            apiUrl: config.SLACK_API_URL,
            scopes: scopes.slack,
            clock,
          }),
        ]
  const feishu =
    config.FEISHU_APP_ID === undefined
      ? []
      : [checkFeishu({ ...feishuApp(config), mode: config.FEISHU_MODE, scopes: scopes.feishu, clock })]
  return [
    Promise.resolve(checkSettings(config)),
    checkStorage(config, clock),
    checkModel(config).then((finding) => [finding]),
    checkAddress(config),
    ...slack,
    ...feishu,
  ]
}

function feishuApp({ FEISHU_APP_ID = '', FEISHU_APP_SECRET = '', FEISHU_DOMAIN }: Config) {
  return { appId: FEISHU_APP_ID, appSecret: FEISHU_APP_SECRET, domain: FEISHU_DOMAIN }
}

interface LiveTools extends DoctorOptions {
  report(finding: Finding): void
  say(sentence: Sentence): void
}

/** Watches the bot that runs; where none answers, one is started for the time. */
async function examineLive(config: Config, minutes: number, tools: LiveTools): Promise<void> {
  const { report, say, language, wait } = tools
  const platforms = [
    ...(config.SLACK_BOT_TOKEN === undefined ? [] : ['slack']),
    ...(config.FEISHU_APP_ID === undefined ? [] : ['feishu']),
  ]
  if (platforms.length === 0) {
    report({
      check: 'live',
      state: 'unknown',
      found: { key: 'doctor:live.no-platform' },
      advice: { key: 'doctor:live.no-platform-advice' },
    })
    return
  }
  const isRunning = (await askRunningBot(config)) !== null
  say({ key: isRunning ? 'doctor:live.watching' : 'doctor:live.starting', values: { minutes } })
  let bot: { stop(): Promise<void> } | undefined
  try {
    if (!isRunning) bot = await tools.startBot(config)
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      await probeLive({
        ...{ store, platforms, language, wait, report },
        tell: say,
        lasts: minutes * 60_000,
        clock: tools.elapsed,
        saidAt: (platform, message) =>
          platform === 'slack' ? saidInSlack(message) : saidInFeishu(feishuApp(config), message),
        health: () => askRunningBot(config),
      })
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    report({
      check: 'live',
      state: 'wrong',
      found: { key: error.key, values: error.values },
      advice: { key: 'doctor:live.not-started' },
    })
  } finally {
    await bot?.stop()
  }
}
