import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import type { Language } from './chat/language.ts'

/** What is wrong with a value, Chinese and English parted by a bar; the reader gets one of them. */
const wrong = {
  wholeNumber: (least: number, most: number) =>
    `应为 ${least} 至 ${most} 的整数|must be a whole number from ${least} to ${most}`,
  oneOf: (...names: string[]) => `应为 ${names.join('、')} 之一|must be one of ${names.join(', ')}`,
  postgres: '应以 postgres:// 开头|must begin with postgres://',
  address: '应为完整网址，如 https://example.com/v1|must be a whole address such as https://example.com/v1',
  ownAddress:
    '应为本站网址，如 https://kexie.example.com，后面不带路径|must be the address of this site, such as https://kexie.example.com, without a path',
  proxies:
    '应为 IP 地址或网段，如 10.0.0.1, 10.0.0.0/8|must be addresses or networks such as 10.0.0.1, 10.0.0.0/8',
  slackTransport:
    '应同时设置 SLACK_APP_TOKEN 或 SLACK_SIGNING_SECRET|needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET beside it',
  slackToken: '使用 Slack 时必须填写|is needed for Slack',
  slackBotToken:
    '应以 xoxb- 开头，见应用管理页 OAuth & Permissions|must begin with xoxb-; it is on the page OAuth & Permissions',
  slackAppToken:
    '应以 xapp- 开头，见应用管理页 Basic Information|must begin with xapp-; it is on the page Basic Information',
  feishuApp: '应为 cli_ 加 16 位十六进制数|must be cli_ and 16 hexadecimal digits',
  feishuDomain: '应为 feishu、lark 或完整网址|must be feishu, lark or a whole address',
  feishuSecret: '设置了 FEISHU_APP_ID 时必须填写|is needed with FEISHU_APP_ID',
  feishuHttp: 'FEISHU_MODE 为 http 时必须填写|is needed where FEISHU_MODE is http',
  dataKey:
    '应为 32 字节，用 Base64 或 64 位十六进制书写|must be 32 bytes in Base64 or as 64 hexadecimal digits',
  modelName: '设置了 MODEL_PROVIDER 时必须填写|is needed with MODEL_PROVIDER',
}

/** Digits only: `0x10` and `1e3` are slips rather than numbers. */
function wholeNumber(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(/^\d+$/, wrong.wholeNumber(least, most))
    .transform(Number)
    .pipe(z.number().min(least, wrong.wholeNumber(least, most)).max(most, wrong.wholeNumber(least, most)))
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const optionalText = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional()

/**
 * Every setting, by its name in the environment. `.env.example` explains each; a test keeps the two equal.
 * An empty value counts as not set, so that lines of `.env.example` can be left as they are.
 */
export const settings = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(3000),
  DATA_DIR: z.string().trim().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^postgres(ql)?:\/\//, wrong.postgres)
    .optional(),
  DATA_KEY: z
    .string()
    .trim()
    .regex(/^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/, wrong.dataKey)
    .optional(),
  KNOWLEDGE_DIR: z.string().trim().min(1).default('knowledge'),
  MODEL_PROVIDER: z
    .enum(['openai', 'ollama', 'tongyi'], wrong.oneOf('openai', 'ollama', 'tongyi'))
    .optional(),
  MODEL_NAME: optionalText,
  MODEL_BASE_URL: z.url(wrong.address).optional(),
  MODEL_API_KEY: optionalText,
  MODEL_TIMEOUT_SECONDS: wholeNumber(1, 300).default(30),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: wrong.ownAddress })
    .refine((url) => /^https?:\/\/[^/@?#]+\/?$/.test(url), wrong.ownAddress)
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  TRUSTED_PROXY: z
    .string()
    .transform((text) => text.split(/[\s,，]+/).filter(Boolean))
    .refine((proxies) => proxies.every(isAddressOrNetwork), wrong.proxies)
    .optional(),
  SLACK_BOT_TOKEN: optionalText,
  SLACK_APP_TOKEN: optionalText,
  SLACK_SIGNING_SECRET: optionalText,
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: wrong.address })
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  QUESTIONS_PER_MINUTE: wholeNumber(1, 10_000).default(20),
  FEISHU_APP_ID: z
    .string()
    .trim()
    // With another one the vendor's SDK would say nothing and receive nothing.
    .regex(/^cli_[0-9a-fA-F]{16}$/, wrong.feishuApp)
    .optional(),
  FEISHU_APP_SECRET: optionalText,
  FEISHU_MODE: z.enum(['ws', 'http'], wrong.oneOf('ws', 'http')).default('ws'),
  FEISHU_ENCRYPT_KEY: optionalText,
  FEISHU_VERIFICATION_TOKEN: optionalText,
  FEISHU_CALLS_PER_MONTH: wholeNumber(1, 1_000_000_000).optional(),
  FEISHU_DOMAIN: z
    .union([z.enum(['feishu', 'lark']), z.url({ protocol: /^https?$/ })], wrong.feishuDomain)
    .default('feishu'),
  METRICS_TOKEN: optionalText,
  LOG_LEVEL: z
    .enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      wrong.oneOf('debug', 'info', 'warn', 'error', 'silent'),
    )
    .default('info'),
})

export type Config = z.infer<typeof settings>

interface ConfigSource {
  environment?: NodeJS.ProcessEnv
  /** Where `.env` is looked for; the working folder by default. */
  folder?: string
  /** The language in which a wrong setting is named. */
  language?: Language
}

/** A wrong setting, named in one plain line. */
export class ConfigError extends Error {}

/**
 * Reads the environment, with `.env` of the working folder beneath it (a real variable wins).
 * The only reader of `process.env` in the house. Throws ConfigError, in the given language.
 */
export function loadConfig({
  environment = process.env,
  folder = process.cwd(),
  language = 'zh-CN',
}: ConfigSource = {}): Config {
  const file = resolve(folder, '.env')
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const given: Record<string, string> = {}
  for (const name of Object.keys(settings.shape)) {
    const value = [environment[name], fromFile[name]].find((text) => text?.trim())
    if (value !== undefined) given[name] = value
  }
  const complain = (name: string, both: string) =>
    new ConfigError(`${name}: ${both.split('|')[language === 'en' ? 1 : 0]}`)
  const result = settings.safeParse(given)
  if (!result.success) {
    const issue = result.error.issues[0]!
    throw complain(issue.path.join('.'), issue.message)
  }
  const config = result.data
  if (config.MODEL_PROVIDER && !config.MODEL_NAME) {
    throw complain('MODEL_NAME', wrong.modelName)
  }
  if (config.FEISHU_APP_ID) {
    if (!config.FEISHU_APP_SECRET) throw complain('FEISHU_APP_SECRET', wrong.feishuSecret)
    // Without both a request could be forged.
    for (const name of ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'] as const) {
      if (config.FEISHU_MODE === 'http' && !config[name]) throw complain(name, wrong.feishuHttp)
    }
  }
  // Another token of Slack's is easily taken by mistake. A server of one's own may give them any shape.
  if (config.SLACK_API_URL === undefined) {
    const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app } = config
    if (bot && !/^(?:xoxe\.)?xoxb-/.test(bot)) throw complain('SLACK_BOT_TOKEN', wrong.slackBotToken)
    if (app && !app.startsWith('xapp-')) throw complain('SLACK_APP_TOKEN', wrong.slackAppToken)
  }
  const slackTransport = config.SLACK_APP_TOKEN ?? config.SLACK_SIGNING_SECRET
  if (config.SLACK_BOT_TOKEN && !slackTransport) throw complain('SLACK_BOT_TOKEN', wrong.slackTransport)
  if (!config.SLACK_BOT_TOKEN && slackTransport) throw complain('SLACK_BOT_TOKEN', wrong.slackToken)
  return config
}
