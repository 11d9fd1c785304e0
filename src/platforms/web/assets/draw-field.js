import { element } from './draw-card.js'
import { pageData, randomId, say } from './page-data.js'

const oneLine = (attributes) => () => Object.assign(element('input', ''), { type: 'text', ...attributes })

/** A date or time typed in words elsewhere does not fit the browser's own control. */
const orText = (type, form) => (field) =>
  Object.assign(element('input', ''), {
    type: field.value === '' || form.test(field.value) ? type : 'text',
  })

const controls = {
  text: oneLine({}),
  person: oneLine({}),
  people: oneLine({}),
  organisation: oneLine({}),
  number: oneLine({ inputMode: 'decimal' }),
  money: oneLine({ inputMode: 'decimal' }),
  date: orText('date', /^\d{4}-\d\d-\d\d$/),
  time: orText('time', /^\d\d:\d\d$/),
  'long-text': () => Object.assign(element('textarea', ''), { rows: 4 }),
}

/**
 * One field with its label, hint and problem.
 * @returns `read()` gives its name and value as entries (none for files, which are sent by themselves).
 */
export function drawField(field, { sendFile, complain }) {
  const id = `field-${randomId()}`
  const draw = { select: drawSelect, 'multi-select': drawChoices, checkbox: drawCheckbox, file: drawFiles }
  const drawn = (draw[field.type] ?? drawTyped)(field, id, { sendFile, complain })
  const described = []
  const note = (kind, text) => {
    if (text === '') return ''
    const made = element('p', `field-${kind}`, text)
    made.id = `${id}-${kind}`
    described.push(made.id)
    return made
  }
  const hint = note('hint', field.hint)
  const problem = note('problem', field.problem)
  if (described.length > 0) drawn.described.setAttribute('aria-describedby', described.join(' '))
  if (field.problem !== '') drawn.described.setAttribute('aria-invalid', 'true')
  const node = drawn.isGroup
    ? element('fieldset', 'field', withMark(element('legend', 'field-label', field.label), field))
    : element('div', 'field')
  if (!drawn.isGroup && field.type !== 'checkbox') {
    const label = withMark(element('label', 'field-label', field.label), field)
    label.htmlFor = id
    node.append(label)
  }
  node.append(hint, drawn.node, problem)
  if (field.problem !== '') node.classList.add('field-wrong')
  return { node, field, read: drawn.read, focus: () => drawn.focusable.focus() }
}

function withMark(label, field) {
  if (field.required) {
    const mark = element('span', 'field-required', '*')
    mark.setAttribute('aria-hidden', 'true')
    label.append(mark)
  }
  return label
}

function single(control, field, id) {
  control.id = id
  control.name = field.name
  if (field.required) control.setAttribute('aria-required', 'true')
  return { node: control, described: control, focusable: control }
}

function drawTyped(field, id) {
  const control = controls[field.type](field)
  control.classList.add('field-control')
  control.value = field.value
  if (field.example !== '') control.placeholder = say('form-example', { example: field.example })
  return { ...single(control, field, id), read: () => [[field.name, control.value]] }
}

function drawSelect(field, id) {
  const control = element('select', 'field-control', new Option(say('form-choose'), ''))
  for (const { value, label } of field.options) control.append(new Option(label, value))
  control.value = field.value
  return { ...single(control, field, id), read: () => [[field.name, control.value]] }
}

function drawCheckbox(field, id) {
  const control = box('checkbox', 'yes', field.value === 'yes')
  const label = element('label', 'field-choice', control, withMark(element('span', '', field.label), field))
  return {
    ...single(control, field, id),
    node: label,
    read: () => [[field.name, control.checked ? 'yes' : '']],
  }
}

function drawChoices(field) {
  const boxes = field.options.map(({ value }) => box('checkbox', value, field.value.includes(value)))
  const node = element(
    'div',
    'field-choices',
    ...boxes.map((control, index) =>
      element('label', 'field-choice', control, element('span', '', field.options[index].label)),
    ),
  )
  return {
    ...{ node, described: boxes[0] ?? node, focusable: boxes[0] ?? node, isGroup: true },
    read: () => [[field.name, boxes.filter(({ checked }) => checked).map(({ value }) => value)]],
  }
}

/** What has been sent, and a button to send more; a file goes into the draft by itself, before the page is left. */
function drawFiles(field, _id, { sendFile, complain }) {
  const names = element('ul', 'field-files', ...[field.value].flat().filter(Boolean).map(drawFile))
  const input = Object.assign(element('input', 'unseen'), {
    type: 'file',
    accept: pageData.fileTypes,
    tabIndex: -1,
  })
  const control = element('button', 'card-button card-button-plain', say('form-upload'))
  control.type = 'button'
  control.addEventListener('click', () => input.click())
  input.addEventListener('change', async () => {
    const [file] = input.files
    input.value = ''
    if (!file) return
    complain('')
    control.disabled = true
    control.textContent = say('uploading')
    try {
      if (file.size > pageData.largestFile) {
        complain(say('file-too-large', { most: pageData.largestFile / 1024 / 1024 }))
      } else {
        await sendFile(file)
        names.append(drawFile(file.name))
      }
    } catch (problem) {
      complain(problem.message)
    }
    control.disabled = false
    control.textContent = say('form-upload')
    control.focus()
  })
  const node = element('div', '', names, control, input)
  // The button keeps its own name within the group that the label names.
  return { node, described: control, focusable: control, isGroup: true, read: () => [] }
}

function drawFile(name) {
  return element('li', '', name)
}

function box(type, value, checked) {
  return Object.assign(element('input', ''), { type, value, checked })
}
