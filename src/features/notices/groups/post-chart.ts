import { enqueueEdit } from '../../../delivery/outbox.ts'
import { beginChart, handChart } from '../../../documents/hand-chart.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { NoticesContext } from '../context.ts'
import { type Compared, digestChart } from './digest-chart.ts'
import { groupDigestCard } from './group-card.ts'

export const chartTimer = 'notices.group-chart'

/** By then it is drawn: others may write meanwhile. */
const drawnWithin = 60_000

/** Has a digest that was just posted shown anew, with its chart. @param message The outbox's id of the digest. */
export async function setChart(trx: Trx, message: string, compared: Compared, now: Date): Promise<void> {
  const chart = digestChart(compared, 'zh-CN')
  if (chart === null) return
  // The drawing needs nothing of the transaction, and is waited for by nobody here.
  beginChart(chart)
  const at = new Date(now.getTime() + drawnWithin)
  // What was counted is kept: the chart says the same as the text, and is the one that was drawn.
  const payload = { message, compared: JSON.stringify(compared) }
  await setTimer(trx, { id: `${chartTimer}:${message}`, kind: chartTimer, payload, at, now })
}

export function showingChart(context: NoticesContext): TimerHandler {
  return async (trx, { message = '', compared: kept = '' }, now) => {
    const compared = JSON.parse(kept) as Compared
    const chart = digestChart(compared, 'zh-CN')
    if (chart === null) return
    const picture = await handChart(trx, context, chart, now)
    const card = groupDigestCard(compared, 'zh-CN', picture)
    await enqueueEdit(trx, { of: message, card, lane: 'broadcast', now })
    context.wakeWorkers()
  }
}
