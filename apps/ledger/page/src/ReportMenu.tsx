import { Menu } from './Menu.tsx'

/** Saves a report of some runs as one HTML file. `parameters` say which runs. */
export const ReportMenu = ({ parameters }: { readonly parameters: string }) => (
  <Menu title="Report">
    <p>One HTML file, readable without the ledger</p>
    <ul className="choices">
      <li>
        <a href={`api/report?${parameters}`} download>
          Whole
        </a>
      </li>
      <li>
        <a href={`api/report?${parameters}&redact=true`} download>
          Without API keys and organization ids
        </a>
      </li>
    </ul>
  </Menu>
)
