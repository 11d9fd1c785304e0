import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { askedPage, pageTurns } from './paging.ts'
import { sayIn } from './say.ts'

test('the page asked for is one that a database can count to, else the first', async () => {
  const app = new Hono().get('/', (context) => context.text(String(askedPage({ context }))))
  const asked = async (query: string) => (await app.request(`/${query}`)).text()
  expect(await asked('')).toBe('1')
  expect(await asked('?page=3')).toBe('3')
  for (const none of ['0', '-1', '1.5', '1e300', '100000', 'x', ''])
    expect(await asked(`?page=${none}`)).toBe('1')
})

test('only ways to pages that are there are shown, with the address kept', async () => {
  const shown = async (page: number, hasMore: boolean) =>
    String(
      await pageTurns({ say: sayIn('en') }, { page, hasMore, addressOf: (to) => `/list?unit=a&page=${to}` }),
    )
  expect(await shown(1, false)).toBe('<p class="actions"></p>')
  expect(await shown(1, true)).toContain('href="/list?unit=a&amp;page=2">Next page</a>')
  const between = await shown(2, true)
  expect(between).toContain('page=1">Previous page</a>')
  expect(between).toContain('page=3">Next page</a>')
})
