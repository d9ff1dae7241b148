import type { FieldInfo } from '../fields/info.ts'
import { isMany } from '../orm/values.ts'
import { fromWire } from '../wire/values.ts'
import { DATA_VALUE, valueError } from './errors.ts'
import { recordOf, type Loading } from './loading.ts'
import type { Place } from './place.ts'
import { foundRecords, plainValue } from './plain-value.ts'
import type { Content } from './steps.ts'
import { accepted, valueOfText } from './text-value.ts'

/**
 * What a value in a data file is for a field, in the form that `create` takes.
 * @throws DATA_REF, DATA_VALUE, DATA_FILE
 */
export async function fieldValue(loading: Loading, content: Content, field: FieldInfo, place: Place): Promise<unknown> {
  switch (content.form) {
    case 'text':
      return valueOfText(content.text, field, place)
    case 'ref':
      return referred(loading, content.id, field, place)
    case 'refs':
      return referredAll(loading, content.ids, field, place)
    case 'search': {
      const found = await foundRecords(loading, content, content.model ?? field.comodel, place)
      return isMany(field) ? [{ set: found }] : accepted(found[0] ?? null, field, place)
    }
    default:
      return fromPlain(loading, await plainValue(loading, content, place), field, place)
  }
}

/** The id of the record, or for a field that may refer to several models its model and id. */
async function referred(loading: Loading, xmlid: string, field: FieldInfo, place: Place): Promise<unknown> {
  const { model, id } = await recordOf(loading, xmlid, place)
  if (isMany(field)) {
    throw new DATA_VALUE(place, `'ref' names one record: write eval="[Command.link(ref('${xmlid}'))]"`)
  }
  if (field.type === 'reference') return accepted(`${model},${id}`, field, place)
  refuseModel(xmlid, model, field, place)
  return accepted(id, field, place)
}

async function referredAll(
  loading: Loading,
  xmlids: readonly string[],
  field: FieldInfo,
  place: Place,
): Promise<unknown> {
  const [first, ...others] = xmlids
  if (!isMany(field)) {
    if (others.length > 0) throw new DATA_VALUE(place, `the field holds one record, not ${xmlids.length}`)
    return first === undefined ? null : referred(loading, first, field, place)
  }
  const ids: number[] = []
  for (const xmlid of xmlids) {
    const { model, id } = await recordOf(loading, xmlid, place)
    refuseModel(xmlid, model, field, place)
    ids.push(id)
  }
  return [{ set: ids }]
}

function refuseModel(xmlid: string, model: string, field: FieldInfo, place: Place): void {
  if (field.comodel === null || field.comodel === model) return
  throw new DATA_VALUE(place, `'${xmlid}' is a record of ${model}, not of ${field.comodel}`)
}

/** An expression gives values as clients write them: False for nothing, tuples for commands. */
function fromPlain({ env }: Loading, value: unknown, field: FieldInfo, place: Place): unknown {
  try {
    const values = fromWire(env.registry, env.registry.get(field.model), { [field.name]: value })
    return accepted(values[field.name], field, place)
  } catch (error) {
    throw valueError(error, place)
  }
}
