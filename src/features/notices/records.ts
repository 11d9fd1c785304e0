import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { NoticeLinkTable, NoticeTable } from '../../store/tables/notices.ts'
import type { Tables } from '../../store/tables.ts'

export type NoticeRow = Selectable<NoticeTable>
/** A file that goes with a notice; `url` is where it is read, empty until it is handed over. */
export type NoticeFile = Omit<Selectable<Tables['notice_file']>, 'notice'> & { url: string }
export type NoticeLink = Selectable<NoticeLinkTable>

export const noticeKinds = ['notice', 'strategy', 'news', 'showcase'] as const

/** A notice with what belongs to it. */
export interface Notice {
  row: NoticeRow
  /** Name of its organisation. */
  organisation: string
  files: NoticeFile[]
  /** Of a digest of news, in the order in which they were kept. */
  links: NoticeLink[]
}

/** By which the circulation knows it. */
export const originOf = (id: string) => ['notices', id].join(':')

/** Whether it has gone out, at least to some. */
export const wasSent = ({ row: { state } }: Pick<Notice, 'row'>) => state !== 'draft' && state !== 'dropped'

/** Working days before the end at which the rest is reminded. */
export function remindDays({ remind }: Pick<NoticeRow, 'remind'>): number[] {
  return JSON.parse(remind) as number[]
}

/** By id or number (`TZ-2026-0007`, in any case). Throws PlainError where there is none. */
export async function readNotice(db: Reads, idOrNumber: string): Promise<Notice> {
  const row = await db
    .selectFrom('notice')
    .select('id')
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  const [notice] = row ? await readNotices(db, [row.id]) : []
  if (!notice) throw new PlainError('notices:gone')
  return notice
}

/** In the order given; what is none is left out. */
export async function readNotices(db: Reads, ids: readonly string[]): Promise<Notice[]> {
  const found = new Map<string, Notice>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db
      .selectFrom('notice')
      .innerJoin('organisation', 'organisation.id', 'notice.organisation')
      .selectAll('notice')
      .select('organisation.name')
      .where('notice.id', 'in', piece)
      .execute()
    for (const { name, ...row } of rows) found.set(row.id, { row, organisation: name, files: [], links: [] })
    const files = await db
      .selectFrom('notice_file')
      .selectAll()
      .where('notice', 'in', piece)
      .orderBy('position')
      .execute()
    for (const { notice, ...file } of files) found.get(notice)?.files.push({ ...file, url: '' })
    const links = await db
      .selectFrom('notice_link')
      .selectAll()
      .where('notice', 'in', piece)
      .orderBy('saved_at')
      .orderBy('id')
      .execute()
    for (const link of links) found.get(link.notice ?? '')?.links.push(link)
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Those of some organisations, the last first. @param organisations null: all. */
export async function listNotices(
  db: Reads,
  organisations: readonly string[] | null,
  { offset = 0, most }: { offset?: number; most: number },
): Promise<{ notices: Notice[]; count: number }> {
  if (organisations?.length === 0) return { notices: [], count: 0 }
  let query = db.selectFrom('notice').where('state', '!=', 'dropped')
  if (organisations) query = query.where('organisation', 'in', organisations)
  const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
  const rows = await query
    .select('id')
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(most)
    .execute()
  const notices = await readNotices(
    db,
    rows.map(({ id }) => id),
  )
  return { notices, count: Number(count) }
}
