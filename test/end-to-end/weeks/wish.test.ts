import { describeWeek } from './week.ts'

describeWeek('wish')
