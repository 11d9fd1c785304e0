import { renderAsync } from '@resvg/resvg-js'
import { BarChart, LineChart } from 'echarts/charts'
import { GraphicComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from './chart.ts'
import { optionOf } from './chart-option.ts'
import { family, fontFiles } from './fonts.ts'
import { width } from './measures.ts'

use([BarChart, LineChart, GraphicComponent, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

/**
 * A chart as PNG, 1000 pixels wide; the same chart always gives the same bytes. Where there are no figures it says so.
 * Takes about a tenth of a second, most of it beside the main thread: not to be awaited within a transaction.
 */
export async function drawChart(chart: Chart): Promise<Uint8Array> {
  const { option, height } = optionOf(chart)
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height })
  let svg: string
  try {
    instance.setOption(option)
    svg = instance.renderToSVGString()
  } finally {
    // An instance that is kept would hold the process open.
    instance.dispose()
  }
  const image = await renderAsync(svg, {
    background: '#ffffff',
    font: {
      fontFiles: [fontFiles.regular, fontFiles.bold],
      loadSystemFonts: false,
      defaultFontFamily: family,
    },
  })
  return new Uint8Array(image.asPng())
}
