/*
 * A file with news of its progress in between, for pages that show how far an export is. Each frame begins with a
 * 32-bit number: positive, it is the length of a piece of the file that follows; 0, another 32-bit number follows, of
 * the records that are in the file so far.
 */
const PIECE = 4
const NEWS = 8

/** The frames of a file; `done` tells how many records it holds when a piece of it leaves. */
export async function* framed(file: AsyncIterable<Buffer>, done: () => number): AsyncGenerator<Buffer> {
  let told = -1
  for await (const piece of file) {
    const head = Buffer.alloc(PIECE)
    head.writeUInt32BE(piece.length)
    yield Buffer.concat([head, piece])
    const now = done()
    if (now === told) continue
    told = now
    const news = Buffer.alloc(NEWS)
    news.writeUInt32BE(now, PIECE)
    yield news
  }
}
