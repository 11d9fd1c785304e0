import type { Client } from '@larksuiteoapi/node-sdk'
import {
  type OnlineCells,
  type OnlineColumn,
  OnlineTableError,
  type OnlineTables,
} from '../../chat/online-tables.ts'
import { codeOf, RefusedCall, toDeliveryError } from './errors.ts'
import {
  longestBitableName,
  longestBitableText,
  mostBitableColumns,
  mostBitableRows,
  mostRowsOfCall,
  rowsOfPage,
} from './limits.ts'

/** What is said of a call in “错误码” of open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/bitable-v1. */
const kinds: [OnlineTableError['kind'], number[]][] = [
  ['later', [1254290, 1254291, 1254607, 1254608, 1255006, 1255040]],
  ['not-allowed', [91403, 1254302, 1254304, 1063002]],
  ['gone', [91402, 1254003, 1254004, 1254040, 1254041]],
  ['row-gone', [1254006, 1254043]],
  ['full', [1254100, 1254103, 1254105]],
]
const byCode = new Map(kinds.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))
const nameTaken = 1254013

const types = { text: 1, number: 2, time: 5 } as const

/**
 * Bases and tables of 多维表格, by the app itself.
 * https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/bitable-v1/app-table-record/batch_create
 */
export function createBitable(client: Pick<Client, 'bitable' | 'drive'>): OnlineTables {
  const fieldOf = ({ name, type }: OnlineColumn) => ({
    field_name: name,
    type: types[type],
    ...(type === 'time' ? { property: { date_formatter: 'yyyy-MM-dd HH:mm' } } : {}),
  })
  const record = (cells: OnlineCells) => ({
    // An empty cell is null there; the SDK's types leave that out.
    fields: cells as Record<string, string | number>,
  })

  async function fieldsOf(app_token: string, table_id: string) {
    const { data } = await calling(
      client.bitable.v1.appTableField.list({
        path: { app_token, table_id },
        params: { page_size: 100 },
      }),
    )
    return data?.items ?? []
  }

  return {
    platform: 'feishu',
    limits: {
      ...{ rows: mostBitableRows, batch: mostRowsOfCall },
      ...{ columns: mostBitableColumns, text: longestBitableText },
    },

    baseIn(link) {
      if (!URL.canParse(link)) return null
      const { hostname, pathname, protocol } = new URL(link)
      const isTheirs = /(?:^|\.)(?:feishu\.cn|larksuite\.com|larkoffice\.com)$/.test(hostname)
      return protocol === 'https:' && isTheirs
        ? (/^\/base\/([A-Za-z0-9]{10,64})\/?$/.exec(pathname)?.[1] ?? null)
        : null
    },

    async createBase(name) {
      const { data } = await calling(
        client.bitable.v1.app.create({ data: { name: nameOf(name), time_zone: 'Asia/Shanghai' } }),
      )
      const { app_token, url, default_table_id } = data?.app ?? {}
      if (!app_token || !url) throw new OnlineTableError('later')
      return { base: app_token, url, spare: default_table_id ?? '' }
    },

    async share(token, { user }) {
      await calling(
        client.drive.v1.permissionMember.create({
          path: { token },
          params: { type: 'bitable', need_notification: false },
          data: { member_type: 'unionid', member_id: user, perm: 'full_access' },
        }),
      )
    },

    async createTable(app_token, name, columns) {
      for (let again = 1; ; again += 1) {
        const free = nameOf(again === 1 ? name : `${name} ${again}`)
        try {
          const { data } = await calling(
            client.bitable.v1.appTable.create({
              path: { app_token },
              data: { table: { name: free, fields: columns.map(fieldOf) } },
            }),
          )
          if (!data?.table_id) throw new OnlineTableError('later')
          return data.table_id
        } catch (error) {
          const isTaken = error instanceof OnlineTableError && codeOf(error.cause) === nameTaken
          if (!isTaken || again === 20) throw error
        }
      }
    },

    async removeTable(app_token, table_id) {
      await calling(client.bitable.v1.appTable.delete({ path: { app_token, table_id } })).catch((error) => {
        if (!(error instanceof OnlineTableError && error.kind === 'gone')) throw error
      })
    },

    async addColumn(app_token, table_id, column) {
      // A try that broke off may have added it.
      const there = (await fieldsOf(app_token, table_id)).some(({ field_name }) => field_name === column.name)
      if (there) return
      const data = fieldOf(column)
      await calling(client.bitable.v1.appTableField.create({ path: { app_token, table_id }, data }))
    },

    async widenColumn(app_token, table_id, name) {
      const field = (await fieldsOf(app_token, table_id)).find(({ field_name }) => field_name === name)
      if (!field?.field_id || field.type === types.text) return
      await calling(
        client.bitable.v1.appTableField.update({
          path: { app_token, table_id, field_id: field.field_id },
          data: { field_name: name, type: types.text },
        }),
      )
    },

    async addRows(app_token, table_id, rows, client_token) {
      const { data } = await calling(
        client.bitable.v1.appTableRecord.batchCreate({
          path: { app_token, table_id },
          params: { client_token },
          data: { records: rows.map(record) },
        }),
      )
      const ids = (data?.records ?? []).map(({ record_id }) => record_id ?? '')
      if (ids.length !== rows.length || ids.includes('')) throw new OnlineTableError('later')
      return ids
    },

    async changeRows(app_token, table_id, rows) {
      await calling(
        client.bitable.v1.appTableRecord.batchUpdate({
          path: { app_token, table_id },
          data: { records: rows.map(({ id, cells }) => ({ record_id: id, ...record(cells) })) },
        }),
      )
    },

    async removeRows(app_token, table_id, records) {
      await calling(
        client.bitable.v1.appTableRecord.batchDelete({
          path: { app_token, table_id },
          data: { records: [...records] },
        }),
      )
    },

    async textsOf(app_token, table_id, column) {
      const found = new Map<string, string>()
      let page: string | undefined
      do {
        const { data } = await calling(
          client.bitable.v1.appTableRecord.search({
            path: { app_token, table_id },
            params: { page_size: rowsOfPage, ...(page === undefined ? {} : { page_token: page }) },
            data: { field_names: [column] },
          }),
        )
        for (const { record_id, fields } of data?.items ?? []) {
          if (record_id) found.set(record_id, textIn(fields[column]))
        }
        page = data?.has_more ? data.page_token : undefined
      } while (page !== undefined)
      return found
    },
  }
}

/** A text is told as one or as pieces. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return ''
  return value
    .map((piece: { text?: unknown }) => (typeof piece?.text === 'string' ? piece.text : ''))
    .join('')
}

/** Names of bases and tables: none of `/ \ ? * : [ ]`, and none that is empty. */
function nameOf(name: string): string {
  const clean = name.replaceAll(/[\\/?*:[\]]/g, ' ').trim()
  return Array.from(clean).slice(0, longestBitableName).join('') || '-'
}

async function calling<T extends { code?: number | undefined }>(call: Promise<T>): Promise<T> {
  try {
    const answer = await call
    if (answer?.code) throw new RefusedCall(answer.code)
    return answer
  } catch (error) {
    const kind = byCode.get(codeOf(error))
    const told = toDeliveryError(error)
    const others = { later: 'later', unknown: 'later', 'not-allowed': 'not-allowed', gone: 'gone' } as const
    const usual = told.kind in others ? others[told.kind as keyof typeof others] : 'refused'
    const cause = new RefusedCall(codeOf(error))
    throw new OnlineTableError(kind ?? usual, { wait: told.wait, cause })
  }
}
