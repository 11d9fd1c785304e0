import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { XmlElement } from './read-xml.ts'
import { findChild, readXml } from './read-xml.ts'

const name = fc.constantFrom('w:p', 'w:t', 'a', 'mc:Choice')
const text = fc.stringMatching(/^[一-龥<>&"' a-z]{1,8}$/)
const element: fc.Arbitrary<XmlElement> = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc.record({
    name,
    attributes: fc.dictionary(name, text, { maxKeys: 3 }),
    // Neighbouring texts would be read as one.
    children: fc.oneof(
      { maxDepth: 4 },
      fc.array(text, { maxLength: 1 }),
      fc.array(tie('element'), { maxLength: 3 }),
    ),
  }),
})).element

function print({ name: tag, attributes, children }: XmlElement): string {
  const escaped = (value: string) =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&#60;').replaceAll('"', '&#x22;')
  const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : print(child)))
  return children.length === 0
    ? `<${tag}${own.join('')}/>`
    : `<${tag}${own.join('')}>${inner.join('')}</${tag}>`
}

test('what is read from printed XML is the tree', () => {
  fc.assert(
    fc.property(element, (tree) => {
      const source = `<?xml version="1.0"?><!-- note -->${print(tree)}\n`
      expect(JSON.parse(JSON.stringify(readXml(source)))).toEqual(tree)
    }),
  )
})

test('entities, quotes and sections of data', () => {
  const root = readXml(`<a b='x>"' c = "&lt;&#x4e00;&unknown;"><d><![CDATA[<&>]]>二</d></a>`)
  expect(root.attributes).toMatchObject({ b: 'x>"', c: '<一&unknown;' })
  expect(findChild(root, 'd')?.children).toEqual(['<&>', '二'])
  expect(findChild(root, 'd', 'e')).toBeUndefined()
})

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '</a>',
  '<a b="c>',
  '<a><!-- ',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<>',
])('%j is refused', (source) => {
  expect(() => readXml(source)).toThrow(Error)
})

test('tags nested and repeated very often are read in good time', () => {
  expect(readXml('<a>'.repeat(200_000) + '</a>'.repeat(200_000)).name).toBe('a')
  expect(readXml(`<a>${'<b c="d"/>'.repeat(200_000)}</a>`).children.length).toBe(200_000)
})
