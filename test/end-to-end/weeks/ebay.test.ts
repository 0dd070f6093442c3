import { describeWeek } from './week.ts'

describeWeek('ebay')
