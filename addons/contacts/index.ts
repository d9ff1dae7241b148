/** The addon has menus only: its models are those of `base`. */
export const models = []
