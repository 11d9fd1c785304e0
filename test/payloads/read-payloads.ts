import { readdirSync, readFileSync } from 'node:fs'

export type Body = Record<string, unknown>

/** What the vendor sends in one scenario, and what has to come of it. */
export interface Payload {
  /** The folder's name. */
  scenario: string
  /** The one transport that has it; undefined: all of them. */
  transport: string | undefined
  send: Body[]
  outcome: Body
}

/** All files of a platform, by scenario. */
export function readPayloads(platform: 'slack' | 'feishu'): Payload[] {
  const scenarios = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )
  return scenarios.flatMap(({ name: scenario }) => {
    const files = readdirSync(`${import.meta.dirname}/${scenario}`)
    return files.sort().flatMap((file) => {
      const [of, transport, ...rest] = file.replace(/\.json$/, '').split('.')
      if (of !== 'slack' && of !== 'feishu') throw new Error(`${scenario}/${file} is of no platform`)
      if (rest.length > 0) throw new Error(`${scenario}/${file} has a name of too many parts`)
      if (of !== platform) return []
      const { send, outcome } = JSON.parse(
        readFileSync(`${import.meta.dirname}/${scenario}/${file}`, 'utf8'),
      ) as { send: Body[]; outcome: Body }
      return [{ scenario, transport, send, outcome }]
    })
  })
}
