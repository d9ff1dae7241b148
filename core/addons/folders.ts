/** Where the addons are whose code this process loaded. */
const folders = new Map<string, string>()

export function rememberFolder(addon: string, folder: string): void {
  folders.set(addon, folder)
}

/** The folder of a loaded addon, for files that are not data, such as templates of reports. */
export function addonFolder(addon: string): string | undefined {
  return folders.get(addon)
}
