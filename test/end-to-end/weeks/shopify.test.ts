import { describeWeek } from './week.ts'

describeWeek('shopify')
