import type { Connector } from '../../core/ports/connector.ts'

/** The operations of a connector as its folder `operations/` has them: each takes the client first. */
export type Operations<Client> = {
  readonly [Name in keyof Connector]: (
    client: Client,
    ...parameters: Parameters<NonNullable<Connector[Name]>>
  ) => ReturnType<NonNullable<Connector[Name]>>
}

/** A connector is its operations, each with the client of one shop. */
export function connectorOf<Client>(client: Client, operations: Operations<Client>): Connector {
  const { correctShipment, offerStock } = operations
  return {
    checkConnection: (call) => operations.checkConnection(client, call),
    fetchOrderChanges: (since, call) => operations.fetchOrderChanges(client, since, call),
    fetchOrder: (platformOrderId, call) => operations.fetchOrder(client, platformOrderId, call),
    listOrders: (window, page, call) => operations.listOrders(client, window, page, call),
    confirmShipment: (confirmation, call) => operations.confirmShipment(client, confirmation, call),
    readShipments: (platformOrderId, call) => operations.readShipments(client, platformOrderId, call),
    ...(correctShipment && { correctShipment: (correction, call) => correctShipment(client, correction, call) }),
    ...(offerStock && { offerStock: (offers, call) => offerStock(client, offers, call) }),
  }
}
