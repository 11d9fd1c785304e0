import { isIP } from 'node:net'
import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import type { Config } from '../../config.ts'

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })

/** What is set up, and what in it contradicts itself; what `loadConfig` refuses is not looked at again. */
export function checkSettings(config: Config): Finding[] {
  return [
    well('settings.database', config.DATABASE_URL ? 'doctor:settings.postgres' : 'doctor:settings.sqlite'),
    ...slackSettings(config),
    ...feishuSettings(config),
    ...publicAddress(config),
  ]
}

function slackSettings({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }: Config): Finding[] {
  const check = 'settings.slack'
  if (SLACK_BOT_TOKEN === undefined) return [well(check, 'doctor:settings.no-slack')]
  if (SLACK_APP_TOKEN === undefined) return [well(check, 'doctor:settings.slack-http')]
  return [
    well(
      check,
      SLACK_SIGNING_SECRET === undefined ? 'doctor:settings.slack-socket' : 'doctor:settings.slack-both',
    ),
  ]
}

function feishuSettings({ FEISHU_APP_ID, FEISHU_APP_SECRET, FEISHU_MODE }: Config): Finding[] {
  const check = 'settings.feishu'
  if (FEISHU_APP_ID === undefined) {
    // A secret alone does nothing, and nobody would be told at the start.
    return FEISHU_APP_SECRET === undefined
      ? [well(check, 'doctor:settings.no-feishu')]
      : [
          unwell(
            check,
            'wrong',
            say('doctor:settings.feishu-half'),
            say('doctor:settings.feishu-half-advice'),
          ),
        ]
  }
  return [well(check, FEISHU_MODE === 'http' ? 'doctor:settings.feishu-http' : 'doctor:settings.feishu-ws')]
}

/** Whether the vendors call the bot, and at which paths. */
export function calledPaths(config: Config): string[] {
  return [
    ...(config.SLACK_BOT_TOKEN !== undefined && config.SLACK_APP_TOKEN === undefined
      ? ['/slack/events']
      : []),
    ...(config.FEISHU_APP_ID !== undefined && config.FEISHU_MODE === 'http' ? ['/feishu/events'] : []),
  ]
}

function publicAddress(config: Config): Finding[] {
  const check = 'settings.public-url'
  const paths = calledPaths(config)
  const { PUBLIC_URL: url } = config
  if (url === undefined) {
    if (paths.length === 0) return []
    const advice = say('doctor:settings.public-url-advice', { path: paths.join('、') })
    return [unwell(check, 'unknown', say('doctor:settings.no-public-url'), advice)]
  }
  if (paths.length > 0 && isInternal(new URL(url).hostname)) {
    const found = say('doctor:settings.internal', { url })
    return [unwell(check, 'wrong', found, say('doctor:settings.internal-advice'))]
  }
  // Slack takes request URLs with https only; with Feishu what people write would be readable on the way.
  if (paths.length > 0 && url.startsWith('http:')) {
    const found = say('doctor:settings.not-https', { url })
    return [unwell(check, 'wrong', found, say('doctor:settings.not-https-advice'))]
  }
  return [well(check, 'doctor:settings.public-url', { url })]
}

/** Whether a vendor on the internet can surely not reach it: this machine, or addresses of RFC 1918, 4193 and 3927. */
function isInternal(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local')) return true
  if (isIP(host) === 6) return /^(?:::1?$|f[cd]|fe[89ab])/i.test(host)
  return isIP(host) === 4 && /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./.test(host)
}
