/** Says which folders of addons there are, and where the product is. */
export function allow(data: { readonly paths: readonly string[]; readonly root: string }): void
/** A hook for `import` as Node's module `node:module` takes it. */
export function resolve(specifier: string, context: { readonly parentURL?: string }, nextResolve: (specifier: string, context: object) => unknown): unknown
