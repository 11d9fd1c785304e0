import { describe, expect, test } from 'vitest'
import { closedTo, makeClause, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import { guest, type Reader } from '../../knowledge/clause.ts'
import { findCitedClause, openFor } from './cited-clause.ts'

const chapters = ['坚持模式创新', '加强联系'].map((words, i) =>
  makeClause(i + 9, words, { key: `三/${'九十'[i]}`, label: `（${'九十'[i]}）` }),
)
const engine = makeEngine([
  makeDocument('guideline', [], { title: '组织建设的意见', clauses: chapters }),
  makeDocument('funds', ['经费来源', '经费使用', '经费监督'], { title: '经费管理办法' }),
  makeDocument('inner', ['内部规定'], { title: '内部办法', visibility: closedTo('分公司') }),
])
const insider: Reader = { organisations: ['分公司'], roles: [] }
const find = (
  text: string,
  reader: Reader = insider,
  nearest: Parameters<typeof findCitedClause>[3] = null,
) => findCitedClause({ engine }, text, reader, nearest)

describe('a clause as people name it', () => {
  test.each([
    ['第十条', 'guideline', '三/十'],
    ['第10条', 'guideline', '三/十'],
    ['（九）', 'guideline', '三/九'],
    ['10', 'guideline', '三/十'],
    [' 第三条 ', 'funds', '第3条'],
    ['第3条', 'funds', '第3条'],
    ['《组织建设的意见》第十条', 'guideline', '三/十'],
    ['经费管理办法 第二条', 'funds', '第2条'],
    ['内部办法第一条', 'inner', '第1条'],
  ])('%s', (text, document, key) => {
    expect(find(text)).toEqual({ document, key })
  })

  test.each([
    ['第四十条', 'help:clause.unknown'],
    ['随便写的', 'help:clause.unknown'],
    ['《没有的办法》第一条', 'help:clause.unknown'],
    ['经费管理办法', 'help:clause.unknown'],
    ['经费管理办法第九条', 'help:clause.unknown'],
    ['第一条', 'help:clause.several'],
  ])('%s is not taken', (text, key) => {
    expect(() => find(text)).toThrow(expect.objectContaining({ key }))
  })

  test('of several documents it is that of the nearest clause', () => {
    expect(find('第一条', insider, { document: 'inner', key: '第1条' }).document).toBe('inner')
  })

  test('what the reader may not see is not there, neither by name nor in what is told', () => {
    expect(find('第一条', guest)).toEqual({ document: 'funds', key: '第1条' })
    expect(() => find('内部办法第三条', guest)).not.toThrow(
      expect.objectContaining({ key: 'help:clause.several' }),
    )
    expect(openFor({ engine }, { document: 'inner', key: '第1条' }, [guest])).toBeNull()
    expect(openFor({ engine }, { document: 'inner', key: '第1条' }, [insider])).not.toBeNull()
    expect(openFor({ engine }, null, [insider])).toBeNull()
  })
})
