import type { Address } from '../../core/model/order.ts'
import type { Random } from '../shared/random.ts'

/** Nobody lives here: streets and names are invented, telephone numbers belong to no one, the form is right. */
type Place = Omit<Address, 'phone' | 'email'>

const american: readonly Place[] = [
  { name: 'Alex Sample', line1: '100 Example Street', city: 'Edison', state: 'NJ', postcode: '08817', country: 'US' },
  { name: 'Robin Placeholder', line1: '22 Nowhere Avenue', line2: 'Apt 4B', city: 'Austin', state: 'TX', postcode: '78701', country: 'US' },
  { name: 'Jamie Specimen', line1: '7 Imaginary Road', city: 'Fresno', state: 'CA', postcode: '93701', country: 'US' },
  {
    name: 'Sam Dummy',
    company: 'Invented Goods LLC',
    line1: '4500 Fiction Parkway',
    line2: 'Suite 300',
    city: 'Denver',
    state: 'CO',
    postcode: '80202',
    country: 'US',
  },
  { name: 'Chris Mock', line1: '9 Pretend Lane', city: 'Boise', state: 'ID', postcode: '83702', country: 'US' },
  { name: "Pat O'Sample-Test", line1: '31 Made Up Court', city: 'Atlanta', state: 'GA', postcode: '30303', country: 'US' },
]

const japanese: readonly Place[] = [
  {
    name: '見本 太郎',
    line1: '架空町1-2-3',
    line2: '見本マンション405',
    city: '大阪市北区',
    state: '大阪府',
    postcode: '530-0001',
    country: 'JP',
  },
  { name: '例示 花子', line1: '仮想町4-5', city: '千代田区', state: '東京都', postcode: '100-0001', country: 'JP' },
  { name: 'サンプル 一郎', line1: '例町6-7-8', city: '札幌市中央区', state: '北海道', postcode: '060-0001', country: 'JP' },
]

const german: readonly Place[] = [
  { name: 'Jürgen Mußtermann', line1: 'Beispielstraße 12', city: 'München', state: 'Bayern', postcode: '80331', country: 'DE' },
  {
    name: 'Änne Probe',
    line1: 'Erfundene Gasse 3',
    line2: 'Hinterhaus',
    city: 'Köln',
    state: 'Nordrhein-Westfalen',
    postcode: '50667',
    country: 'DE',
  },
  {
    name: 'Björn Muster',
    company: 'Größe & Söhne (erfunden)',
    line1: 'Phantasieweg 8a',
    city: 'Lübeck',
    state: 'Schleswig-Holstein',
    postcode: '23552',
    country: 'DE',
  },
]

const pools = { american, japanese, german } as const
export type Pool = keyof typeof pools

/** Addresses in other scripts, by the language they are written in. */
const foreign = {
  zh: { name: '样本 张三', line1: '示例路100号', line2: '虚构大厦5楼', city: '上海市', state: '上海', postcode: '200000', country: 'CN' },
  ja: { name: '見本 次郎', line1: '架空町9-8-7', city: '京都市中京区', state: '京都府', postcode: '604-0001', country: 'JP' },
  ar: { name: 'أحمد مثال', line1: 'شارع المثال 12', city: 'دبي', state: 'دبي', postcode: '00000', country: 'AE' },
  ru: { name: 'Иван Примеров', line1: 'ул. Примерная, д. 5, кв. 10', city: 'Алматы', state: 'Алматы', postcode: '050000', country: 'KZ' },
  de: {
    name: 'Gräfin Überlang-Beispiel',
    line1: 'Straße der Vögel 1',
    city: 'Görlitz',
    state: 'Sachsen',
    postcode: '02826',
    country: 'DE',
  },
} as const satisfies Record<string, Place>
export type Language = keyof typeof foreign

const dialing: Readonly<Record<string, string>> = {
  US: '+1 201-555-01',
  JP: '+81 3-0000-01',
  DE: '+49 30 000001',
  CN: '+86 21 0000 01',
  AE: '+971 4 000 01',
  KZ: '+7 727 000 01',
}

export function pickAddress(pool: Pool, random: Random): Address {
  return reachable(random.pick(pools[pool]), random)
}

export function foreignAddress(language: Language, random: Random): Address {
  return reachable(foreign[language], random)
}

/** The first line is longer than most warehouses take. */
export function longAddress(random: Random): Address {
  const line1 = '12345 Extraordinarily Long Invented Boulevard of the Unknown Cartographers, Building Seventeen'
  return reachable({ name: 'Lee Longname', line1, city: 'Portland', state: 'OR', postcode: '97201', country: 'US' }, random)
}

function reachable(place: Place, random: Random): Address {
  const number = String(random.integer(0, 99)).padStart(2, '0')
  return { ...place, phone: `${dialing[place.country] ?? '+1 201-555-01'}${number}`, email: `buyer${random.integer(1, 9_999)}@example.com` }
}
