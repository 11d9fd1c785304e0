import type { Card, Run } from '../../chat/card.ts'
import { type Element, type FeishuCard, type Place, renderCard } from './render-card.ts'

/** By which the vendor knows the element that grows: letters, digits and `_`, 20 at most. */
export const writtenElement = 'written'

/** A card that is shown while it is written. */
export interface StreamCard {
  card: FeishuCard & { config: { streaming_mode: true } }
  /** All that the growing element says so far, in the vendor's markdown. */
  text: string
}

/**
 * A card that is being written, with one element for all that grows in it and everything else complete around it; null
 * where it is not being written. The next text begins with this one, which is what makes it appear as if typed.
 * https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/streaming-updates-openapi-overview
 */
export function renderStream(card: Card, place: Place): StreamCard | null {
  const { growing, ...whole } = card
  if (!growing) return null
  const end = growing.at + growing.count
  const items = card.blocks.slice(growing.at, end).flatMap((block): Run[] => {
    if (block.type === 'list') return block.items.flatMap((item) => [{ text: '\n• ' }, ...item])
    return block.type === 'text' ? [{ text: '\n' }, ...block.runs] : []
  })
  const lead: Run = { text: growing.lead, strong: true }
  const blocks = [
    ...card.blocks.slice(0, growing.at),
    { type: 'text' as const, runs: [lead, ...items] },
    ...card.blocks.slice(end),
  ]
  const drawn = renderCard({ ...whole, blocks }, place)
  const begins = contentOf(renderCard({ tone: card.tone, blocks: [{ type: 'text', runs: [lead] }] }, place))
  const at = drawn.body.elements.findIndex(
    (element) => begins !== '' && String(element.content ?? '').startsWith(begins),
  )
  const written = drawn.body.elements[at]
  // A card of which so much had to be left out is sent as it is.
  if (!written) return null
  return {
    card: {
      ...drawn,
      config: { ...drawn.config, streaming_mode: true },
      body: { elements: drawn.body.elements.with(at, { ...written, element_id: writtenElement }) },
    },
    text: String(written.content),
  }
}

function contentOf({ body }: FeishuCard): string {
  const [element]: (Element | undefined)[] = body.elements
  return typeof element?.content === 'string' ? element.content : ''
}
