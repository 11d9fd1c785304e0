import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readIndexFile, type Section, writeIndexFile } from './index-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexie-index-'))
  path = join(folder, 'a.index')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const small = (): Record<string, Section> => ({
  bytes: Uint8Array.of(1, 2, 3),
  numbers: Uint32Array.of(0, 0xffffffff),
  weights: Float32Array.of(0.5, -1, Number.POSITIVE_INFINITY),
  empty: new Uint32Array(),
})

describe('an index file', () => {
  test('comes back as it was written, in the same types', () => {
    const section = fc.oneof(
      fc.uint8Array(),
      fc.uint32Array(),
      fc.float32Array({ noNaN: true }),
    ) as fc.Arbitrary<Section>
    const sections = fc.dictionary(fc.string({ minLength: 1 }), section, { noNullPrototype: true })
    fc.assert(
      fc.property(sections, fc.string(), (written, fingerprint) => {
        writeIndexFile(path, fingerprint, written)
        expect(readIndexFile(path, fingerprint)).toEqual(new Map(Object.entries(written)))
      }),
      { numRuns: 15 },
    )
  })

  test('may hold a part of a larger array, also at an odd place', () => {
    const whole = Uint8Array.of(9, 8, 7, 6, 5)
    writeIndexFile(path, 'f', { part: whole.subarray(1, 4) })
    expect(readIndexFile(path, 'f')).toEqual(new Map([['part', Uint8Array.of(8, 7, 6)]]))
  })

  test('is made in a folder that was not there', () => {
    const deep = join(folder, 'one', 'two', 'a.index')
    writeIndexFile(deep, 'f', small())
    expect(readIndexFile(deep, 'f')).not.toBeNull()
  })

  test('of another state is not read', () => {
    writeIndexFile(path, 'one', small())
    expect(readIndexFile(path, 'other')).toBeNull()
    expect(readIndexFile(path, '')).toBeNull()
  })

  test('that is not there, or is a folder, is not read', () => {
    expect(readIndexFile(path, 'f')).toBeNull()
    mkdirSync(path)
    expect(readIndexFile(path, 'f')).toBeNull()
  })

  test('is not read when any one byte of it was changed', () => {
    writeIndexFile(path, 'f', small())
    const right = readFileSync(path)
    const unnoticed: number[] = []
    for (let at = 0; at < right.length; at++) {
      for (const change of [0x01, 0xff]) {
        const wrong = Buffer.from(right)
        wrong[at]! ^= change
        writeFileSync(path, wrong)
        if (readIndexFile(path, 'f') !== null) unnoticed.push(at)
      }
    }
    expect(unnoticed).toEqual([])
  })

  test('is not read when it was cut short anywhere, or has more at its end', () => {
    writeIndexFile(path, 'f', small())
    const right = readFileSync(path)
    for (let length = 0; length < right.length; length++) {
      writeFileSync(path, right.subarray(0, length))
      expect(readIndexFile(path, 'f'), `${length} of ${right.length} bytes`).toBeNull()
    }
    writeFileSync(path, Buffer.concat([right, Buffer.of(0)]))
    expect(readIndexFile(path, 'f')).toBeNull()
  })

  test('takes the place of an older one, and leaves nothing else behind', () => {
    writeIndexFile(path, 'one', small())
    writeIndexFile(path, 'two', { other: Uint8Array.of(1) })
    expect(readIndexFile(path, 'two')).toEqual(new Map([['other', Uint8Array.of(1)]]))
    expect(readdirSync(folder)).toEqual(['a.index'])
  })

  test('that cannot be put in its place leaves the old as it was, and nothing half beside it', () => {
    mkdirSync(path)
    writeFileSync(join(path, 'inside'), 'x')
    expect(() => writeIndexFile(path, 'f', small())).toThrow()
    expect(readdirSync(folder)).toEqual(['a.index'])
    expect(readdirSync(path)).toEqual(['inside'])
  })
})
