import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'

/** A domain field: what the editor inside tells is its value. */
export class DomainController extends Controller<HTMLElement> {
  changed(event: Event): void {
    event.stopPropagation()
    announce(this.element, (event as CustomEvent<string>).detail || false)
  }
}
