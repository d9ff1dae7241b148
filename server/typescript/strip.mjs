// Strips the types of the files that standard input lists, one a line, and keeps the results in the cache.
// Runs as a process of its own, so that the memory of the stripper is given back.
import { readFileSync } from 'node:fs'
import amaro from 'amaro'
import { keep } from './cache.mjs'

for (const file of readFileSync(0, 'utf8').split('\n')) {
  if (file) keep(file, amaro.transformSync(readFileSync(file, 'utf8'), { mode: 'strip-only' }).code)
}
