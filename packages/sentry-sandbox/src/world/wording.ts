import { hexDigits, integerBetween, pickOne } from './hash.ts'

const nouns = [
  'shipment',
  'parcel',
  'invoice',
  'route',
  'driver',
  'pallet',
  'quote',
  'label',
  'session',
  'cart',
  'booking',
  'tariff',
  'pickup',
  'customer',
  'voucher',
  'depot',
]
const fields = ['address', 'weight', 'price', 'postcode', 'currency', 'status', 'phone', 'deadline', 'email', 'locale']
const hosts = [
  'geo.partner.example',
  'db-primary.internal',
  'queue.internal',
  'rates.partner.example',
  'cache-2.internal',
]
const statuses = ['409', '422', '500', '502', '503', '504']

/** Fills the words of one issue in: `{noun}`, `{Noun}`, `{field}`, `{Field}`, `{host}`, `{status}`, `{number}` and `{hex}`. */
export function createWording(seed: number): (text: string) => string {
  const noun = pickOne(seed, 10, nouns)
  const field = pickOne(seed, 11, fields)
  const words: Readonly<Record<string, string>> = {
    noun,
    Noun: capitalise(noun),
    field,
    Field: capitalise(field),
    host: pickOne(seed, 12, hosts),
    status: pickOne(seed, 13, statuses),
    number: String(integerBetween(seed, 14, 2, 900)),
    hex: hexDigits(seed, 15, 8),
  }
  return (text) => text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
