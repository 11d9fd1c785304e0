import { describe, expect, it } from 'vitest'
import { type Card, plain } from '../../chat/card.ts'
import { ReplyTable } from './reply-table.ts'

const card: Card = { tone: 'answer', blocks: [{ type: 'text', runs: plain('好') }] }

function tableAt(most = 2) {
  const time = { now: 0 }
  return { table: new ReplyTable({ most, keptFor: 1000, clock: () => new Date(time.now) }), time }
}

describe('ReplyTable', () => {
  it('finds a reply by its key until it has been over for long enough', async () => {
    const { table, time } = tableAt()
    const reply = table.open('a')!
    await reply.show(card)
    time.now = 5000
    expect(table.find('a')).toBe(reply)
    reply.end(5000)
    time.now = 6000
    expect(table.find('a')).toBe(reply)
    time.now = 6001
    expect(table.find('a')).toBeUndefined()
  })

  it('makes room by dropping what has ended, never what is under way', () => {
    const { table } = tableAt(2)
    table.open('a')
    const ended = table.open('b')!
    ended.end(0)
    expect(table.open('c')).toBeDefined()
    expect(table.find('b')).toBeUndefined()
    expect(table.find('a')).toBeDefined()
    expect(table.open('d')).toBeUndefined()
    expect(table.size).toBe(2)
  })

  it('is idle when the last reply has ended', async () => {
    const { table } = tableAt()
    const reply = table.open('a')!
    let idle = false
    const waiting = table.idle().then(() => {
      idle = true
    })
    await reply.show(card)
    await new Promise(setImmediate)
    expect(idle).toBe(false)
    reply.end(0)
    await waiting
  })

  it('takes nothing more after its end', async () => {
    const { table } = tableAt()
    const reply = table.open('a')!
    reply.end(0)
    await reply.show(card)
    await reply.toast('晚了')
    expect(reply.empty).toBe(true)
  })
})
