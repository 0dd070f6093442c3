import { describeWeek } from './week.ts'

describeWeek('amazon')
