import { drawChart } from '../../src/charts/draw-chart.ts'
import type { Block, Card } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { createUploads } from '../../src/delivery/uploads.ts'
import type { OpenedStore } from '../store/each-database.ts'

/** A card with a picture, and a message that is a document; both lie in the blob store. */
export async function layPictures({ store, blobs }: Pick<OpenedStore, 'store' | 'blobs'>) {
  const png = await drawChart({
    ...{ form: 'bars', title: '提交情况', unit: '件', source: '', language: 'zh-CN' },
    ...{ categories: ['一分公司'], series: [{ name: '提交', values: [3] }] },
  })
  const pdf = Buffer.from('%PDF-1.7 证书')
  const url = (name: string) => `https://bot.example/handed/t/${name}`
  const picture: Block = {
    ...{ type: 'picture', name: 'standing.png', blob: await blobs.put(png), url: url('standing.png') },
    alt: '各单位提交情况：一分公司 3 件',
  }
  const document: Block = {
    ...{ type: 'document', name: '证书.pdf', mediaType: 'application/pdf', blob: await blobs.put(pdf) },
    url: url('1.pdf'),
  }
  return {
    png,
    pdf,
    card: {
      ...{ tone: 'info', title: '进展' },
      blocks: [{ type: 'text', runs: [{ text: '截至今天' }] }, picture],
    } satisfies Card as Card,
    document: { tone: 'info', blocks: [document] } satisfies Card as Card,
    both: { tone: 'info', blocks: [picture, document] } satisfies Card as Card,
    outgoing: { blobs, uploads: createUploads(store) },
  }
}

/** A message of its own accord. */
export function operationTo(
  account: { platform: string; installation: string; user: string },
  card: Card,
  changes: Partial<Operation> = {},
): Operation {
  return {
    ...{ id: 'picture:1', name: 'send', to: { type: 'account', account }, card },
    ...{ replyTo: null, open: false, message: null, ...changes },
  }
}
