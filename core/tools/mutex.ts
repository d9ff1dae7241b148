type Release = () => void

/** Lets one task at a time run, in the order in which they asked. */
export class Mutex {
  #tail: Promise<unknown> = Promise.resolve()

  /** Runs a task after all earlier ones have ended, however they ended. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(task)
    this.#tail = result.catch(() => undefined)
    return result
  }
}

interface Waiter {
  readonly exclusive: boolean
  readonly start: (release: Release) => void
}

/** Lets many readers or one writer run; who asks first goes first, so that readers cannot starve a writer. */
export class ReadWriteLock {
  #running = 0
  #writing = false
  readonly #waiting: Waiter[] = []

  /** Runs a task beside other readers, and never beside a writer. */
  read<T>(task: () => T | Promise<T>): Promise<T> {
    return this.#run(false, task)
  }

  /** Runs a task alone. */
  write<T>(task: () => T | Promise<T>): Promise<T> {
    return this.#run(true, task)
  }

  async #run<T>(exclusive: boolean, task: () => T | Promise<T>): Promise<T> {
    const release = await this.#acquire(exclusive)
    try {
      return await task()
    } finally {
      release()
    }
  }

  #acquire(exclusive: boolean): Promise<Release> {
    return new Promise((resolve) => {
      this.#waiting.push({ exclusive, start: resolve })
      this.#admit()
    })
  }

  /** Starts waiters from the front of the queue until one must wait. */
  #admit(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#writing || (next.exclusive && this.#running > 0)) return
      this.#waiting.shift()
      this.#running += 1
      this.#writing = next.exclusive
      next.start(() => {
        this.#running -= 1
        this.#writing = false
        this.#admit()
      })
    }
  }
}
