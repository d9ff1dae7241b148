import { Controller } from '@hotwired/stimulus'
import { drawChart, type DrawnChart } from '../../client/chart.ts'

/** A graph: draws the table of its numbers as a chart. It is loaded with what draws, on the pages that have one. */
export class GraphController extends Controller<HTMLElement> {
  static override targets = ['canvas']
  static override values = { mode: String, stacked: Boolean, table: String }
  declare readonly canvasTarget: HTMLCanvasElement
  declare readonly modeValue: string
  declare readonly stackedValue: boolean
  declare readonly tableValue: string
  #chart: DrawnChart | null = null

  override connect(): void {
    this.#draw()
    document.addEventListener('turbo:morph', this.#draw)
  }

  override disconnect(): void {
    document.removeEventListener('turbo:morph', this.#draw)
    this.#chart?.destroy()
    this.#chart = null
  }

  /** Draws the table as it is now. */
  readonly #draw = (): void => {
    this.#chart?.destroy()
    const table = document.getElementById(this.tableValue)
    if (!(table instanceof HTMLTableElement)) return
    this.#chart = drawChart(this.canvasTarget, table, { mode: this.modeValue, isStacked: this.stackedValue })
  }
}
