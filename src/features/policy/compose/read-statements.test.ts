import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StatementReader } from './read-statements.ts'

const one = {
  text: '企业要“定期”听取{汇报}。',
  evidence: [{ clause: 'guideline/四/十六', quote: '定期\\听取' }],
}
const two = { text: 'Second, with a "quote".', evidence: [{ clause: 'g/1', quote: 'x' }] }
const json = JSON.stringify

describe('statements out of a stream', () => {
  it.each([
    ['JSON lines', `${json(one)}\n${json(two)}\n`],
    ['a code fence', `好的：\n\`\`\`json\n${json(one)}\n${json(two)}\n\`\`\``],
    ['an array', json([one, two])],
    ['a pretty array', json([one, two], null, 2)],
    ['a wrapper', json({ statements: [one, two] }, null, 2)],
    ['trailing commas', `${json(one).replace(/}$/, ',}')},\n${json(two).replace(']}', ',]}')},`],
    ['thoughts', `<think>{"text":"不","evidence":[]} { </think>${json(one)}${json(two)}`],
    ['a broken line before', `{"text": "断了\n${json(one)}\n${json(two)}`],
    ['an unclosed line before', `{"text": "断了",\n${json(one)}\n${json(two)}`],
    ['lines of another kind between', `${json(one)}\n{"note": 1}\n{"text": 1, "evidence": []}\n${json(two)}`],
  ])('%s', (_, output) => {
    expect(new StatementReader().push(output)).toEqual([one, two])
  })

  it('come as soon as each is complete, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 12 }), (cuts) => {
        const output = `\`\`\`\n${json(one)}\n${json(two)}\n{"none": true}`
        const places = [0, ...cuts.sort((a, b) => a - b), output.length]
        const reader = new StatementReader()
        const lines = places.slice(1).flatMap((end, i) => reader.push(output.slice(places[i], end)))
        expect(lines).toEqual([one, two, { none: true }])
      }),
    )
    const reader = new StatementReader()
    expect(reader.push(json(one).slice(0, -1))).toEqual([])
    expect(reader.push('}')).toEqual([one])
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\\n<think>/a企') }), (noise) => {
        const reader = new StatementReader()
        expect(Array.isArray(reader.push(noise))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('gets over an object without end', () => {
    const reader = new StatementReader()
    expect(reader.push(`{"text": [${'1,'.repeat(10_000)}`)).toEqual([])
    expect(reader.push(`\n${json(one)}`)).toEqual([one])
  })
})
