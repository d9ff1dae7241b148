import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  Tooltip,
  type ActiveElement,
  type ChartDataset,
} from 'chart.js'

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PieController,
  PointElement,
  Tooltip,
)

/** A chart that can be taken away again. */
export interface DrawnChart {
  destroy(): void
}

export interface ChartOptions {
  /** `bar`, `line` or `pie`. */
  readonly mode: string
  readonly isStacked: boolean
}

const COLOURS = 8
/** Lines of the same colour, and lines for whom colours say nothing, differ by their points and dashes. */
const POINTS = ['circle', 'triangle', 'rect', 'rectRot', 'star', 'cross'] as const
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]] as const

/**
 * Draws a table as a chart: its rows are the places on the axis, its columns the series, and a click follows the link in
 * the cell. Texts of the table are those of the tooltips.
 */
export function drawChart(canvas: HTMLCanvasElement, table: HTMLTableElement, options: ChartOptions): DrawnChart {
  const { mode, isStacked } = options
  const rows = [...(table.tBodies[0]?.rows ?? [])]
  const labels = rows.map((row) => row.cells[0]?.textContent ?? '')
  const series = [...(table.tHead?.rows[0]?.cells ?? [])].slice(1).map((cell) => cell.textContent ?? '')
  const cellAt = (row: number, column: number): HTMLTableCellElement | undefined => rows[row]?.cells[column + 1]
  const style = getComputedStyle(canvas)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  const palette = Array.from({ length: COLOURS }, (_, i) => colour(`--o-chart-${i + 1}`))
  const shade = (i: number): string => palette[i % COLOURS] as string
  const isPie = mode === 'pie'
  const isLine = mode === 'line'
  const text = colour('--o-text')
  const grid = colour('--o-border')
  const datasets = series.map((label, column) => ({
    label,
    data: rows.map((_, row) => numberOf(cellAt(row, column))),
    backgroundColor: isPie ? rows.map((_, row) => shade(row)) : shade(column),
    borderColor: isPie ? colour('--o-surface') : shade(column),
    borderWidth: isLine ? 2 : isPie ? 1 : 0,
    ...(isLine
      ? {
          pointStyle: POINTS[column % POINTS.length],
          borderDash: DASHES[Math.floor(column / COLOURS) % DASHES.length],
          pointRadius: 4,
          spanGaps: true,
        }
      : {}),
  })) as unknown as ChartDataset[]
  const short = new Intl.NumberFormat(document.documentElement.lang, { notation: 'compact' })
  return new Chart(canvas, {
    type: isPie ? 'pie' : isLine ? 'line' : 'bar',
    data: { labels, datasets },
    options: {
      maintainAspectRatio: false,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 250 },
      interaction: { mode: isPie ? 'nearest' : 'index', intersect: isPie },
      scales: isPie
        ? {}
        : {
            x: { stacked: isStacked && !isLine, ticks: { color: text }, grid: { display: false } },
            y: {
              stacked: isStacked && !isLine,
              beginAtZero: true,
              ticks: { color: text, callback: (value) => short.format(Number(value)) },
              grid: { color: grid },
            },
          },
      plugins: {
        legend: {
          display: isPie || series.length > 1,
          position: isPie && (canvas.parentElement?.clientWidth ?? 0) > 600 ? 'right' : 'top',
          labels: { color: text, usePointStyle: isLine },
        },
        tooltip: {
          filter: ({ dataIndex, datasetIndex }) => numberOf(cellAt(dataIndex, datasetIndex)) !== null,
          callbacks: {
            label: ({ dataIndex, datasetIndex }) =>
              `${isPie ? labels[dataIndex] : series[datasetIndex]}: ${cellAt(dataIndex, datasetIndex)?.textContent ?? ''}`,
          },
        },
      },
      onHover: (_event, found) => canvas.classList.toggle('o_clickable', linkOf(found) !== null),
      onClick: (event, _found, chart) => {
        const hit = chart.getElementsAtEventForMode(event.native as Event, 'nearest', { intersect: true }, true)
        linkOf(hit)?.click()
      },
    },
  })

  function linkOf([hit]: readonly ActiveElement[]): HTMLAnchorElement | null {
    return hit ? (cellAt(hit.index, hit.datasetIndex)?.querySelector('a') ?? null) : null
  }
}

/** The number that a cell stands for; `null` where it is empty. */
function numberOf(cell: HTMLTableCellElement | undefined): number | null {
  const value = cell?.dataset['value'] ?? ''
  return value === '' ? null : Number(value)
}
