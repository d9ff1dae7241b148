import { irModels } from './models/ir.ts'
import { resModels } from './models/res.ts'

export const models = [...irModels, ...resModels]
