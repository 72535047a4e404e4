import { alignedNumbers } from './alignedNumbers.ts'
import { changesView } from './changesView.ts'
import { checkView } from './checkView.ts'
import { compareView } from './compareView.ts'
import { hostileRecords } from './hostileRecords.ts'
import { keyboardFocus } from './keyboardFocus.ts'
import { reportFile } from './reportFile.ts'
import { steadyPage } from './steadyPage.ts'
import { translation } from './translation.ts'
import { withoutColour } from './withoutColour.ts'

alignedNumbers()
changesView()
checkView()
compareView()
hostileRecords()
keyboardFocus()
reportFile()
steadyPage()
translation()
withoutColour()
