/*
 * The calendar library puts its rules into this element while it is loaded, so that this module comes before it. The
 * policy wants the nonce of the page that was loaded first.
 */
import { pageNonce } from '../../client/nonce.ts'

if (!document.head.querySelector('style[data-fullcalendar]')) {
  const style = document.createElement('style')
  style.setAttribute('data-fullcalendar', '')
  style.nonce = pageNonce
  document.head.prepend(style)
}
