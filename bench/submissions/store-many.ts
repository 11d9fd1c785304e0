import { randomUUID } from 'node:crypto'
import { openKinds } from '../../src/features/submissions/definition/kinds.ts'
import { openRow, type SubmissionRow } from '../../src/features/submissions/records.ts'
import { keepText } from '../../src/features/submissions/search/keep-text.ts'
import { createSealer } from '../../src/seal/sealer.ts'
import type { Store } from '../../src/store/store.ts'
import { seededRandom } from '../seeded-random.ts'
import type { House } from './people.ts'

/** Rows of one statement, and of one transaction: SQLite takes 32,766 parameters. */
const together = 200

const machines = ['数控车床', '加工中心', '空压机', '退火炉', '行车', '装配线', '试验台', '喷涂线']
const parts = ['夹具', '刀架', '冷却水管', '轴承座', '控制柜', '防护罩', '进料口', '排烟罩']
const means = ['改为快换式', '加装变频器', '改用耐磨衬板', '增设余热回收', '换成无油润滑', '加装在线检测']
const gains = ['换型时间减半', '每年节电三万度', '废品率降到千分之二', '每班少停机二十分钟']

/** What a house has collected in years: proposals in all states, found by their words, with their first history. */
export async function storeMany(store: Store, house: House, count: number): Promise<void> {
  const sealer = createSealer(Buffer.alloc(32, 'bench'))
  const kinds = await openKinds({ store, folder: 'knowledge/submissions', refused: failed })
  const context = { store, kinds, sealer }
  const kind = kinds.current('proposal')
  const states = Object.keys(kind.states)
  const random = seededRandom(5)
  const any = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const start = Date.parse('2023-01-02T01:00:00Z')
  const end = Date.now()
  for (let from = 0; from < count; from += together) {
    const rows = Array.from({ length: Math.min(together, count - from) }, (_, at): SubmissionRow => {
      const n = from + at
      const state = any(states)
      const isFinal = kind.states[state]?.final === true
      const at_ = new Date(start + ((end - start) * n) / count).toISOString()
      const person = Math.floor(random() * house.people.length)
      const organisation = house.branches[Math.floor(person / 50)]!
      const [machine, part, mean, gain] = [any(machines), any(parts), any(means), any(gains)]
      const title = `${machine}${n % 97}号${part}${mean}`
      const content = {
        ...{ title, variety: any(kind.varieties).value, category: 'process' },
        defect: `${machine}的${part}用了多年，${n % 7 === 0 ? '去年坏过三次，' : ''}修一次要停机四小时，备件也难买。`,
        method: `把${part}${mean}，由车间自己加工安装，先在${n % 97}号上试三个月，再推广到同类设备。`,
        effect: `${gain}，一年约省${1 + (n % 40)}万元。`,
        expected: (1 + (n % 40)) * 10_000,
      }
      return {
        ...{ id: randomUUID(), number: `JY-${at_.slice(0, 4)}-${String(n + 1).padStart(6, '0')}` },
        ...{ kind: kind.kind, version: kind.version, variety: content.variety, naming: 'signed' },
        ...{ state, revision: 1, stage: 1, organisation, lies_with: organisation },
        ...{ author: house.people[person]!, entered_by: null, author_account: null, pseudonym: '' },
        ...{ sealed: 0, author_sealed: null, author_tag: null, subject: title },
        ...{ content: JSON.stringify(content), published: null, proposed: null, language: 'zh-CN' },
        ...{ in_group: 0, handler: null, owner: null, verifier: null, priority: null, due_day: null },
        ...{
          expected: content.expected,
          benefit: isFinal && n % 3 === 0 ? content.expected : null,
          award: null,
          nominee: null,
          granted: null,
          used: null,
          merged_into: null,
        },
        ...{ reopened: 0, receipt_hash: null, origin: 'import', submitted_at: at_, since: at_ },
        ...{ due_at: null, closed_at: isFinal ? at_ : null, erased_at: null },
      }
    })
    await store.transaction(async (trx) => {
      await trx.insertInto('submission').values(rows).execute()
      await trx
        .insertInto('submission_history')
        .values(
          rows.map(({ id, author, submitted_at }) => ({
            ...{ submission: id, revision: 1, action: 'send-in', from_state: '', to_state: kind.start },
            ...{ by: author, part: 'author', input: '{}', at: submitted_at },
          })),
        )
        .execute()
      for (const row of rows) await keepText(trx, context, await openRow(trx, context, row))
    })
  }
}

function failed(file: string, reason: string): never {
  throw new Error(`${file}: ${reason}`)
}
