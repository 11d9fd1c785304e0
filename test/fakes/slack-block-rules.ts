/** What the vendor refuses in blocks, in views and in the text beside them, as its reference says. */

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

class Problems {
  readonly found: string[] = []

  check(isWell: boolean, problem: string): void {
    if (!isWell) this.found.push(problem)
  }

  keys(given: Json, ...allowed: string[]): void {
    for (const key of Object.keys(given)) {
      this.check(allowed.includes(key), `${String(given.type)}: unknown attribute ${key}`)
    }
  }

  text(value: unknown, what: string, most: number, kinds = ['plain_text']): void {
    if (!isJson(value)) {
      this.check(false, `${what}: no text object`)
      return
    }
    this.keys(value, 'type', 'text', 'emoji', 'verbatim')
    this.check(kinds.includes(String(value.type)), `${what}: ${String(value.type)}`)
    this.length(value.text, what, most)
  }

  length(value: unknown, what: string, most: number, least = 1): void {
    if (typeof value !== 'string') {
      this.check(false, `${what}: no string`)
      return
    }
    this.check(value.length >= least && value.length <= most, `${what}: ${value.length} characters`)
  }

  count(value: unknown, what: string, most: number): Json[] {
    const list = listOf(value)
    this.check(list.length > 0 && list.length <= most, `${what}: ${list.length} of them`)
    return list
  }
}

const surfaces: Record<string, { blocks: number; types: string[] }> = {
  message: {
    blocks: 50,
    types: ['section', 'header', 'divider', 'context', 'actions', 'rich_text', 'table', 'image'],
  },
  modal: {
    blocks: 100,
    types: ['section', 'header', 'divider', 'context', 'actions', 'rich_text', 'input', 'image'],
  },
  home: { blocks: 100, types: ['section', 'header', 'divider', 'context', 'actions', 'rich_text'] },
}

/** Why blocks are refused there, one line each; none where they are taken. */
export function problemsOfBlocks(given: unknown, surface: 'message' | 'modal' | 'home'): string[] {
  const problems = new Problems()
  const { blocks: most, types } = surfaces[surface]!
  const blocks = problems.count(given, 'blocks', most)
  const ids = blocks.flatMap((block) => (typeof block.block_id === 'string' ? [block.block_id] : []))
  problems.check(new Set(ids).size === ids.length, 'block_id: twice')
  for (const id of ids) problems.length(id, 'block_id', 255)
  problems.check(blocks.filter(({ type }) => type === 'table').length <= 1, 'table: more than one')
  let length = 0
  JSON.stringify(given, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') length += value.length
    return value
  })
  if (surface === 'message') problems.check(length <= 13_200, `msg_blocks_too_long: ${length}`)
  for (const block of blocks) {
    problems.check(types.includes(String(block.type)), `${String(block.type)}: not in a ${surface}`)
    checkBlock(block, problems)
  }
  return problems.found
}

function checkBlock(block: Json, problems: Problems): void {
  switch (block.type) {
    case 'header':
      problems.keys(block, 'type', 'text', 'block_id')
      problems.text(block.text, 'header', 150)
      break
    case 'section':
      problems.keys(block, 'type', 'text', 'block_id')
      problems.text(block.text, 'section', 3000, ['plain_text', 'mrkdwn'])
      break
    case 'context':
      problems.keys(block, 'type', 'elements', 'block_id')
      for (const element of problems.count(block.elements, 'context', 10)) {
        problems.text(element, 'context', 2000, ['plain_text', 'mrkdwn'])
      }
      break
    case 'actions': {
      problems.keys(block, 'type', 'elements', 'block_id')
      const elements = problems.count(block.elements, 'actions', 25)
      const ids = elements.map(({ action_id }) => action_id)
      problems.check(new Set(ids).size === ids.length, 'action_id: twice')
      for (const element of elements) checkButton(element, problems)
      break
    }
    case 'table':
      checkTable(block, problems)
      break
    case 'rich_text':
      problems.keys(block, 'type', 'elements', 'block_id')
      for (const element of problems.count(block.elements, 'rich_text', 1000)) checkRich(element, problems)
      break
    case 'image':
      problems.keys(block, 'type', 'slack_file', 'alt_text', 'block_id')
      problems.length(block.alt_text, 'alt_text', 2000)
      break
    case 'input':
      problems.keys(block, 'type', 'block_id', 'label', 'hint', 'optional', 'element')
      problems.text(block.label, 'label', 2000)
      if (block.hint !== undefined) problems.text(block.hint, 'hint', 2000)
      checkInput(isJson(block.element) ? block.element : {}, problems)
      break
    default:
      problems.keys(block, 'type', 'block_id')
  }
}

function checkButton(element: Json, problems: Problems): void {
  problems.check(element.type === 'button', `actions: ${String(element.type)}`)
  problems.keys(element, 'type', 'action_id', 'text', 'value', 'style', 'url')
  problems.text(element.text, 'button', 75)
  problems.length(element.action_id, 'action_id', 255)
  if (element.value !== undefined) problems.length(element.value, 'button value', 2000)
  problems.check([undefined, 'primary', 'danger'].includes(element.style as string), 'button: style')
}

function checkTable(block: Json, problems: Problems): void {
  problems.keys(block, 'type', 'rows', 'column_settings', 'block_id')
  const rows = Array.isArray(block.rows) ? block.rows : []
  problems.check(rows.length >= 1 && rows.length <= 100, `table: ${rows.length} rows`)
  let length = 0
  for (const row of rows) {
    for (const cell of problems.count(row, 'table columns', 20)) {
      problems.check(cell.type === 'raw_text', 'table: cell')
      problems.length(cell.text, 'cell', 10_000)
      length += String(cell.text).length
    }
  }
  problems.check(length <= 10_000, `table: ${length} characters`)
}

function checkRich(element: Json, problems: Problems): void {
  const kinds = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted', 'rich_text_list']
  problems.check(kinds.includes(String(element.type)), `rich_text: ${String(element.type)}`)
  if (element.type === 'rich_text_list') {
    problems.keys(element, 'type', 'style', 'elements', 'indent')
    for (const item of problems.count(element.elements, 'list', 1000)) {
      problems.check(item.type === 'rich_text_section', 'list: item')
      checkRich(item, problems)
    }
    return
  }
  problems.keys(element, 'type', 'elements')
  for (const piece of problems.count(element.elements, String(element.type), 1000)) {
    problems.check(['text', 'link'].includes(String(piece.type)), `rich text: ${String(piece.type)}`)
    if (piece.type === 'link') {
      problems.keys(piece, 'type', 'url', 'text', 'style')
      problems.check(URL.canParse(String(piece.url)), 'link: url')
      problems.length(piece.url, 'link', 3000)
    } else {
      problems.keys(piece, 'type', 'text', 'style')
      problems.length(piece.text, 'rich text', 3000)
    }
    if (isJson(piece.style)) {
      const styles = ['bold', 'italic', 'strike', 'code']
      problems.check(
        Object.keys(piece.style).every((name) => styles.includes(name)),
        'rich text: style',
      )
    }
  }
}

const inputKeys: Record<string, string[]> = {
  plain_text_input: ['multiline', 'max_length', 'min_length', 'initial_value', 'placeholder'],
  datepicker: ['initial_date', 'placeholder'],
  timepicker: ['initial_time', 'placeholder'],
  static_select: ['options', 'option_groups', 'initial_option', 'placeholder'],
  multi_static_select: ['options', 'option_groups', 'initial_options', 'placeholder'],
  checkboxes: ['options', 'initial_options'],
}

function checkInput(element: Json, problems: Problems): void {
  const type = String(element.type)
  problems.check(type in inputKeys, `input: ${type}`)
  problems.keys(element, 'type', 'action_id', ...(inputKeys[type] ?? []))
  problems.length(element.action_id, 'action_id', 255)
  if (element.placeholder !== undefined) problems.text(element.placeholder, 'placeholder', 150)
  if (type === 'plain_text_input') {
    if (element.initial_value !== undefined) problems.length(element.initial_value, 'initial_value', 3000, 0)
    problems.check(Number(element.max_length ?? 1) <= 3000, 'max_length')
  }
  if (element.initial_date !== undefined) {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(String(element.initial_date))
    problems.check(isDay && !Number.isNaN(Date.parse(String(element.initial_date))), 'initial_date')
  }
  if (!type.includes('select') && type !== 'checkboxes') return
  const groups =
    element.option_groups === undefined ? [] : problems.count(element.option_groups, 'groups', 100)
  for (const group of groups) problems.text(group.label, 'group', 75)
  const lists = groups.length > 0 ? groups.map(({ options }) => options) : [element.options]
  const options = lists.flatMap((list) => problems.count(list, 'options', type === 'checkboxes' ? 10 : 100))
  for (const option of options) {
    problems.text(option.text, 'option', 75, ['plain_text', 'mrkdwn'])
    problems.length(option.value, 'option value', 150)
  }
  const offered = new Set(options.map((option) => JSON.stringify(option)))
  const initial = [element.initial_option, ...listOf(element.initial_options)].filter(isJson)
  problems.check(
    initial.every((option) => offered.has(JSON.stringify(option))),
    'initial option: not offered',
  )
}

/** Why a view is refused, one line each. */
export function problemsOfView(given: unknown): string[] {
  if (!isJson(given)) return ['no view']
  const problems = new Problems()
  if (given.type === 'home') {
    problems.keys(given, 'type', 'blocks', 'private_metadata', 'callback_id')
    return [...problems.found, ...problemsOfBlocks(given.blocks, 'home')]
  }
  problems.check(given.type === 'modal', 'view: type')
  problems.keys(given, 'type', 'title', 'close', 'submit', 'blocks', 'private_metadata', 'callback_id')
  problems.text(given.title, 'title', 24)
  if (given.close !== undefined) problems.text(given.close, 'close', 24)
  if (given.submit !== undefined) problems.text(given.submit, 'submit', 24)
  problems.length(given.private_metadata ?? '', 'private_metadata', 3000, 0)
  problems.length(given.callback_id ?? '', 'callback_id', 255, 0)
  const hasInputs = listOf(given.blocks).some(({ type }) => type === 'input')
  problems.check(!hasInputs || given.submit !== undefined, 'view: inputs need a submit')
  return [...problems.found, ...problemsOfBlocks(given.blocks, 'modal')]
}
