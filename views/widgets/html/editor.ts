import { Editor, type ChainedCommands } from '@tiptap/core'
import Image from '@tiptap/extension-image'
import { TableKit } from '@tiptap/extension-table'
import TextAlign from '@tiptap/extension-text-align'
import { Color, TextStyle } from '@tiptap/extension-text-style'
import StarterKit from '@tiptap/starter-kit'
import { element } from '../../client/elements.ts'

interface RichTextOptions {
  /** Holds the HTML; shown instead of the editor for whoever wants the source. */
  readonly source: HTMLTextAreaElement
  /** What was shown until now. */
  readonly shown: HTMLElement
  readonly texts: Readonly<Record<string, string>>
  changed(html: string): void
}

/** One button of the bar above the text. */
interface Tool {
  readonly text: string
  readonly sign: string
  run(chain: ChainedCommands): ChainedCommands
  active?(editor: Editor): boolean
}

const TOOLS: readonly Tool[] = [
  { text: 'Bold', sign: 'B', run: (c) => c.toggleBold(), active: (e) => e.isActive('bold') },
  { text: 'Italic', sign: 'I', run: (c) => c.toggleItalic(), active: (e) => e.isActive('italic') },
  { text: 'Underline', sign: 'U', run: (c) => c.toggleUnderline(), active: (e) => e.isActive('underline') },
  { text: 'Strikethrough', sign: 'S', run: (c) => c.toggleStrike(), active: (e) => e.isActive('strike') },
  { text: 'Heading', sign: 'H', run: (c) => c.toggleHeading({ level: 2 }), active: (e) => e.isActive('heading') },
  { text: 'Bullets', sign: '•', run: (c) => c.toggleBulletList(), active: (e) => e.isActive('bulletList') },
  { text: 'Numbers', sign: '1.', run: (c) => c.toggleOrderedList(), active: (e) => e.isActive('orderedList') },
  { text: 'Quote', sign: '❝', run: (c) => c.toggleBlockquote(), active: (e) => e.isActive('blockquote') },
  { text: 'Code', sign: '<>', run: (c) => c.toggleCodeBlock(), active: (e) => e.isActive('codeBlock') },
  { text: 'Table', sign: '▦', run: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  {
    text: 'Center',
    sign: '≡',
    run: (c) => c.toggleTextAlign('center'),
    active: (e) => e.isActive({ textAlign: 'center' }),
  },
  { text: 'Clear format', sign: '⌫', run: (c) => c.unsetAllMarks().clearNodes() },
  { text: 'Undo', sign: '↶', run: (c) => c.undo() },
  { text: 'Redo', sign: '↷', run: (c) => c.redo() },
]

/** Elements whose loss a reader would notice; what else the editor leaves out is only how they are nested. */
const NOTICED =
  'img, table, tr, td, th, a, ul, ol, li, h1, h2, h3, h4, h5, h6, video, iframe, details, pre, blockquote, hr, button, form, [class], [data-oe-model]'

/** A rich text editor in place of what is shown. */
export class RichText {
  readonly #editor: Editor
  readonly #options: RichTextOptions
  readonly #tools: HTMLElement
  readonly #buttons = new Map<Tool, HTMLButtonElement>()

  constructor(root: HTMLElement, options: RichTextOptions) {
    this.#options = options
    const { source, shown, texts } = options
    const place = element('div', { class: 'o_html' })
    this.#editor = new Editor({
      element: place,
      // styles are the page's: its policy refuses those that a script adds
      injectCSS: false,
      extensions: [
        StarterKit.configure({ link: { openOnClick: false, HTMLAttributes: { rel: 'noopener noreferrer' } } }),
        Image.configure({ allowBase64: true }),
        TableKit.configure({ table: { resizable: false } }),
        TextAlign.configure({ types: ['heading', 'paragraph'] }),
        TextStyle,
        Color,
      ],
      content: source.value,
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': source.getAttribute('aria-label') ?? '',
        },
      },
      onTransaction: () => this.#mark(),
      onBlur: ({ editor }) => {
        const html = editor.isEmpty ? '' : editor.getHTML()
        if (html !== this.#before) options.changed((this.#before = html))
      },
    })
    this.#before = this.#editor.isEmpty ? '' : this.#editor.getHTML()
    this.#tools = this.#toolbar(texts)
    root.prepend(this.#tools)
    shown.replaceWith(place)
    if (loses(source.value, this.#before)) {
      this.#showSource(true)
      root.append(
        element(
          'p',
          { class: 'o_muted' },
          texts['This text has parts that the editor would lose: it is shown as its source.'] ?? '',
        ),
      )
    }
  }

  #before = ''

  setEditable(editable: boolean): void {
    if (this.#editor.isEditable !== editable) this.#editor.setEditable(editable, false)
  }

  destroy(): void {
    this.#editor.destroy()
  }

  #toolbar(texts: Readonly<Record<string, string>>): HTMLElement {
    const bar = element('div', { class: 'o_html_tools', role: 'toolbar' })
    const add = (text: string, sign: string, run: () => void): HTMLButtonElement => {
      const label = texts[text] ?? text
      const button = element('button', { type: 'button', title: label, 'aria-label': label }, sign)
      // the text keeps its selection
      button.addEventListener('mousedown', (event) => event.preventDefault())
      button.addEventListener('click', run)
      bar.append(button)
      return button
    }
    for (const tool of TOOLS)
      this.#buttons.set(
        tool,
        add(tool.text, tool.sign, () => tool.run(this.#editor.chain().focus()).run()),
      )
    add('Link', '🔗', () => this.#link(texts['Address of the link'] ?? ''))
    add('Source', '{ }', () => this.#showSource(Boolean(this.#options.source.hidden)))
    return bar
  }

  #mark(): void {
    for (const [{ active }, button] of this.#buttons)
      if (active) button.setAttribute('aria-pressed', String(active(this.#editor)))
  }

  #link(question: string): void {
    const href = String(this.#editor.getAttributes('link')['href'] ?? 'https://')
    const given = prompt(question, href)
    if (given === null) return
    const chain = this.#editor.chain().focus().extendMarkRange('link')
    if (given.trim() === '' || given.trim() === 'https://') chain.unsetLink().run()
    else if (this.#editor.state.selection.empty && !this.#editor.isActive('link'))
      chain.insertContent({ type: 'text', text: given, marks: [{ type: 'link', attrs: { href: given } }] }).run()
    else chain.setLink({ href: given }).run()
  }

  /** The source in place of the editor, or the other way round. */
  #showSource(shown: boolean): void {
    const { source } = this.#options
    if (!shown) {
      this.#editor.commands.setContent(source.value)
      this.#before = this.#editor.getHTML()
    }
    source.hidden = !shown
    this.#editor.view.dom.parentElement?.toggleAttribute('hidden', shown)
  }
}

/** Whether the editor gave back fewer elements that matter than it got. */
function loses(before: string, after: string): boolean {
  const count = (html: string): Map<string, number> => {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    const counts = new Map<string, number>()
    for (const one of body.querySelectorAll(NOTICED)) counts.set(one.tagName, (counts.get(one.tagName) ?? 0) + 1)
    return counts
  }
  const had = count(before)
  const has = count(after)
  return [...had].some(([tag, times]) => (has.get(tag) ?? 0) < times)
}
