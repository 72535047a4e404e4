import './contentPolicy.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
// in the order of their cascade
import './style.css'
import './menu.css'
import './heading.css'
import './button.css'
import './table.css'
import './record.css'
import './phone.css'

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
