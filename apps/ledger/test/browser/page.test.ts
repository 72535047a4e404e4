import { alignedNumbers } from './alignedNumbers.ts'
import { behindProxy } from './behindProxy.ts'
import { changesView } from './changesView.ts'
import { checkView } from './checkView.ts'
import { compareView } from './compareView.ts'
import { connectionView } from './connectionView.ts'
import { curvesView } from './curvesView.ts'
import { hostileRecords } from './hostileRecords.ts'
import { importView } from './importView.ts'
import { keyboardFocus } from './keyboardFocus.ts'
import { linkedCurves } from './linkedCurves.ts'
import { liveChanges } from './liveChanges.ts'
import { manyRuns } from './manyRuns.ts'
import { menuPanels } from './menuPanels.ts'
import { rejectedRecords } from './rejectedRecords.ts'
import { reportFile } from './reportFile.ts'
import { runMarks } from './runMarks.ts'
import { runsView } from './runsView.ts'
import { runView } from './runView.ts'
import { sortedRuns } from './sortedRuns.ts'
import { steadyPage } from './steadyPage.ts'
import { translation } from './translation.ts'
import { watchingView } from './watchingView.ts'
import { withoutColour } from './withoutColour.ts'

checkView()
runsView()
sortedRuns()
manyRuns()
runMarks()
menuPanels()
keyboardFocus()
runView()
curvesView()
linkedCurves()
compareView()
alignedNumbers()
withoutColour()
changesView()
importView()
rejectedRecords()
watchingView()
connectionView()
liveChanges()
hostileRecords()
reportFile()
steadyPage()
translation()
behindProxy()
