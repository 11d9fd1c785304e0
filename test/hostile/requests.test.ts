import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { buttonsFor, textOf, WebGuest } from '../bot/web-guest.ts'
import { insides, question, refused, withHostileBot } from './hostile-bot.ts'

const bot = withHostileBot()

describe('a question', () => {
  test.each<[string, string]>([
    ['2,000 characters', '企业科协经费'.repeat(334).slice(0, 2000)],
    ['2,000 emoji', '😀'.repeat(2000)],
    ['punctuation', '？！……——。，、；：“”（）《》'],
    ['one character', '科'],
    ['right to left', '\u202eﺎﻠﻤﻜﺘﺑ 企业科协 שלום'],
    ['characters without width', '科\u200b协\u200d经\u2060费\ufeff怎么来？'],
    ['control characters', '\u0000\u0007科协\u001b[31m经费\u009b2J\u0008'],
    ['half a surrogate pair', '科协\ud83d经费\udc00'],
    ['combining marks', `科${'\u0301'.repeat(1500)}协`],
    ['SQL', "'; drop table answer_given; -- 科协经费"],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>科协经费'],
    ['Markdown', '# [科协](javascript:alert(1)) **经费** ```\n| a | b |'],
    ['JSON', '{"__proto__":{"refused":false},"$where":"1"}'],
    ['YAML', '---\n!!js/function "x"\n&a [*a]\n---\n科协'],
    ['templates', '{{title}} <%= process.env.PATH %> #{1} $t(policy:welcome.title) %s %n'],
    ['names of prototypes', '__proto__ constructor toString hasOwnProperty valueOf'],
    ['numbers', 'NaN Infinity -1 1e999 0x41 ⅷ ① ４２ 人'],
    ['lines', `科协\n${'\n'.repeat(1500)}经费`],
    ['no language of ours', 'Сколько человек нужно? 何人必要ですか 몇 명'],
  ])('of %s is answered in a card', async (_, text) => {
    const guest = await WebGuest.arrive(bot.address)
    const { cards, ended } = await guest.say(text)
    expect(ended).toBe(true)
    expect(cards.at(-1)!.tone).not.toBe('error')
    expect(JSON.stringify(cards)).not.toMatch(insides)
    // Values of buttons come back as they are, and open what they say.
    for (const button of buttonsFor(cards.at(-1)!, 'policy.open-clause')) {
      expect((await guest.open(button)).tone).toBe('info')
    }
  })

  test.each([
    ['nothing', ''],
    ['blanks', ' \u3000\n\t'],
    ['what nobody sees', '\u0000\u202e\ufeff'],
    ['2,001 characters', '长'.repeat(2001)],
    ['10,000 different words', Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' ')],
  ])('of %s is turned away plainly', async (_, text) => {
    const guest = await WebGuest.arrive(bot.address)
    expect([400, 413]).toContain(await refused(await guest.post('messages', { text })))
  })
})

describe('a button', () => {
  const forged: [string, string, Record<string, string>][] = [
    ['an action nobody has', 'policy.launch', {}],
    ['a feature nobody has', 'nothing.at-all', {}],
    ['a prototype', 'policy.constructor', {}],
    ['a prototype in front', 'constructor.name', {}],
    ['no value', 'policy.open-clause', {}],
    ['an unknown clause', 'policy.open-clause', { document: 'guideline', key: '九/九十九' }],
    ['a path', 'policy.open-clause', { document: '../../etc/passwd', key: '../..' }],
    ['names of prototypes', 'policy.open-clause', { document: '__proto__', key: 'constructor' }],
    ['an unknown answer', 'policy.feedback', { answer: randomUUID(), verdict: 'up' }],
    ['an unknown verdict', 'policy.feedback', { answer: 'x', verdict: 'sideways' }],
    ['SQL', 'help.ask', { answer: "' or 1=1 --" }],
    [
      'an account of another',
      'policy.feedback',
      { answer: 'x:y', verdict: 'up', account: '["web","web","z"]' },
    ],
  ]
  test.each(forged)('with %s gets a plain word', async (_, action, value) => {
    const guest = await WebGuest.arrive(bot.address)
    const response = await guest.post('actions', { action, value })
    if (response.status === 200) {
      const given: unknown = await response.json()
      expect(Object.keys(given as object)).not.toEqual([])
      expect(JSON.stringify(given)).not.toMatch(insides)
    } else {
      expect(await refused(response)).toBe(422)
    }
  })

  test.each([
    ['a huge value', { action: 'policy.feedback', value: { answer: 'x'.repeat(2000) } }, 400],
    [
      'a value beyond the request',
      { action: 'policy.feedback', value: { answer: 'x'.repeat(100_000) } },
      413,
    ],
    ['a number for a text', { action: 'policy.feedback', value: { answer: 1 } }, 400],
    ['a null character', { action: 'policy.feedback', value: { answer: '\0' } }, 400],
    ['a name that is no name', { action: '__proto__', value: {} }, 400],
    ['a list for a value', { action: 'policy.feedback', value: [] }, 400],
    ['no action', { value: {} }, 400],
    ['a message that is a number', { action: 'policy.feedback', value: {}, message: 1 }, 400],
    ['a message with a null character', { action: 'policy.feedback', value: {}, message: 'a\0' }, 400],
    ['an odd id', { id: '../../x', action: 'policy.feedback', value: {} }, 400],
  ])('with %s is turned away', async (_, body, status) => {
    const guest = await WebGuest.arrive(bot.address)
    expect(await refused(await guest.post('actions', body))).toBe(status)
  })

  test.each([
    '0-5',
    '5-0',
    '-1-5',
    '0-999999',
    '3-9,1-99',
    'NaN-NaN',
    '1e9-2e9',
    '9-9',
    ',,,',
    `${'0-1,'.repeat(300)}`,
  ])('whose marks are %s still opens the whole clause', async (marks) => {
    const guest = await WebGuest.arrive(bot.address)
    const value = { document: 'guideline', version: '1', key: '三/十', marks }
    const card = await guest.open({ label: '', action: 'policy.open-clause', value })
    expect(textOf(card).replace(/[【】]/g, '')).toContain('实现园区科协组织的全覆盖。')
  })
})

describe('a request', () => {
  const raw = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${bot.address}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: bot.address, ...headers },
      body,
    })

  test.each<[string, string]>([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['JSON nested deep', `${'['.repeat(15_000)}${']'.repeat(15_000)}`],
    ['a deep object', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['a prototype', '{"__proto__":{"id":"12345678","conversation":"12345678","text":"科协"}}'],
    ['null', 'null'],
    ['a text that is a list', '{"id":"12345678","conversation":"12345678","text":["科协"]}'],
  ])('of %s is turned away', async (_, body) => {
    expect(await refused(await raw(body))).toBe(400)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('of the type %s is turned away', async (type) => {
    expect(await refused(await raw('{"id":"12345678"}', { 'Content-Type': type }))).toBe(403)
  })

  test('from another site is turned away', async () => {
    const body = JSON.stringify({ id: randomUUID(), conversation: randomUUID(), text: question })
    expect(await refused(await raw(body, { Origin: 'https://evil.example' }))).toBe(403)
    expect(await refused(await raw(body, { 'Sec-Fetch-Site': 'cross-site' }))).toBe(403)
  })

  test.each([
    '/assets/../../../etc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/....//package.json',
    '/assets/chat.js%00.png',
    '/assets/__proto__',
    '/assets/constructor',
    '/assets//etc/passwd',
    '/api/messages/..%2f..%2fx',
    '/.env',
    '/data/kexie.db',
    '/%',
    '/%ff%fe',
    `/${'a'.repeat(8000)}`,
  ])('for %s finds nothing', async (path) => {
    // fetch would tidy the path before it is sent.
    const { status, text } = await getRaw(path)
    expect([400, 404]).toContain(status)
    expect(text).not.toMatch(/root:|"dependencies"|SQLite format/)
    expect(text).not.toMatch(insides)
  })

  function getRaw(path: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(bot.address)
      request({ hostname, port, path }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
        .on('error', reject)
        .end()
    })
  }
})

describe('a page of a form', () => {
  test.each([
    ['a draft nobody has', { draft: randomUUID(), page: 'question', step: 'next', values: {} }, 422],
    ['a prototype for a draft', { draft: '__proto__', page: 'constructor', step: 'submit', values: {} }, 422],
    ['SQL for a draft', { draft: "' or 1=1 --", page: 'question', step: 'submit', values: {} }, 422],
    ['a step nobody takes', { draft: 'x', page: 'question', step: 'launch', values: {} }, 400],
    ['values in a list', { draft: 'x', page: 'question', step: 'next', values: [] }, 400],
    ['values within values', { draft: 'x', page: 'question', step: 'next', values: { a: { b: 'c' } } }, 400],
    ['more than fits', { draft: 'x', page: 'q', step: 'next', values: { a: 'x'.repeat(600_000) } }, 413],
  ])('with %s is turned away', async (_, body, status) => {
    const guest = await WebGuest.arrive(bot.address)
    expect(await refused(await guest.post('pages', body))).toBe(status)
  })
})

describe('a file', () => {
  test.each([
    ['a program', 'tool.exe', 'MZ'],
    ['a page', 'page.html', '<script>alert(1)</script>'],
    ['a drawing with a script', 'x.svg', '<svg onload="alert(1)"/>'],
    ['a page that is called a picture', 'x.png', '<script>alert(1)</script>'],
    ['nothing', 'x.txt', ''],
    ['a name that is a path alone', '../../', 'x'],
  ])('that is %s is turned away', async (_, name, content) => {
    const guest = await WebGuest.arrive(bot.address)
    expect(await refused(await guest.postFile(name, content))).toBe(400)
  })

  test('that no form waits for is not kept', async () => {
    const guest = await WebGuest.arrive(bot.address)
    expect(await refused(await guest.postFile('a.txt', '一'))).toBe(422)
    expect(await guest.transcript()).toEqual([])
  })

  test('from another site, or without its form, is turned away', async () => {
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`${bot.address}/api/files`, { method: 'POST', headers, body })
    const form = 'multipart/form-data; boundary=x'
    const elsewhere = { Origin: 'https://evil.example' }
    expect(await refused(await send({ 'Content-Type': form, ...elsewhere }, '--x--'))).toBe(403)
    expect(await refused(await send({ 'Content-Type': form, Origin: bot.address }, '--x--'))).toBe(400)
    expect(await refused(await send({ 'Content-Type': form, Origin: bot.address }, 'no form'))).toBe(400)
    expect(await refused(await send({ 'Content-Type': 'text/plain', Origin: bot.address }, 'x'))).toBe(403)
  })
})
