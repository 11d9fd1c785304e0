import { Counter, Gauge, type Registry } from 'prom-client'

/** What a platform that is connected to a vendor says of itself. */
export interface ConnectionHealth {
  connected: boolean
  /** Since the start: how often another connection was made, and what was turned down, by reason. */
  reconnects: number
  refused: Record<string, number>
}

/**
 * Adds figures about connections to vendors. They are asked of the platforms when somebody reads them, so that nothing
 * is counted twice over. Returns what a platform is added by.
 */
export function addConnectionMetrics(
  registry: Registry,
): (platform: string, health: () => ConnectionHealth) => void {
  const registers = [registry]
  const watched = new Map<string, () => ConnectionHealth>()
  new Gauge({
    name: 'kexie_platform_connected',
    help: 'Whether the vendor reaches the bot, or its token was taken: 1 or 0.',
    labelNames: ['platform'] as const,
    registers,
    collect() {
      for (const [platform, health] of watched) this.set({ platform }, health().connected ? 1 : 0)
    },
  })
  new Counter({
    name: 'kexie_platform_reconnects_total',
    help: 'Connections that were made after the first one.',
    labelNames: ['platform'] as const,
    registers,
    collect() {
      this.reset()
      for (const [platform, health] of watched) this.inc({ platform }, health().reconnects)
    },
  })
  new Counter({
    name: 'kexie_platform_refused_total',
    help: 'Requests and envelopes turned down: forged, stale, oversized, malformed.',
    labelNames: ['platform', 'reason'] as const,
    registers,
    collect() {
      this.reset()
      for (const [platform, health] of watched) {
        for (const [reason, count] of Object.entries(health().refused)) this.inc({ platform, reason }, count)
      }
    },
  })
  return (platform, health) => {
    watched.set(platform, health)
  }
}
