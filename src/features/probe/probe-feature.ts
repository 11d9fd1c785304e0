import type { Feature } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'

/**
 * The button of `kexie doctor --live`. A press changes nothing but is kept, as those are that do: by that it is seen
 * that presses arrive.
 */
export function createProbeFeature(): Feature {
  return {
    name: 'probe',
    actions: {
      press: {
        reads: false,
        run: async ({ language }) => ({ toast: translate(language, 'doctor:live.toast') }),
      },
    },
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
