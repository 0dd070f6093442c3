import { describeWmsAdapterContract } from '../../contract/wms-adapter.ts'
import { goodcangHarness } from './harness.ts'

describeWmsAdapterContract('goodcang', goodcangHarness())
describeWmsAdapterContract('goodcang with every number as text', goodcangHarness({ 'numbers-as-text': true, 'order-code-in-data': true }))
