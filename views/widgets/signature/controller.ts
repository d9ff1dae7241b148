import { Controller } from '@hotwired/stimulus'
import SignaturePad from 'signature_pad'
import { announce } from '../../client/field.ts'

/** A dialog to sign in with a finger, pen or mouse. */
export class SignatureController extends Controller<HTMLElement> {
  static override targets = ['dialog', 'pad']
  declare readonly dialogTarget: HTMLDialogElement
  declare readonly padTarget: HTMLCanvasElement
  #pad: SignaturePad | null = null

  override disconnect(): void {
    this.#pad?.off()
  }

  open(): void {
    this.dialogTarget.showModal()
    this.#pad ??= new SignaturePad(this.padTarget)
  }

  wipe(): void {
    this.#pad?.clear()
  }

  leave(): void {
    this.dialogTarget.close()
  }

  take(): void {
    this.dialogTarget.close()
    if (!this.#pad || this.#pad.isEmpty()) return
    const url = this.#pad.toDataURL('image/png')
    announce(this.element, url.slice(url.indexOf(',') + 1), { draw: true })
  }

  clear(): void {
    announce(this.element, false, { draw: true })
  }
}
