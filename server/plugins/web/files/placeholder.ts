import type { Outgoing } from './send.ts'

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="256" height="256">' +
  '<rect width="64" height="64" fill="#e9ecef"/><circle cx="22" cy="22" r="5" fill="#adb5bd"/>' +
  '<path d="M10 50 26 32l10 11 7-7 11 14z" fill="#adb5bd"/></svg>'

/** Stands where a record has no picture, or none that one may see. */
export const PLACEHOLDER: Outgoing = {
  name: 'placeholder.svg',
  mimetype: 'image/svg+xml',
  tag: 'placeholder',
  bytes: () => new TextEncoder().encode(PICTURE),
}
