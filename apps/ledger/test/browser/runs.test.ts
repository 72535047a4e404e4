import { sentUpload } from './sentUpload.ts'
import { importView } from './importView.ts'
import { manyRuns } from './manyRuns.ts'
import { menuPanels } from './menuPanels.ts'
import { rejectedRecords } from './rejectedRecords.ts'
import { runsView } from './runsView.ts'
import { sortedRuns } from './sortedRuns.ts'

importView()
sentUpload()
manyRuns()
menuPanels()
rejectedRecords()
runsView()
sortedRuns()
