import { field, model, type RecordsOf } from '#core'

/* A library: authors, books with chapters, tags in a tree. Small models of which tests know every value. */

export class AuthorFields {
  name = field.char({ required: true })
  country = field.selection({ be: 'Belgium', fr: 'France' })
  born = field.date()
  active = field.boolean({ default: true })
  book_ids = field.one2many('lib.book', 'author_id')
  book_count = field.integer({ store: true })
  page_total = field.integer()
}

export const Author = model(
  'lib.author',
  AuthorFields,
  { description: 'Author', order: 'name' },
  (Base) => class extends Base {},
)

Author.compute('book_count', ['book_ids'], (author) => author.book_ids.length)
Author.compute('page_total', ['book_ids.pages'], (author) => author.book_ids.reduce((sum, book) => sum + book.pages, 0))

export class BookFields {
  name = field.char({ required: true })
  author_id = field.many2one('lib.author', { ondelete: 'cascade' })
  author_name = field.char({ store: true })
  chapter_ids = field.one2many('lib.chapter', 'book_id', { copy: true })
  tag_ids = field.many2many('lib.tag')
  pages = field.integer({ store: true })
  price = field.float({ digits: 2 })
  discount = field.float({ default: 0 })
  net_price = field.float({ store: true, digits: 2 })
  shelf = field.char({ store: true, readonly: false })
  printed = field.datetime()
  long_title = field.char()
}

export const Book = model(
  'lib.book',
  BookFields,
  { description: 'Book', order: 'name, id' },
  (Base) =>
    class extends Base {
      async action_reprice(): Promise<void> {
        for (const book of await this.load(['price'])) await book.write({ price: book.price + 1 })
      }
    },
)

Book.related('author_name', 'author_id.name')
Book.compute('pages', ['chapter_ids.pages'], (book) =>
  book.chapter_ids.reduce((sum, chapter) => sum + chapter.pages, 0),
)
Book.compute('net_price', ['price', 'discount'], (book) => book.price * (1 - book.discount / 100))
Book.compute('shelf', ['author_id.country'], (book) => book.author_id?.country?.toUpperCase() ?? 'X')
Book.compute('long_title', ['name', 'author_id.name'], (book) => `${book.name} (${book.author_id?.name ?? '?'})`)
Book.constrain(['price'], (book) => (book.price < 0 ? 'A price cannot be negative.' : undefined))

export class ChapterFields {
  name = field.char({ required: true })
  sequence = field.integer({ default: 10 })
  pages = field.integer()
  book_id = field.many2one('lib.book', { required: true, ondelete: 'cascade' })
}

export const Chapter = model(
  'lib.chapter',
  ChapterFields,
  { description: 'Chapter', order: 'sequence, id' },
  (Base) => class extends Base {},
)

export class TagFields {
  name = field.char({ required: true })
  parent_id = field.many2one('lib.tag', { ondelete: 'cascade' })
  parent_path = field.char({ index: true })
  complete_name = field.char({ store: true })
  book_ids = field.many2many('lib.book')
}

export const Tag = model(
  'lib.tag',
  TagFields,
  {
    description: 'Tag',
    parentStore: true,
    order: 'name',
    sqlConstraints: {
      name_unique: ['unique (name, parent_id)', 'Two tags of one parent need two names.'],
    },
  },
  (Base) => class extends Base {},
)

Tag.compute('complete_name', ['name', 'parent_id.complete_name'], (tag) =>
  tag.parent_id ? `${tag.parent_id.complete_name ?? ''} / ${tag.name}` : tag.name,
)

export const library = { addon: 'library', models: [Author, Book, Chapter, Tag] as never }

export interface Author extends RecordsOf<typeof Author> {}
export interface Book extends RecordsOf<typeof Book> {}
export interface Chapter extends RecordsOf<typeof Chapter> {}
export interface Tag extends RecordsOf<typeof Tag> {}
declare module '#core' {
  interface Models {
    'lib.author': { fields: AuthorFields; records: Author }
    'lib.book': { fields: BookFields; records: Book }
    'lib.chapter': { fields: ChapterFields; records: Chapter }
    'lib.tag': { fields: TagFields; records: Tag }
  }
}
