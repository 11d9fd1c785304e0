import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { addConnectionMetrics } from '../../src/metrics/connection-metrics.ts'

test('connections are told as they are when somebody reads, and counts are those of the platforms', async () => {
  const registry = new Registry()
  const watch = addConnectionMetrics(registry)
  const slack = { connected: true, reconnects: 0, refused: {} as Record<string, number> }
  watch('slack', () => slack)
  watch('feishu', () => ({ connected: false, reconnects: 2, refused: { signature: 3, age: 1 } }))
  const lines = async () => (await registry.metrics()).split('\n').filter((line) => line.startsWith('kexie_'))
  const others = [
    'kexie_platform_connected{platform="feishu"} 0',
    'kexie_platform_reconnects_total{platform="feishu"} 2',
    'kexie_platform_refused_total{platform="feishu",reason="signature"} 3',
    'kexie_platform_refused_total{platform="feishu",reason="age"} 1',
  ]
  const first = [
    'kexie_platform_connected{platform="slack"} 1',
    'kexie_platform_reconnects_total{platform="slack"} 0',
  ]
  expect((await lines()).sort()).toEqual([...others, ...first].sort())
  // Reading counts nothing.
  expect((await lines()).sort()).toEqual([...others, ...first].sort())
  Object.assign(slack, { connected: false, reconnects: 1, refused: { forged: 5 } })
  const then = [
    'kexie_platform_connected{platform="slack"} 0',
    'kexie_platform_reconnects_total{platform="slack"} 1',
    'kexie_platform_refused_total{platform="slack",reason="forged"} 5',
  ]
  expect((await lines()).sort()).toEqual([...others, ...then].sort())
})

test('without such platforms nothing is told', async () => {
  const registry = new Registry()
  addConnectionMetrics(registry)
  expect((await registry.metrics()).split('\n').filter((line) => line.startsWith('kexie_'))).toEqual([])
})
