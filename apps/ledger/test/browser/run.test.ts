import { curvesView } from './curvesView.ts'
import { linkedCurves } from './linkedCurves.ts'
import { runMarks } from './runMarks.ts'
import { runView } from './runView.ts'

curvesView()
linkedCurves()
runMarks()
runView()
