/** Whether two postcodes may mean one place: one may be the beginning of the other, such as 08601 and 08601-1234, or not be known. */
export function mayBeSamePostcode(a = '', b = ''): boolean {
  const [one, other] = [plain(a), plain(b)]
  return one.startsWith(other) || other.startsWith(one)
}

function plain(postcode: string): string {
  return postcode.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
