import { createHash } from 'node:crypto'
import type { Sharp } from 'sharp'

/** Pixels of a picture at most: a small file can unfold to gigabytes. */
const MAX_PIXELS = 50_000_000

/** Backgrounds of pictures that are drawn from a name; white text on each has contrast AA. */
const COLORS = ['#1f6f6b', '#7a3e6c', '#8a4b1f', '#2f5d8a', '#5b6b1f', '#8a2f3b', '#4a4a8a', '#2f6b3f']

export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml'

/** What kind of picture bytes are, by how they begin; `undefined` for anything that browsers do not show. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const begins = (...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte)
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'image/gif'
  if (begins(0x52, 0x49, 0x46, 0x46) && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP')
    return 'image/webp'
  const text = Buffer.from(bytes.subarray(0, 512)).toString('utf8').trimStart()
  return /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text) ? 'image/svg+xml' : undefined
}

/**
 * A picture no larger than `width` × `height` pixels, 0 for any, in its own proportions; with `crop` exactly that large.
 * Vector pictures, pictures that are small enough and bytes that are none are given back as they are.
 */
export async function resizeImage(
  bytes: Uint8Array,
  { width, height, crop = false }: { readonly width: number; readonly height: number; readonly crop?: boolean },
): Promise<Uint8Array> {
  const type = imageType(bytes)
  if (type === undefined || type === 'image/svg+xml' || (width <= 0 && height <= 0)) return bytes
  // Loaded when the first picture is resized: it takes memory that most processes never need.
  const { default: sharp } = await import('sharp')
  const open = (): Sharp => sharp(bytes, { limitInputPixels: MAX_PIXELS, animated: false, failOn: 'truncated' })
  try {
    const { width: w = 0, height: h = 0 } = await open().metadata()
    if (!crop && (width <= 0 || w <= width) && (height <= 0 || h <= height)) return bytes
    return new Uint8Array(
      await open()
        .rotate()
        .resize({
          ...(width > 0 ? { width } : {}),
          ...(height > 0 ? { height } : {}),
          fit: crop ? 'cover' : 'inside',
          withoutEnlargement: !crop,
        })
        .toBuffer(),
    )
  } catch {
    return bytes // no picture after all, or a broken one: whoever shows it sees that
  }
}

/** A picture in place of a missing one: the first letter of a name on a colour that the name always has. */
export function avatarOf(name: string): Uint8Array {
  const letter = [...name.trim()][0]?.toUpperCase() ?? '?'
  const hash = createHash('sha1').update(name).digest()
  const color = COLORS[(hash[0] ?? 0) % COLORS.length] as string
  const shown = letter.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0) ?? 0};`)
  return new Uint8Array(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="180" height="180"><rect width="64" height="64" fill="${color}"/>` +
        `<text x="32" y="33" fill="#fff" font-family="sans-serif" font-size="32" text-anchor="middle" dominant-baseline="central">${shown}</text></svg>`,
    ),
  )
}
