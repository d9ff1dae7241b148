import t from 'tap'
import { addressFormat } from '../../data/generator/address-format.ts'
import { readJson } from '../../data/generator/sources.ts'
import { dateFormat, timeFormat } from '../../data/generator/strftime.ts'

t.test('dateFormat', async (t) => {
  t.equal(dateFormat('d/M/yy'), '%d/%m/%Y', 'writes years with four digits')
  t.equal(dateFormat("d.MM.yy 'г'."), '%d.%m.%Y', 'leaves out words')
  t.equal(dateFormat('d\u200f/M\u200f/y'), '%d/%m/%Y', 'leaves out direction marks')
  t.throws(() => dateFormat('EEEE d/M/y'), { code: 'GENERATOR_PATTERN_UNKNOWN' })
})

t.test('timeFormat', async (t) => {
  t.equal(timeFormat('HH:mm:ss'), '%H:%M:%S')
  t.equal(timeFormat('h:mm:ss\u202fa'), '%I:%M:%S %p', 'writes plain spaces')
  t.equal(timeFormat("HH 'h' mm 'min' ss 's'"), '%H:%M:%S', 'falls back where the pattern has words')
})

t.test('addressFormat', async (t) => {
  const ending = '%(country_name)s'
  t.equal(
    addressFormat('CH', { fmt: '%O%n%N%n%A%nCH-%Z %C' }, true),
    `%(street)s\n%(street2)s\n%(zip)s %(city)s\n${ending}`,
    'leaves out names and the prefix of the zip',
  )
  t.equal(
    addressFormat('US', { fmt: '%N%n%O%n%A%n%C, %S %Z', sub_keys: 'AL~AK' }, true),
    `%(street)s\n%(street2)s\n%(city)s, %(state_code)s %(zip)s\n${ending}`,
    'uses the code of states that addresses abbreviate',
  )
  t.equal(
    addressFormat('TR', { fmt: '%N%n%O%n%A%n%Z %C/%S', sub_keys: 'Adana~Ankara' }, false),
    `%(street)s\n%(street2)s\n%(zip)s %(city)s\n${ending}`,
    'leaves no separator where the state is left out',
  )
  t.equal(addressFormat('AG', { require: 'A' }, true), '', 'is empty without a rule')
})

t.test('readJson names the file that it cannot read', async (t) => {
  t.throws(() => readJson('/nowhere.json'), { code: 'GENERATOR_SOURCE_UNREADABLE', message: /nowhere\.json/ })
})
