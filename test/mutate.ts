/** Numbers that look random and are the same each time. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    // the low bits of such numbers repeat soon
    return Math.floor(state / 8)
  }
}

/** What pieces fit behind: more changed texts keep their form so, and are refused for what they say. */
const SEAMS = ['>', '>', '"', ' ', ',', '\n']

/** The text with up to three places changed: a piece put in or put in place of some characters, or characters cut. */
export function mutated(text: string, pieces: readonly string[], next: () => number): string {
  let result = text
  for (let left = 1 + (next() % 3); left > 0; left--) {
    const anywhere = next() % (result.length + 1)
    const seam = result.indexOf(SEAMS[next() % SEAMS.length] as string, anywhere)
    const atSeam = next() % 3 > 0 && seam >= 0
    const at = atSeam ? seam + 1 : anywhere
    const piece = next() % 4 === 0 ? '' : (pieces[next() % pieces.length] as string)
    const cut = !atSeam && next() % 2 === 0 ? next() % 12 : 0
    result = result.slice(0, at) + piece + result.slice(at + cut)
  }
  return result
}
