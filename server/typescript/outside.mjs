// Lets addons outside of the project import `#core` and `#addons/…` as those inside do.
import { register } from 'node:module'

register('./outside-hooks.mjs', import.meta.url)
