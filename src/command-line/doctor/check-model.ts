import { type Finding, unwell, well } from '../../chat/finding.ts'
import type { Config } from '../../config.ts'
import { ModelFailure, type ModelFailureReason } from '../../model/chat-model.ts'
import { createChatModel } from '../../model/create-chat-model.ts'

/** Somebody sits and waits; in the chat it may take longer. Seconds. */
const longest = 15

const late = ['doctor:model.time-out', 'doctor:model.unreachable-advice'] as const
const failures: Record<ModelFailureReason, readonly [found: string, advice: string]> = {
  'time-out': late,
  'cut-off': late,
  unreachable: ['doctor:model.unreachable', 'doctor:model.unreachable-advice'],
  busy: ['doctor:model.busy', 'doctor:model.busy-advice'],
  'not-allowed': ['doctor:model.not-allowed', 'doctor:model.not-allowed-advice'],
  refused: ['doctor:model.refused', 'doctor:model.not-allowed-advice'],
}

/** One tiny request; the first piece of the answer is enough. Never shows what the endpoint said, which may hold the key. */
export async function checkModel(config: Config): Promise<Finding> {
  const check = 'model'
  const seconds = Math.min(config.MODEL_TIMEOUT_SECONDS, longest)
  const model = await createChatModel({ ...config, MODEL_TIMEOUT_SECONDS: seconds })
  if (!model) return well(check, 'doctor:model.none')
  const { name } = model
  const startedAt = performance.now()
  try {
    for await (const _piece of model.stream(
      [{ role: 'user', content: '1+1=?' }],
      AbortSignal.timeout(seconds * 1000),
    )) {
      break
    }
    const took = ((performance.now() - startedAt) / 1000).toFixed(1)
    return well(check, 'doctor:model.well', { name, seconds: took })
  } catch (error) {
    const reason = error instanceof ModelFailure ? error.reason : 'unreachable'
    const [found, advice] = failures[reason]
    return unwell(check, 'wrong', { key: found, values: { name } }, { key: advice })
  }
}
