import { irModels } from './models/ir.ts'

export const models = [...irModels]
