type Body = Record<string, unknown>

interface Answer {
  status: number
  body: unknown
}

export interface FakeTable {
  id: string
  name: string
  fields: { id: string; name: string; type: number }[]
  rows: { id: string; fields: Body }[]
}

export interface FakeBase {
  token: string
  name: string
  tables: FakeTable[]
  /** union_ids of those who may do everything. */
  members: string[]
  /** Whether the app may edit it. */
  isEditable: boolean
}

const types = new Set([1, 2, 5])

/**
 * 多维表格, as strict about names, kinds of cells and numbers of rows as the vendor's reference is:
 * https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/bitable-v1/app-table-record/batch_create
 */
export class FeishuBitable {
  readonly bases: FakeBase[] = []
  /** Rows that a table takes; 20,000 by the vendor. */
  mostRows = 20_000
  #made = 0
  readonly #tokens = new Map<string, string[]>()

  /** A base that somebody made by hand. */
  addBase(token: string, isEditable: boolean): FakeBase {
    const base = { token, name: 'by hand', tables: [], members: [], isEditable }
    this.bases.push(base)
    return base
  }

  /** Null: no call of these. */
  handle(method: string, path: string, query: URLSearchParams, body: Body): Answer | null {
    const shared = /^\/open-apis\/drive\/v1\/permissions\/(\w+)\/members$/.exec(path)
    if (shared) return this.#share(shared[1]!, query, body)
    const within = /^\/open-apis\/bitable\/v1\/apps(?:\/(\w+)\/tables(?:\/(\w+))?(?:\/(.+))?)?$/.exec(path)
    if (!within) return null
    const [, token, tableId, rest] = within
    if (token === undefined) return this.#createBase(body)
    const base = this.bases.find((one) => one.token === token)
    if (!base) return refuse(1254040, 'BaseTokenNotFound')
    if (!base.isEditable) return refuse(91403, 'Forbidden', 403)
    if (tableId === undefined) return this.#createTable(base, body)
    const table = base.tables.find(({ id }) => id === tableId)
    if (!table) return refuse(1254041, 'TableIdNotFound')
    if (rest === undefined && method === 'DELETE') {
      if (base.tables.length === 1) return refuse(1254000, 'the last table')
      base.tables.splice(base.tables.indexOf(table), 1)
      return done()
    }
    if (rest?.startsWith('fields')) return this.#field(method, table, rest, body)
    const records = (body.records ?? []) as { record_id?: string; fields: Body }[]
    if (rest === 'records/batch_create') return this.#addRows(table, records, query.get('client_token') ?? '')
    if (rest === 'records/batch_update') return changeRows(table, records)
    if (rest === 'records/batch_delete') return removeRows(table, records as unknown as string[])
    if (rest === 'records/search') return search(table, query, body)
    return refuse(404, 'no such path', 404)
  }

  #createBase({ name }: Body): Answer {
    if (typeof name !== 'string' || name.length > 100) return refuse(1254001, 'name')
    const base = this.addBase(`base${++this.#made}abcdefgh`, true)
    base.name = name
    base.tables.push({ id: `tbl${++this.#made}`, name: '数据表', fields: [], rows: [] })
    const { token: app_token } = base
    const url = `https://example.feishu.cn/base/${app_token}`
    return done({ app: { app_token, name, url, default_table_id: base.tables[0]!.id } })
  }

  #share(token: string, query: URLSearchParams, { member_type, member_id, perm }: Body): Answer {
    const base = this.bases.find((one) => one.token === token)
    if (!base) return refuse(1063005, 'Resource is deleted', 404)
    const fits = query.get('type') === 'bitable' && member_type === 'unionid' && perm === 'full_access'
    if (!fits || !String(member_id).startsWith('on_')) return refuse(1063001, 'Invalid parameter')
    base.members.push(String(member_id))
    return done()
  }

  #createTable(base: FakeBase, body: Body): Answer {
    const { name = '', fields = [] } = body.table as {
      name?: string
      fields?: { field_name: string; type: number }[]
    }
    if (name === '' || name.length > 100 || /[\\/?*:[\]]/.test(name)) return refuse(1254001, 'name')
    if (base.tables.some((table) => table.name === name)) return refuse(1254013, 'TableNameDuplicated')
    if (fields[0]?.type !== 1) return refuse(1254001, 'the first field')
    if (fields.some(({ type }) => !types.has(type))) return refuse(1254001, 'type')
    if (new Set(fields.map(({ field_name }) => field_name)).size !== fields.length)
      return refuse(1254014, 'FieldNameDuplicated')
    const table: FakeTable = {
      ...{ id: `tbl${++this.#made}`, name, rows: [] },
      fields: fields.map(({ field_name, type }) => ({ id: `fld${++this.#made}`, name: field_name, type })),
    }
    base.tables.push(table)
    return done({ table_id: table.id })
  }

  #field(method: string, table: FakeTable, rest: string, { field_name, type }: Body): Answer {
    if (method === 'GET') {
      const items = table.fields.map(({ id, name, ...field }) => ({
        ...{ field_id: id, field_name: name, type: field.type },
      }))
      return done({ items, has_more: false, total: items.length })
    }
    if (typeof field_name !== 'string' || !types.has(Number(type))) return refuse(1254001, 'field')
    if (method === 'POST') {
      if (table.fields.some(({ name }) => name === field_name)) return refuse(1254014, 'FieldNameDuplicated')
      table.fields.push({ id: `fld${++this.#made}`, name: field_name, type: Number(type) })
      return done({ field: {} })
    }
    const field = table.fields.find(({ id }) => id === rest.split('/')[1])
    if (!field) return refuse(1254044, 'FieldIdNotFound')
    Object.assign(field, { name: field_name, type: Number(type) })
    for (const row of table.rows) {
      const cell = row.fields[field_name]
      if (typeof cell === 'number') row.fields[field_name] = String(cell)
    }
    return done({ field: {} })
  }

  #addRows(table: FakeTable, records: readonly { fields: Body }[], token: string): Answer {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/.test(token)) return refuse(1254001, 'client_token')
    if (records.length === 0 || records.length > 1000) return refuse(1254104, 'RecordAddOnceExceedLimit')
    const before = this.#tokens.get(token)
    if (before) return done({ records: before.map((record_id) => ({ record_id, fields: {} })) })
    if (table.rows.length + records.length > this.mostRows) return refuse(1254103, 'RecordExceedLimit')
    const problem = records.map(({ fields }) => problemOf(table, fields)).find(Boolean)
    if (problem) return problem
    const made = records.map(({ fields }) => ({ id: `rec${++this.#made}`, fields: { ...fields } }))
    table.rows.push(...made)
    this.#tokens.set(
      token,
      made.map(({ id }) => id),
    )
    return done({ records: made.map(({ id, fields }) => ({ record_id: id, fields })) })
  }
}

function changeRows(table: FakeTable, records: readonly { record_id?: string; fields: Body }[]): Answer {
  if (records.length > 1000) return refuse(1254104, 'RecordAddOnceExceedLimit')
  if (records.some(({ record_id }) => !table.rows.some(({ id }) => id === record_id)))
    return refuse(1254043, 'RecordIdNotFound')
  const problem = records.map(({ fields }) => problemOf(table, fields)).find(Boolean)
  if (problem) return problem
  for (const { record_id, fields } of records)
    Object.assign(table.rows.find(({ id }) => id === record_id)!.fields, fields)
  return done({ records: [] })
}

function removeRows(table: FakeTable, ids: readonly string[]): Answer {
  if (ids.length > 500) return refuse(1254104, 'RecordAddOnceExceedLimit')
  if (ids.some((id) => !table.rows.some((row) => row.id === id))) return refuse(1254043, 'RecordIdNotFound')
  table.rows = table.rows.filter(({ id }) => !ids.includes(id))
  return done({ records: ids.map((record_id) => ({ record_id, deleted: true })) })
}

function search(table: FakeTable, query: URLSearchParams, { field_names }: Body): Answer {
  const size = Number(query.get('page_size'))
  const start = Number(query.get('page_token') ?? 0)
  if (!(size > 0 && size <= 500)) return refuse(1254001, 'page_size')
  const names = field_names as string[]
  // Texts are told as pieces.
  const items = table.rows.slice(start, start + size).map(({ id, fields }) => ({
    record_id: id,
    fields: Object.fromEntries(names.map((name) => [name, [{ type: 'text', text: fields[name] }]])),
  }))
  const has_more = start + size < table.rows.length
  return done({ items, has_more, ...(has_more ? { page_token: String(start + size) } : {}) })
}

/** What the vendor refuses of a row's cells; null: nothing. */
function problemOf(table: FakeTable, fields: Body): Answer | null {
  for (const [name, value] of Object.entries(fields)) {
    const field = table.fields.find((one) => one.name === name)
    if (!field) return refuse(1254045, 'FieldNameNotFound')
    if (value === null) continue
    if (field.type === 1 && typeof value !== 'string') return refuse(1254060, 'TextFieldConvFail')
    if (field.type === 1 && String(value).length > 100_000) return refuse(1254130, 'TooLargeCell')
    if (field.type === 2 && typeof value !== 'number') return refuse(1254061, 'NumberFieldConvFail')
    if (field.type === 5 && !Number.isInteger(value)) return refuse(1254064, 'DatetimeFieldConvFail')
  }
  return null
}

const refuse = (code: number, msg: string, status = 200): Answer => ({ status, body: { code, msg } })
const done = (data: object = {}): Answer => ({ status: 200, body: { code: 0, msg: 'success', data } })
