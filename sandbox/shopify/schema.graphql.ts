import { buildSchema, type GraphQLSchema } from 'graphql'
import { enumSchema } from './schema-enums.graphql.ts'
import { fulfillmentSchema } from './schema-fulfillment.graphql.ts'
import { orderSchema } from './schema-order.graphql.ts'
import { shopSchema } from './schema-shop.graphql.ts'

/** The Admin API as far as the sandbox knows it, in the definition language of GraphQL. A subset of the official one. */
const schemaText = [shopSchema, orderSchema, fulfillmentSchema, enumSchema].join('\n')

export const schema: GraphQLSchema = buildSchema(schemaText)
