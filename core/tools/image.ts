import { createHash } from 'node:crypto'
import { mimetypeOfContent } from './mimetype.ts'

/** Pictures of more pixels are not decoded: a small file can hold a picture that fills the memory. */
const MOST_PIXELS = 50_000_000

/** Types that can be made smaller; others stay as they are. */
const RESIZABLE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])

/** Backgrounds of pictures that are drawn from a name; white text on each has contrast AA. */
const COLORS = ['#1f6f6b', '#7a3e6c', '#8a4b1f', '#2f5d8a', '#5b6b1f', '#8a2f3b', '#4a4a8a', '#2f6b3f']

/** Width and height in pixels; 0 leaves a side free. */
export type ImageSize = readonly [width: number, height: number]

/** Whether `resizeImage` changes anything. */
export function isResizable(mimetype: string, [width, height]: ImageSize): boolean {
  return RESIZABLE.has(mimetype) && (width > 0 || height > 0)
}

/**
 * A picture that fits into a size, in the same format; never larger than it was. With `crop` it fills both sides, and
 * what stands out is cut off around the middle. What cannot be decoded stays as it is: a browser may know better.
 */
export async function resizeImage(bytes: Uint8Array, size: ImageSize, crop = false): Promise<Uint8Array> {
  if (!isResizable(mimetypeOfContent(bytes), size)) return bytes
  const [width, height] = size
  // loaded with the first picture: most processes never need it
  const { default: sharp } = await import('sharp')
  try {
    return new Uint8Array(
      await sharp(bytes, { limitInputPixels: MOST_PIXELS })
        .autoOrient()
        .resize({
          ...(width > 0 && { width }),
          ...(height > 0 && { height }),
          fit: crop ? 'cover' : 'inside',
          withoutEnlargement: true,
        })
        .toBuffer(),
    )
  } catch {
    return bytes
  }
}

/** A picture in place of a missing one: the first letter of a name on a colour that the name always has. */
export function avatarOf(name: string): Uint8Array {
  const letter = Array.from(name.trim())[0]?.toUpperCase() ?? '?'
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
