import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readExcelFile from 'read-excel-file/node'
import { afterEach, expect, test } from 'vitest'
import { exportLedger, type LedgerFormat } from '../../src/features/submissions/ledger/export-ledger.ts'
import { replay } from '../../src/features/submissions/life/life.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { explainError } from '../../src/messages/translate.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const begin = { action: 'submissions.begin', value: { kind: 'proposal' } }

/** Texts that something else than a reader might take for more than text. */
const hostileTexts = {
  formula: `=cmd|' /C calc'!A0`,
  plus: '+HYPERLINK("http://evil.example","看看")',
  minus: '-2+3+cmd|x',
  at: '@SUM(1+9)*cmd|x',
  hidden: '\u200b=1+1，零宽在前',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  sql: `'; drop table submission; -- " \\`,
  template: '{{number}} $t(submissions:gone) %s',
  markup: '*粗* _斜_ ~删~ <!channel> <at id=all></at> [链接](http://evil.example)',
  emoji: '👩‍👩‍👧‍👦 𠮷 🇨🇳 e\u0301',
  direction: '\u202e倒着写的\u202c שלום مرحبا',
}

/** What somebody reads of a refusal, in both languages; fails where it is none, or says what is not theirs to read. */
function readRefusal(error: unknown): string {
  expect(error).toBeInstanceOf(PlainError)
  const words = (['zh-CN', 'en'] as const).map((language) => explainError(error, language))
  for (const text of words) isPlain(text)
  return words[0]!
}

function isPlain(text: string): void {
  expect(text).not.toMatch(/\bat .*\.ts|node_modules|\/src\/|submissions:|undefined|\[object/)
  expect(text.length).toBeLessThan(300)
}

describeEachDatabase('what is typed with ill intent', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test.each(['defect', 'method', 'effect', 'title'])(
    '100,000 characters in %s are refused; nothing that was typed before is lost',
    async (field) => {
      house = await openSubmissionsHouse(open)
      const opened = await house.click('张三', begin)
      const long = (count: number) => ({ ...proposal, [field]: '很长的话，'.repeat(count) })
      const filled = await house.fillIn('张三', opened, long(20_000)).catch((error: unknown) => error)
      expect(readRefusal(filled)).toContain('内容过长')
      const shorter = house.fillIn('张三', await house.click('张三', begin), long(1000))
      await expect(shorter).rejects.toThrow(`${field}: `)
      expect(await house.rows()).toEqual([])
      const again = await house.click('张三', begin)
      await house.fillIn('张三', again, proposal)
      expect((await house.rows())[0]?.subject).toBe(proposal.title)
    },
  )

  test('100,000 characters are refused where questions are asked one by one, and the question is asked again', async () => {
    house = await openSubmissionsHouse(open, { showsForms: false })
    await house.click('张三', begin)
    await house.type('张三', '署名')
    const asked = (await house.type('张三', '长'.repeat(100_000))).at(-1)
    expect(JSON.stringify(asked)).toContain('内容过长')
    expect(JSON.stringify(asked).length).toBeLessThan(4000)
    const [next] = await house.type('张三', proposal.title)
    expect(JSON.stringify(next)).toContain('类别')
  })

  test.each(Object.entries(hostileTexts))('%s comes through as the text that it is', async (_name, text) => {
    house = await openSubmissionsHouse(open)
    const title = `${text} 夹具`.slice(0, 58)
    const body = `${text} 三号线换型要拆装八颗螺栓。`
    const { number } = await house.sendIn('张三', { ...proposal, title, defect: body, method: body })
    const row = await house.row(number)
    expect(JSON.parse(row.content)).toMatchObject({ title: title.trim(), defect: body.trim() })
    expect(JSON.stringify(house.cardsOf('李梅').at(-1))).toContain(JSON.stringify(body.trim()).slice(1, -1))
    await house.act('李梅', number, 'return', { reason: `${text} 请补充每班次数。` })
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain(JSON.stringify(text.trim()).slice(1, -1))
    const asker = { person: house.people.王强! }
    const written = async (format: LedgerFormat) => {
      const request = {
        asker,
        filters: { kind: 'proposal' },
        format,
        template: null,
        language: 'zh-CN' as const,
      }
      const { pieces } = await exportLedger(house.context, request)
      return Buffer.concat(await Array.fromAsync(pieces))
    }
    const csv = parse(await written('csv'), { bom: true }) as string[][]
    const cells = csv.flat().filter((cell) => cell.includes('三号线换型要拆装八颗螺栓'))
    expect(cells.length).toBeGreaterThan(0)
    for (const cell of csv.flat()) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@]/u)
    const book = await written('xlsx')
    expect(book.includes('<f>')).toBe(false)
    const sheet = JSON.stringify(await readExcelFile(book))
    expect(sheet).toContain('三号线换型要拆装八颗螺栓')
  })

  test('values of the wrong type are refused, or taken as the text that they are', async () => {
    house = await openSubmissionsHouse(open)
    for (const wrong of [['a', 'b'], '', 'no-such-option', '__proto__', 'constructor']) {
      const filled = house.fillIn('张三', await house.click('张三', begin), { ...proposal, variety: wrong })
      await expect(filled).rejects.toThrow('variety')
    }
    const money = house.fillIn('张三', await house.click('张三', begin), { ...proposal, expected: '1e999' })
    await expect(money).rejects.toThrow('expected')
    expect(await house.rows()).toEqual([])
  })
})

describeEachDatabase('what is pressed with ill intent', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const standing = async () => ({
    rows: await house.rows(),
    history: await house.store.db.selectFrom('submission_history').selectAll().orderBy('seq').execute(),
  })

  /** The buttons that are about a record; the others begin something, or list what anybody may read. */
  const ofRecords = () =>
    Object.keys(house.feature.actions).filter(
      (name) => !['begin', 'list', 'expert', 'expert-list'].includes(name),
    )

  /** Pressed by somebody, it is plainly refused, by itself or on a renewed card, and changes nothing. */
  async function isRefused(user: string, action: string, value: Record<string, string>): Promise<string> {
    const before = await standing()
    const said = await house.click(user, { action, value }).then(({ toast, form }) => {
      if (toast === undefined || toast.startsWith('已办理') || form)
        throw new Error(`${user} ${action} did it`)
      isPlain(toast)
      return toast
    }, readRefusal)
    expect(await standing()).toEqual(before)
    return said
  }

  test('actions that there are none of are unknown', async () => {
    house = await openSubmissionsHouse(open)
    const { id } = await house.sendIn('张三')
    for (const action of [
      ...['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'accept;drop', 'clock'],
    ]) {
      const value = { submission: id, action, seen: '1' }
      for (const user of ['李梅', '张三', '路人']) await isRefused(user, 'submissions.act', value)
      await isRefused('李梅', `submissions.${action}`, value)
    }
  })

  test('what the clock does nobody presses, and what is another’s nobody else', async () => {
    house = await openSubmissionsHouse(open)
    const { id } = await house.sendIn('张三')
    for (const action of Object.keys(house.kinds.current('proposal').actions)) {
      const value = { submission: id, action, seen: '1' }
      await isRefused('外人', 'submissions.act', value)
      await isRefused('路人', 'submissions.act', value)
      await isRefused('卫工', 'submissions.act', value)
    }
    for (const action of ['end-review', 'end-notice', 'award', 'confirm', 'resubmit'])
      await isRefused('李梅', 'submissions.act', { submission: id, action, seen: '1' })
  })

  test('stages that nobody has seen are told as changes', async () => {
    house = await openSubmissionsHouse(open)
    const { id } = await house.sendIn('张三')
    for (const seen of ['', '0', '-1', '2', 'NaN', 'Infinity', '1e999', '01x', '१']) {
      const value = { submission: id, action: 'accept', seen }
      expect(await isRefused('李梅', 'submissions.act', value), seen).toContain('刚有变动')
    }
  })

  test('records that are none are not there, by whatever button', async () => {
    house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const none = ['', 'x', "' or 1=1 --", '__proto__', '%', 'JY-2026-9999', '../../etc/passwd']
    for (const submission of [...none, '🙂'.repeat(500)]) {
      for (const name of ofRecords()) {
        await isRefused('李梅', `submissions.${name}`, { submission, action: 'accept', seen: '1' })
      }
    }
  })

  test('a stranger reads and does nothing by any button of somebody else’s record', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三')
    for (const name of ofRecords()) {
      for (const submission of [id, number]) {
        const value = { submission, action: 'accept', seen: '1', kind: 'proposal', into: number }
        await isRefused('路人', `submissions.${name}`, value)
      }
    }
  })

  test('an unknown kind cannot be begun', async () => {
    house = await openSubmissionsHouse(open)
    for (const kind of ['', '__proto__', 'constructor', '../proposal', 'PROPOSAL'])
      await isRefused('张三', 'submissions.begin', { kind })
  })

  test('a form of somebody else is not left, read or sent in', async () => {
    house = await openSubmissionsHouse(open)
    const own = await house.click('张三', begin)
    for (const user of ['陈晨', '李梅', '路人']) {
      const taken = await house.fillIn(user, own, proposal).catch((error: unknown) => error)
      readRefusal(taken)
    }
    expect(await house.rows()).toEqual([])
    await house.fillIn('张三', own, proposal)
    const id = (await house.rows())[0]!.id
    const asked = await house.click('李梅', {
      action: 'submissions.act',
      value: { submission: id, action: 'return', seen: '1' },
    })
    readRefusal(await house.fillIn('张三', asked, { reason: '请补充。' }).catch((error: unknown) => error))
    expect((await standing()).rows[0]?.state).toBe('registered')
  })

  test('a form that was opened before something changed is refused, and what was typed is kept', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三')
    const value = { submission: id, action: 'return', seen: '1' }
    const asked = await house.click('李梅', { action: 'submissions.act', value })
    await house.act('李梅', number, 'accept')
    const late = house.fillIn('李梅', asked, { reason: '请写明每班用水多少吨。' })
    expect(readRefusal(await late.catch((error: unknown) => error))).toContain('刚有变动')
    expect((await house.row(number)).state).toBe('accepted')
    const { form } = await house.click('李梅', {
      action: 'forms.continue',
      value: { draft: asked.form!.draft },
    })
    expect(JSON.stringify(form)).toContain('请写明每班用水多少吨')
  })

  test('of two who press at once one is let through, and the other is told', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三')
    const press = (user: string) =>
      house.click(user, {
        action: 'submissions.act',
        value: { submission: id, action: 'accept', seen: '1' },
      })
    const ends = await Promise.all(['李梅', '王强', '李梅', '王强'].map(press))
    const told = ends.map(({ toast = '' }) => toast)
    expect(told.filter((toast) => toast.startsWith('已办理'))).toHaveLength(1)
    expect(told.filter((toast) => toast.includes('刚有变动'))).toHaveLength(3)
    const { history } = await standing()
    expect(history.map(({ action }) => action)).toEqual(['send-in', 'accept'])
    expect((await house.row(number)).state).toBe('accepted')
    await house.settle()
    // The author heard of it once.
    const heard = house.cardsOf('张三').filter((card) => JSON.stringify(card).includes('单位初审中'))
    expect(heard).toHaveLength(1)
  })

  test('any value of any button is done as its owner may, or plainly refused', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await house.sendIn('张三')
    const names = Object.keys(house.feature.actions)
    const kind = house.kinds.current('proposal')
    const some = fc.oneof(
      fc.constantFrom(id, number, '1', '2', 'proposal', 'yes', ...Object.keys(kind.actions)),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    )
    const value = fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'submission',
          'action',
          'seen',
          'kind',
          'behalf',
          'reading',
          'into',
          'code',
          'number',
        ),
        fc.string({ maxLength: 8 }),
      ),
      some,
      { maxKeys: 5 },
    )
    const press = fc.record({ name: fc.constantFrom(...names), user: fc.constantFrom('李梅', '路人'), value })
    await fc.assert(
      fc.asyncProperty(press, async ({ name, user, value: given }) => {
        const end = await house
          .click(user, { action: `submissions.${name}`, value: given })
          .catch((error: unknown) => error)
        if (end instanceof Error) readRefusal(end)
        const { rows, history } = await standing()
        for (const row of rows) {
          const own = history.filter(({ submission }) => submission === row.id)
          expect(replay(kind, own)).toBe(row.state)
        }
      }),
      { numRuns: 60, seed: 5 },
    )
  })
})
