import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fillIndex } from '../bot/index-cache.ts'
import { marksOf, WebGuest } from '../bot/web-guest.ts'
import { startModelServer } from '../fakes/openai-server.ts'
import { runKexie, startKexie, traces } from './run-kexie.ts'

const question = '多少科技人员应单独组建科协？'

let dataDir: string
const started: ChildProcess[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kexie-start-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
  }
  await rm(dataDir, { recursive: true, force: true })
})

/** A server process, and what it has logged so far. */
async function startServer(environment: Record<string, string> = {}) {
  await fillIndex(dataDir)
  const child = startKexie(['start'], { DATA_DIR: dataDir, PORT: '0', ...environment })
  started.push(child)
  let log = ''
  child.stderr!.setEncoding('utf8').on('data', (piece) => {
    log += piece
  })
  const [line] = await once(child.stdout!.setEncoding('utf8'), 'data')
  const address = /http:\/\/\S+/.exec(line)![0]
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  return { child, address, ended, log: () => log }
}

test('npm start prints where the chat is; SIGTERM ends it', async () => {
  const server = await startServer()
  expect((await fetch(server.address)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended).toEqual({ code: 0, signal: null })
  expect(server.log()).not.toMatch(traces)
})

test('the command line works beside the running server, and the server takes up what it adds', async () => {
  const server = await startServer({ QUESTIONS_PER_MINUTE: '1000' })
  const guest = await WebGuest.arrive(server.address)
  const file = join(dataDir, 'rules.txt')
  await writeFile(file, '科技展厅借用办法\n\n第一条 借用科技展厅每天收取场租500元。\n')
  const [added, asked] = await Promise.all([
    runKexie(['kb', 'add', file], { DATA_DIR: dataDir }),
    runKexie(['ask', question], { DATA_DIR: dataDir }),
    guest.ask(question),
  ])
  expect([added!.code, added!.errors, asked!.code, asked!.errors]).toEqual([0, '', 0, ''])
  await expect
    .poll(async () => marksOf(await guest.ask('借用科技展厅每天收取多少场租？')).join(''), {
      timeout: 30_000,
      interval: 500,
    })
    .toContain('场租500元')
  expect(server.log()).not.toMatch(traces)
}, 90_000)

test('SIGTERM while an answer is written: it is finished, then the server ends; the next one shows it', async () => {
  const model = await startModelServer()
  try {
    const asked = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    model.script(async (exchange) => {
      asked.resolve()
      await gate.promise
      exchange.finish()
    })
    const server = await startServer({
      MODEL_PROVIDER: 'openai',
      MODEL_NAME: 'scripted',
      MODEL_BASE_URL: `${model.url}/v1`,
    })
    const guest = await WebGuest.arrive(server.address)
    expect((await guest.post('messages', { text: question })).status).toBe(202)
    await asked.promise
    server.child.kill('SIGTERM')
    // New people are turned away from now on; only then the model goes on.
    await expect
      .poll(
        () =>
          fetch(server.address).then(
            (page) => page.status,
            () => 'closed',
          ),
        { timeout: 10_000 },
      )
      .not.toBe(200)
    gate.resolve()
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(server.log()).not.toMatch(traces)
    const next = await startServer()
    const shown = (await guest.at(next.address).transcript()).filter(({ from }) => from === 'bot')
    expect(shown).toMatchObject([{ open: false }])
    expect(marksOf(shown[0]!.card!).join('')).toContain('应单独组建科协组织')
  } finally {
    await model.close()
  }
})

test('a port in use is told in one plain line', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const address = holder.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const { code, errors } = await runKexie(['start'], { DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'warn' })
  holder.close()
  expect(code).toBe(1)
  expect(errors).toContain(port)
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(errors).not.toMatch(traces)
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['QUESTIONS_PER_MINUTE', '0'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://localhost'],
  ['MODEL_PROVIDER', 'skynet'],
  ['MODEL_PROVIDER', 'openai'],
  ['MODEL_BASE_URL', 'not a URL'],
  ['MODEL_TIMEOUT_SECONDS', 'NaN'],
])('a wrong setting %s=%s is named in one plain line', async (name, value) => {
  for (const words of [['start'], ['ask', '问']]) {
    const { code, output, errors } = await runKexie(words, { DATA_DIR: dataDir, [name]: value })
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(name.replace('PROVIDER', ''))
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).not.toMatch(traces)
  }
})

test.each<[string, Record<string, string>]>([
  ['a database that is not there', { DATABASE_URL: 'postgres://kexie:hidden-word@127.0.0.1:1/kexie' }],
  ['a data folder that is a file', { DATA_DIR: new URL(import.meta.url).pathname }],
])('%s is told in one plain line, without a password', async (_, environment) => {
  const { code, output, errors } = await runKexie(['ask', '问'], { DATA_DIR: dataDir, ...environment })
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(errors).not.toMatch(traces)
  expect(errors).not.toContain('hidden-word')
})

test('the chat in a pipe: a question, its clause by number, and the end', async () => {
  const { code, output, errors } = await runKexie(['chat'], { DATA_DIR: dataDir }, `${question}\n1\nexit\n`)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output).toContain('应单独组建科协组织')
  // The whole clause holds its last sentence, which the quote does not.
  expect(output).toContain('实现园区科协组织的全覆盖')
})
