/** A key for databases that live as long as a test. */
export const testKey = Buffer.alloc(32, 'quayside test key')
