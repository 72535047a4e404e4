import { behindProxy } from './behindProxy.ts'
import { connectionView } from './connectionView.ts'
import { liveChanges } from './liveChanges.ts'
import { watchingView } from './watchingView.ts'

behindProxy()
connectionView()
liveChanges()
watchingView()
