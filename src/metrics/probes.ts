import { createHash, timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import type { Metrics } from './metrics.ts'

export interface ProbeOptions {
  /** What must be well before people are let in, by name; false or a rejection: failing. */
  parts: Record<string, () => boolean | Promise<unknown>>
  isStopping: () => boolean
  metrics: Metrics
  /** Lets a server elsewhere read /metrics. Default: only this machine may. */
  metricsToken?: string | undefined
}

/** A part that says nothing for so long is failing. Milliseconds. */
const patience = 2000
/** Written by a proxy: the request then comes from elsewhere, whatever the connection's address is. */
const forwarding = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']

/** For whoever watches over the bot: /readyz, and /metrics. To be mounted before all that may be closed. */
export function createProbes({ parts, isStopping, metrics, metricsToken }: ProbeOptions): Hono {
  const app = new Hono()
  app.get('/readyz', async (context) => {
    const states = await Promise.all(
      Object.entries(parts).map(async ([name, check]) => [name, (await isWell(check)) ? 'ok' : 'failing']),
    )
    const ready = !isStopping() && states.every(([, state]) => state === 'ok')
    context.header('Cache-Control', 'no-store')
    const status = isStopping() ? 'stopping' : ready ? 'ok' : 'failing'
    return context.json({ status, ...Object.fromEntries(states) }, ready ? 200 : 503)
  })
  app.get('/metrics', async (context, next) => {
    // To others there is no such page.
    if (!mayRead(context, metricsToken)) return next()
    context.header('Cache-Control', 'no-store')
    return context.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
  })
  return app
}

async function isWell(check: () => boolean | Promise<unknown>): Promise<boolean> {
  const timeout = Promise.withResolvers<false>()
  const timer = setTimeout(() => timeout.resolve(false), patience)
  try {
    return (await Promise.race([check(), timeout.promise])) !== false
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

function mayRead(context: Context, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (token !== undefined && given !== undefined && isEqual(given, token)) return true
  const forwarded = forwarding.some((name) => context.req.header(name) !== undefined)
  return !forwarded && isLoopback(getConnInfo(context).remote.address ?? '')
}

/** In a time that does not tell how much of it was right, nor how long it is. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(address)
}
