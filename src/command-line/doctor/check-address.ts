import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import type { Config } from '../../config.ts'
import { addressOf } from '../../platforms/web/address.ts'
import { calledPaths } from './check-settings.ts'

/** Milliseconds for one call. */
const patience = 4000

/** What a running bot says of itself at /healthz, as far as it is looked at. */
export interface BotHealth {
  /** By platform; `since` is for people. */
  connections: Record<string, { connected: boolean; since: string; refused: Record<string, number> }>
}

type Asked = BotHealth | 'nobody' | 'somebody-else'

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })

/** Where a bot with these settings would listen on this machine. */
function ownAddress({ HOST, PORT }: Config): string {
  return addressOf(HOST, PORT)
}

/** The health of the bot that runs with these settings, here or behind PUBLIC_URL; null where none answers. */
export async function askRunningBot(config: Config): Promise<BotHealth | null> {
  for (const address of [ownAddress(config), config.PUBLIC_URL]) {
    const health = address === undefined ? 'nobody' : await askHealth(address)
    if (typeof health === 'object') return health
  }
  return null
}

/** Whether a bot runs here, whether it is connected, and whether PUBLIC_URL leads to it. */
export async function checkAddress(config: Config): Promise<Finding[]> {
  const address = ownAddress(config)
  const here = await askHealth(address)
  return [...checkHere(here, address, config.PORT), ...(await checkPublic(config, here))]
}

function checkHere(here: Asked, address: string, port: number): Finding[] {
  const check = 'bot'
  if (here === 'nobody') {
    return [unwell(check, 'unknown', say('doctor:bot.none', { address }), say('doctor:bot.none-advice'))]
  }
  if (here === 'somebody-else') {
    const advice = say('doctor:bot.other-advice', { port })
    return [unwell(check, 'wrong', say('doctor:bot.other', { address }), advice)]
  }
  return [
    well(check, 'doctor:bot.well', { address }),
    ...Object.entries(here.connections).map(([platform, { connected, since }]) =>
      connected
        ? well(`bot.${platform}`, 'doctor:bot.connected', { platform, since })
        : unwell(
            `bot.${platform}`,
            'wrong',
            say('doctor:bot.not-connected', { platform, since }),
            say('doctor:bot.not-connected-advice'),
          ),
    ),
  ]
}

async function checkPublic(config: Config, here: Asked): Promise<Finding[]> {
  const { PUBLIC_URL: url } = config
  if (url === undefined) return []
  const check = 'public-url'
  const health = await askHealth(url)
  if (health === 'somebody-else') {
    const advice = say('doctor:public.proxy-advice', { address: ownAddress(config) })
    return [unwell(check, 'wrong', say('doctor:public.other', { url }), advice)]
  }
  if (health === 'nobody') {
    // Without a bot nobody can answer there; with one, the way to it is what is missing.
    return typeof here === 'object'
      ? [unwell(check, 'wrong', say('doctor:public.none', { url }), say('doctor:public.none-advice'))]
      : [unwell(check, 'unknown', say('doctor:public.none', { url }), say('doctor:bot.none-advice'))]
  }
  const paths = await Promise.all(calledPaths(config).map((path) => checkPath(url, path, config)))
  return [well(check, 'doctor:public.well', { url }), ...paths]
}

/** An unsigned request has to be turned down by us (401): then the proxy hands the path on. It counts as refused. */
async function checkPath(url: string, path: string, config: Config): Promise<Finding> {
  const address = `${url}${path}`
  const check = `public-url${path.replaceAll('/', '.')}`
  const options = {
    method: 'POST',
    body: '{}',
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  } as const
  const status = await fetch(address, options).then(
    (response) => response.status,
    () => 0,
  )
  return status === 401
    ? well(check, 'doctor:public.path', { address })
    : unwell(
        check,
        'wrong',
        say('doctor:public.no-path', { address, status: status || '–' }),
        say('doctor:public.proxy-advice', { address: ownAddress(config) }),
      )
}

/** `2026-03-02 01:02 UTC` of an instant. */
function toMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`
}

async function askHealth(address: string): Promise<Asked> {
  let body: unknown
  try {
    const response = await fetch(`${address}/healthz`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    body = await response.json().catch(() => null)
  } catch {
    return 'nobody'
  }
  if (typeof body !== 'object' || body === null || !('status' in body)) return 'somebody-else'
  const connections: BotHealth['connections'] = {}
  for (const [platform, state] of Object.entries(body)) {
    if (typeof state !== 'object' || state === null || !('connected' in state)) continue
    connections[platform] = {
      connected: state.connected === true,
      since: 'since' in state ? toMinute(String(state.since)) : '',
      refused: 'refused' in state ? (state.refused as Record<string, number>) : {},
    }
  }
  return { connections }
}
