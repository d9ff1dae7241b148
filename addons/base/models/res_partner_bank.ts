import { field, model, type Domain, type RecordsOf, type SearchOptions } from '#core'
import { isIban, sanitizeAccountNumber } from '../tools/iban.ts'

/** Open list of the kinds of account numbers; an addon adds a kind by merging a key. */
export interface ResPartnerBankTypes {
  bank: string
  iban: string
}

export class ResPartnerBankFields {
  active = field.boolean({ default: true })
  acc_type = field.selection<keyof ResPartnerBankTypes>({ bank: 'Normal', iban: 'IBAN' }, { string: 'Type' })
  acc_number = field.char({ string: 'Account Number', required: true })
  sanitized_acc_number = field.char({ string: 'Sanitized Account Number', store: true })
  acc_holder_name = field.char({
    string: 'Account Holder Name',
    store: true,
    readonly: false,
    help: 'The name of the holder, where it is not that of the contact.',
  })
  partner_id = field.many2one('res.partner', {
    string: 'Account Holder',
    required: true,
    ondelete: 'cascade',
    index: true,
  })
  allow_out_payment = field.boolean({
    string: 'Send Money',
    copy: false,
    help: 'Whether somebody made sure that the account is the right one to pay to.',
  })
  bank_id = field.many2one('res.bank', { string: 'Bank' })
  bank_name = field.char({ readonly: false })
  bank_bic = field.char({ readonly: false })
  sequence = field.integer({ default: 10 })
  currency_id = field.many2one('res.currency', { string: 'Currency' })
  company_id = field.many2one('res.company', { string: 'Company', store: true })
}

/** A condition on the number as one on the number without what separates its parts. */
function bySanitizedNumber(term: unknown): unknown {
  if (!Array.isArray(term) || term[0] !== 'acc_number') return term
  const [, operator, operand] = term as readonly unknown[]
  const sanitized = (one: unknown): unknown => (typeof one === 'string' ? sanitizeAccountNumber(one) : one)
  if (typeof operator === 'string' && operator.includes('like')) return term
  return ['sanitized_acc_number', operator, Array.isArray(operand) ? operand.map(sanitized) : sanitized(operand)]
}

export const ResPartnerBank = model(
  'res.partner.bank',
  ResPartnerBankFields,
  {
    description: 'Bank Accounts',
    order: 'sequence, id',
    recName: 'acc_number',
    recNamesSearch: ['acc_number', 'sanitized_acc_number', 'bank_name'],
    sqlConstraints: {
      unique_number: [
        'unique (sanitized_acc_number, partner_id)',
        'The combination Account Number/Partner must be unique.',
      ],
    },
  },
  (Base) =>
    class extends Base {
      /** A number is found however its parts are separated. */
      override async _name_domain(operator: string, text: unknown): Promise<readonly unknown[]> {
        const domain = await super._name_domain(operator, text)
        const negative = operator.startsWith('not ') || operator === '!='
        const number = typeof text === 'string' && !negative ? sanitizeAccountNumber(text) : ''
        return number ? ['|', ['sanitized_acc_number', operator, number], ...domain] : domain
      }

      override async _search(domain: readonly unknown[], options: SearchOptions): Promise<readonly number[]> {
        return super._search(domain.map(bySanitizedNumber), options)
      }

      override async search_count<const D extends readonly unknown[]>(
        domain: Domain<'res.partner.bank', D>,
        limit?: number,
      ): Promise<number> {
        return super.search_count((domain as readonly unknown[]).map(bySanitizedNumber) as never, limit)
      }
    },
)

ResPartnerBank.compute('sanitized_acc_number', ['acc_number'], ({ acc_number }) =>
  sanitizeAccountNumber(acc_number ?? ''),
)
  .compute('acc_type', ['acc_number'], ({ acc_number }) => (isIban(acc_number ?? '') ? 'iban' : 'bank'))
  .compute('acc_holder_name', ['partner_id.name'], ({ partner_id }) => partner_id?.name ?? null)
  .compute('display_name', ['acc_number', 'bank_id.name'], ({ acc_number, bank_id }) =>
    bank_id ? `${acc_number} - ${bank_id.name}` : acc_number,
  )
  .related('bank_name', 'bank_id.name')
  .related('bank_bic', 'bank_id.bic')
  .related('company_id', 'partner_id.company_id')
  .onchange(['partner_id'], ['partner_id.name'], ({ partner_id }) => ({
    values: { acc_holder_name: partner_id?.name ?? null },
  }))

export interface ResPartnerBank extends RecordsOf<typeof ResPartnerBank> {}
declare module '#core' {
  interface Models {
    'res.partner.bank': { fields: ResPartnerBankFields; records: ResPartnerBank }
  }
}
