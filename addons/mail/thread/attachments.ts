import type { Env } from '#core'

/** A file that comes with a message: its name and its content, bytes or text. */
export type NamedFile = readonly [name: string, content: Uint8Array | string]

/**
 * Brings files to a record: new ones are kept, uploaded ones that hang on nothing yet are hung on it. Answers the ids
 * of all. Both with the rights of the user: nobody takes a file that is somebody else's.
 */
export async function attachTo(
  env: Env,
  place: { readonly model: string | null; readonly resId: number | null },
  files: readonly NamedFile[],
  uploaded: readonly number[],
): Promise<number[]> {
  const { model: res_model, resId: res_id } = place
  const made =
    files.length === 0
      ? []
      : (
          await env['ir.attachment'].create(
            files.map(([name, content]) => ({
              name,
              raw: typeof content === 'string' ? new TextEncoder().encode(content) : content,
              res_model,
              res_id,
            })),
          )
        ).ids
  const loose = uploaded.length === 0 ? [] : await env['ir.attachment'].browse(uploaded).load(['res_model', 'res_id'])
  const free = loose.filter((one) => !one.res_id || one.res_model === 'mail.compose.message').map(({ id }) => id)
  if (free.length > 0 && res_id) await env['ir.attachment'].browse(free).write({ res_model, res_id })
  return [...uploaded, ...made]
}
