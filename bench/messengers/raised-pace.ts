/**
 * Imported before the bot (`node --import`): raises the paces at which it may speak, as if the vendors allowed any.
 * They are still taken and kept for each message; nothing else of the product differs.
 */
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!/\/src\/platforms\/(?:slack|feishu)\/limits\.ts$/.test(url)) return loaded
    let raised = 0
    const source = String(loaded.source).replaceAll(/(?<=export const (?:chat|app)Pace = ).*/g, () => {
      raised += 1
      return '{ most: 1, per: 0 }'
    })
    if (raised !== 2) throw new Error(`${url} has other paces than a chat's and an app's`)
    return { ...loaded, source }
  },
})
