const englishNames = new Intl.DisplayNames('en', { type: 'region' })
const chineseNames = new Intl.DisplayNames('zh', { type: 'region' })

/** Warehouse codes begin with the country, Great Britain's as UK. */
function countryOf(warehouseCode: string): string {
  const start = warehouseCode.slice(0, 2).toUpperCase()
  return start === 'UK' ? 'GB' : start
}

export function showWarehouse(code: string) {
  const address = {
    state: '',
    city: '',
    postcode: '',
    contacter: '',
    phone: '',
    street_address1: '',
    street_address2: '',
    street_number: '',
  }
  return {
    warehouse_code: code,
    warehouse_name: code,
    country_code: countryOf(code),
    wp_list: [{ code, name: code, address: [address] }],
  }
}

export function showService(code: string, warehouseCode: string) {
  return {
    code,
    name: code,
    name_en: code,
    warehouse_code: warehouseCode,
    type: '0',
    sp_code: code.split('_')[0] ?? code,
    is_signature: 0,
    address_validation_enabled: 0,
    is_truck: 0,
    is_specify_arrival_time: 0,
    delivery_time_list: [],
    sm_business_type: 0,
  }
}

export const countries = ['US', 'CA', 'GB', 'DE', 'FR', 'IT', 'ES', 'JP', 'AU', 'CN', 'AE', 'SA', 'PL', 'NL', 'AT', 'MX'].map((code) => ({
  country_code: code,
  country_name: chineseNames.of(code) ?? code,
  country_name_en: englishNames.of(code) ?? code,
}))
