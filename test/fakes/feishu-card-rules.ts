/** What the vendor refuses of a card of JSON 2.0, with its code; null where it is well. */
export function refusalOfCard(content: string): { code: number; msg: string } | null {
  if (Buffer.byteLength(content) > 30 * 1024) return { code: 200860, msg: 'card content too large' }
  let card: unknown
  try {
    card = JSON.parse(content)
  } catch {
    return { code: 230099, msg: 'content is no JSON' }
  }
  const problems: string[] = []
  checkCard(card, problems)
  if (problems.length > 0)
    return { code: 230099, msg: `Failed to create card content: ${problems.join('; ')}` }
  if (countTags(card) > 200) return { code: 300305, msg: 'too many elements' }
  if (countTags(card, 'table') > 5) return { code: 11310, msg: 'too many tables' }
  return null
}

type Json = Record<string, unknown>

const sizes = ['heading', 'normal', 'notation']
const colors = ['default', 'grey', 'red', 'orange', 'blue', 'green']

/** Attributes by tag; those with a `!` must be there. */
const attributes: Record<string, string> = {
  plain_text: 'tag! content! text_size text_color text_align lines',
  markdown: 'tag! content! text_size text_align element_id',
  div: 'tag! text! icon element_id',
  hr: 'tag! element_id',
  img: 'tag! img_key! alt! title scale_type size preview corner_radius margin element_id',
  button: 'tag! text! type size width icon disabled behaviors! name form_action_type confirm element_id',
  column_set: 'tag! flex_mode horizontal_spacing columns! element_id',
  column: 'tag! width weight elements! element_id',
  table: 'tag! page_size row_height columns! rows! header_style freeze_first_column element_id',
  form: 'tag! name! elements! element_id',
  input:
    'tag! name! required placeholder default_value max_length width input_type rows auto_resize label label_position element_id',
  select_static: 'tag! name! required placeholder options! initial_option width element_id',
  multi_select_static: 'tag! name! required placeholder options! selected_values width element_id',
  date_picker: 'tag! name! required placeholder initial_date width element_id',
  picker_time: 'tag! name! required placeholder initial_time width element_id',
}
const fieldTags = ['input', 'select_static', 'multi_select_static', 'date_picker', 'picker_time']

function checkCard(card: unknown, problems: string[]): void {
  if (!isObject(card)) return void problems.push('no card')
  only(card, 'schema! config header body!', 'card', problems)
  if (card.schema !== '2.0') problems.push('schema')
  if (isObject(card.config)) {
    only(card.config, 'update_multi! width_mode summary enable_forward streaming_mode', 'config', problems)
    if (card.config.update_multi !== true) problems.push('update_multi')
  } else problems.push('config')
  if (card.header !== undefined) {
    only(card.header, 'title! subtitle template icon', 'header', problems)
    if (isObject(card.header))
      checkElement(card.header.title, problems, { depth: 1, inForm: false, names: new Set() })
  }
  if (!isObject(card.body) || !Array.isArray(card.body.elements)) return void problems.push('body')
  only(card.body, 'elements! direction padding', 'body', problems)
  const names = new Set<string>()
  for (const element of card.body.elements)
    checkElement(element, problems, { depth: 1, inForm: false, names })
}

interface At {
  depth: number
  inForm: boolean
  /** Names of fields and buttons, which may stand but once in a card. */
  names: Set<string>
}

function checkElement(element: unknown, problems: string[], at: At): void {
  if (!isObject(element) || typeof element.tag !== 'string') return void problems.push('element without tag')
  const { tag } = element
  if (!Object.hasOwn(attributes, tag)) return void problems.push(`unknown tag ${tag}`)
  only(element, attributes[tag]!, tag, problems)
  if (at.depth > 5) problems.push('nested too deep')
  if ((tag === 'form' || tag === 'table') && at.depth > 1) problems.push(`${tag} not at the root`)
  const below = { ...at, depth: at.depth + 1, inForm: at.inForm || tag === 'form' }
  if (tag === 'markdown' && typeof element.content !== 'string') problems.push('markdown content')
  if (tag === 'markdown') checkMarkdown(String(element.content), problems)
  if (tag === 'plain_text') {
    if (typeof element.content !== 'string') problems.push('plain_text content')
    if (element.text_size !== undefined && !sizes.includes(String(element.text_size)))
      problems.push('text_size')
    if (element.text_color !== undefined && !colors.includes(String(element.text_color)))
      problems.push('text_color')
  }
  if ((tag === 'div' || tag === 'button') && element.text) checkElement(element.text, problems, below)
  if (tag === 'img') {
    if (!/^img_v/.test(String(element.img_key))) problems.push('img_key')
    checkElement(element.alt, problems, below)
  }
  if (tag === 'button') checkButton(element, problems, at)
  if (tag === 'table') checkTable(element, problems)
  if (fieldTags.includes(tag)) checkField(element, problems, below)
  for (const inner of [element.elements, tag === 'column_set' ? element.columns : undefined]) {
    if (inner === undefined) continue
    if (!Array.isArray(inner) || inner.length === 0) problems.push(`${tag} without elements`)
    else for (const one of inner) checkElement(one, problems, below)
  }
  if (tag === 'form' && !JSON.stringify(element.elements).includes('"form_action_type":"submit"')) {
    problems.push('form without a submit button')
  }
}

function checkButton(button: Json, problems: string[], { inForm, names }: At): void {
  if (!['default', 'primary', 'danger', 'text'].includes(String(button.type))) problems.push('button type')
  if (isObject(button.text) && button.text.content === '') problems.push('button without words')
  if (button.form_action_type !== undefined) {
    if (!inForm || button.form_action_type !== 'submit') problems.push('form_action_type')
    takeName(button.name, problems, names)
  }
  if (!Array.isArray(button.behaviors) || button.behaviors.length !== 1)
    return void problems.push('behaviors')
  const [behavior] = button.behaviors
  if (isObject(behavior) && behavior.type === 'callback') {
    only(behavior, 'type! value!', 'callback', problems)
    if (!isObject(behavior.value)) problems.push('value is no object')
  } else if (isObject(behavior) && behavior.type === 'open_url') {
    only(behavior, 'type! default_url! pc_url ios_url android_url', 'open_url', problems)
    if (!URL.canParse(String(behavior.default_url))) problems.push('default_url')
  } else problems.push('behavior')
}

function checkTable(table: Json, problems: string[]): void {
  const columns = Array.isArray(table.columns) ? table.columns.filter(isObject) : []
  if (columns.length === 0 || columns.length > 50) problems.push('columns')
  for (const column of columns) only(column, 'name! display_name data_type! width', 'table column', problems)
  if (!(Number(table.page_size) >= 1 && Number(table.page_size) <= 10)) problems.push('page_size')
  for (const row of Array.isArray(table.rows) ? table.rows : [null]) {
    if (!isObject(row) || Object.keys(row).some((name) => !columns.some((column) => column.name === name))) {
      problems.push('table row')
    }
  }
}

function checkField(field: Json, problems: string[], at: At): void {
  if (!at.inForm) problems.push('field outside of a form')
  takeName(field.name, problems, at.names)
  if (field.placeholder !== undefined) {
    checkElement(field.placeholder, problems, at)
    if (isObject(field.placeholder) && String(field.placeholder.content).length > 100)
      problems.push('placeholder')
  }
  if (
    field.max_length !== undefined &&
    !(Number(field.max_length) >= 1 && Number(field.max_length) <= 1000)
  ) {
    problems.push('max_length')
  }
  if (String(field.default_value ?? '').length > 1000) problems.push('default_value')
  if (field.options === undefined) return
  const options = Array.isArray(field.options) ? field.options.filter(isObject) : []
  if (options.length === 0) problems.push('options')
  for (const option of options) {
    only(option, 'text! value!', 'option', problems)
    checkElement(option.text, problems, at)
  }
  const values = options.map(({ value }) => value)
  if (new Set(values).size < values.length) problems.push('the same option twice')
  for (const chosen of [
    field.initial_option,
    ...(Array.isArray(field.selected_values) ? field.selected_values : []),
  ]) {
    if (chosen !== undefined && !values.includes(chosen)) problems.push('no such option')
  }
}

function takeName(name: unknown, problems: string[], names: Set<string>): void {
  if (typeof name !== 'string' || name === '' || name.length > 100) problems.push('name')
  else if (names.has(name)) problems.push(`the name ${name} twice`)
  else names.add(name)
}

/** What our own cards use of markdown; anything else would be a person's text that became markup. */
function checkMarkdown(content: string, problems: string[]): void {
  const rest = content
    .replace(/<font color='(?:grey|orange)'>([^<>]*)<\/font>/g, '$1')
    .replace(/\u200a\*\*([^*\n]*)\*\*\u200a/g, '$1')
    .replace(/^> /gm, '')
    .replace(/&#\d+;/g, '')
  const found = /[&<>*_~`[\]|$\\@]|:\/\/|^\s*(?:#|[-+=]|\d+\.\s)/m.exec(rest)
  if (found) problems.push(`markup in a text: ${JSON.stringify(found[0])}`)
}

function only(node: unknown, allowed: string, what: string, problems: string[]): void {
  if (!isObject(node)) return void problems.push(`${what} is no object`)
  const names = allowed.split(' ')
  for (const name of Object.keys(node)) {
    if (!names.includes(name) && !names.includes(`${name}!`))
      problems.push(`unknown property ${what}.${name}`)
  }
  for (const name of names) {
    if (name.endsWith('!') && node[name.slice(0, -1)] === undefined) problems.push(`${what} lacks ${name}`)
  }
}

function countTags(node: unknown, tag?: string): number {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + countTags(one, tag), 0)
  if (!isObject(node)) return 0
  const own = typeof node.tag === 'string' && (tag === undefined || node.tag === tag) ? 1 : 0
  return own + countTags(Object.values(node), tag)
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
