import type { Env, Paper } from '#core'

/** The paper of a report: its own, the company's, or A4. */
export async function paperOf(env: Env, own: number | null): Promise<Paper> {
  const system = env.sudo('paper is no secret')
  const [company] = await system.browse('res.company', [env.companyId]).load(['paperformat_id.name'])
  const id = own ?? company?.paperformat_id?.id
  const [format] = id
    ? await system
        .browse('report.paperformat', [id])
        .load([
          'format',
          'page_width',
          'page_height',
          'orientation',
          'margin_top',
          'margin_bottom',
          'margin_left',
          'margin_right',
          'header_spacing',
        ])
    : []
  if (!format) {
    const margins = { top: 35, bottom: 22, left: 15, right: 15 }
    return { format: 'A4', orientation: 'portrait', margins, headerSpacing: 10 }
  }
  const { page_width: width, page_height: height } = format
  return {
    format: format.format === 'custom' ? [width || 210, height || 297] : format.format.toUpperCase(),
    orientation: format.orientation === 'Landscape' ? 'landscape' : 'portrait',
    margins: {
      top: format.margin_top,
      bottom: format.margin_bottom,
      left: format.margin_left,
      right: format.margin_right,
    },
    headerSpacing: format.header_spacing,
  }
}
