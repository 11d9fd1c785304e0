import { describeEachDatabase } from '../store/each-database.ts'
import { feishu, slack, web } from './form-pages.ts'
import { terminal } from './form-steps.ts'
import { describeFormRenderer } from './renderer-contract.ts'

describeEachDatabase('forms on the screen', (open) => {
  describeFormRenderer(web, [terminal, feishu], open)
  describeFormRenderer(feishu, [terminal], open)
  describeFormRenderer(slack, [terminal], open)
  describeFormRenderer(terminal, [web], open)
})
