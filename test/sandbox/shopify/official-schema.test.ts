import { join } from 'node:path'
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadOfficialSchema } from '../../../sandbox/shopify/official-schema.ts'
import { schema } from '../../../sandbox/shopify/schema.graphql.ts'

const folder = process.env['QUAYSIDE_SPECS']

describe.skipIf(!folder)("the sandbox's schema", () => {
  it("is a part of Shopify's own: every type, field, argument and enum value stands there the same way", () => {
    const official = loadOfficialSchema(join(folder ?? '', 'shopify', 'admin-2026-10.graphql.gz'))
    const differences: string[] = []
    for (const ours of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
      const theirs = official.getType(ours.name)
      if (!theirs || theirs.constructor !== ours.constructor) differences.push(`type ${ours.name}`)
      else if (isEnumType(ours) && isEnumType(theirs)) {
        for (const { name } of ours.getValues()) if (!theirs.getValue(name)) differences.push(`value ${ours.name}.${name}`)
      } else if (isInputObjectType(ours) && isInputObjectType(theirs)) {
        for (const field of Object.values(ours.getFields())) {
          if (String(theirs.getFields()[field.name]?.type) !== String(field.type)) differences.push(`input ${ours.name}.${field.name}`)
        }
      } else if ((isObjectType(ours) || isInterfaceType(ours)) && (isObjectType(theirs) || isInterfaceType(theirs))) {
        for (const field of Object.values(ours.getFields())) {
          const same = theirs.getFields()[field.name]
          if (String(same?.type) !== String(field.type)) differences.push(`field ${ours.name}.${field.name}`)
          for (const argument of field.args) {
            const known = same?.args.find(({ name }) => name === argument.name)
            if (String(known?.type) !== String(argument.type)) differences.push(`argument ${ours.name}.${field.name}(${argument.name})`)
          }
        }
      } else if (!isScalarType(ours)) differences.push(`kind of ${ours.name}`)
    }

    expect(differences).toEqual([])
  })
})
