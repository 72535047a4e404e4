const light = `
--paper:#fbfaf6;--sheet:#fff;--ink:#1d2327;--faint:#59636a;--line:#e3e0d6;--accent:#17605b;--good:#17663f;--bad:#a02c2c;--busy:#8a5a00;
--s0:#17605b;--s1:#b0561a;--s2:#4b4fa8;--s3:#8a2f72;--s4:#6b6b12;--s5:#3a6d94;--s6:#a02c2c;--s7:#59636a`

const dark = `
--paper:#15181a;--sheet:#1c2023;--ink:#e4e6e3;--faint:#93a0a3;--line:#30373b;--accent:#6fc9bf;--good:#7fd6a4;--bad:#f2938c;--busy:#e9bd6a;
--s0:#6fc9bf;--s1:#efa269;--s2:#a5aaf5;--s3:#e59ad0;--s4:#cfcf6d;--s5:#8fc3ea;--s6:#f2938c;--s7:#aab4b6`

const series = Array.from({ length: 8 }, (_, i) => `.series-${i}{--series:var(--s${i})}`).join('')

/** The style of a report. */
export const style = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
h1,h2,h3{line-height:1.25;font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Liberation Serif",Georgia,serif;overflow-wrap:anywhere}
h1{font-size:1.8rem;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:.75rem 0 .25rem}
code,pre,del,ins,.story h3,td,dd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.9em}
code,dd,li,p{overflow-wrap:anywhere}
b,code,del,ins{unicode-bidi:isolate}.failure,dd{unicode-bidi:plaintext}
small,footer,figcaption small{color:var(--faint);font-weight:400}
a{color:var(--accent)}
summary{cursor:pointer;color:var(--accent);padding:.25rem 0}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.failure{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--bad);border-inline-start:3px solid var(--bad);padding:.5rem .75rem;background:var(--sheet);margin:.5rem 0}
.state{font:600 .85em system-ui,sans-serif;color:var(--busy)}
.state.succeeded{color:var(--good)}.state.failed{color:var(--bad)}.state.cancelled,.state.unknown{color:var(--faint)}
.timeline svg{display:block;width:100%;height:14px;background:var(--line);border-radius:3px}
.timeline rect{fill:var(--faint)}.timeline .queued{fill:var(--s5);color:var(--s5)}.timeline .training{fill:var(--accent);color:var(--accent)}
.timeline .publishing{fill:var(--busy)}.timeline .created,.timeline .validating{color:var(--faint)}
.timeline ol{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;margin:.5rem 0 0;font-size:.9em}
figure th,figure td{padding:.3rem .4rem}figure,article,.sheet,.lists>div{margin:0;padding:1rem;background:var(--sheet);border:1px solid var(--line);border-radius:6px;min-width:0}
article{margin-bottom:1rem}article h3{margin-top:0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem;align-items:start}
.lists{columns:20rem;column-gap:1rem}.lists>div{break-inside:avoid;margin-bottom:1rem}
.lists h3{margin-top:0}
figcaption{font-weight:600;margin-bottom:.5rem}
.chart{display:block;width:100%;height:auto;overflow:visible;font:11px system-ui,sans-serif}
.chart text{fill:var(--faint)}.chart .name{fill:var(--ink);font-weight:600}
.middle{text-anchor:middle}.end{text-anchor:end}
.tick line,.axis line{stroke:var(--line)}.axis line{stroke:var(--faint)}
.axis text.value{paint-order:stroke;stroke:var(--sheet);stroke-width:3px;fill:var(--ink)}
${series}
.line path{fill:none;stroke:var(--series);stroke-width:1.6;stroke-linejoin:round}
.line path.faint{stroke-width:1;opacity:.35}.line.baseline path{stroke-width:3}
.dash-1 path{stroke-dasharray:6 3}.dash-2 path{stroke-dasharray:2 3}.dash-3 path{stroke-dasharray:9 3 2 3}
.dash-4 path{stroke-dasharray:13 4}.dash-5 path{stroke-dasharray:7 3 2 3 2 3}
.line text{fill:var(--series);font-weight:600}
.dot{fill:var(--series)}.best{fill:var(--sheet);stroke:var(--series);stroke-width:2}
.parallel{min-width:56rem}
.swatch{display:inline-block;width:20px;height:4px;background:var(--series);margin-inline-end:.5em;vertical-align:.25em;print-color-adjust:exact;forced-color-adjust:none}
.swatch.dash-1{mask:repeating-linear-gradient(90deg,#000 0 6px,transparent 0 9px)}
.swatch.dash-2{mask:repeating-linear-gradient(90deg,#000 0 3px,transparent 0 6px)}
.swatch.dash-3{mask:repeating-linear-gradient(90deg,#000 0 9px,transparent 0 12px,#000 0 14px,transparent 0 17px)}
.swatch.dash-4{mask:repeating-linear-gradient(90deg,#000 0 13px,transparent 0 17px)}
.swatch.dash-5{mask:linear-gradient(#000,#000) 0/7px repeat-y,linear-gradient(#000,#000) 10px/2px repeat-y,linear-gradient(#000,#000) 15px/2px repeat-y}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9em}
caption{text-align:start}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--faint);font-weight:600;white-space:nowrap}thead th+th{text-align:end}
th[scope=row]{font-weight:500}th,td{overflow-wrap:anywhere}.comparison td{min-width:7rem}
.number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
[data-rest]::after{content:attr(data-rest);visibility:hidden}
.comparison th[scope=row]{min-width:9rem;position:sticky;left:0;background:var(--sheet)}
.comparison .number{white-space:normal}.comparison{background:var(--sheet)}.comparison .best{color:var(--good);font-weight:700}
.comparison td.best::after{content:" ★"}
dl{margin:0}dl div{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1rem;border-bottom:1px solid var(--line);padding:.25rem 0}dl div:last-child{border:0}
dt{color:var(--faint)}dd{margin:0 0 0 auto;text-align:end}
.story{list-style:none;padding:0 0 0 1rem;margin:0;border-inline-start:2px solid var(--line)}
.story ul{margin:0;padding-inline-start:1.1rem}.story h3{color:var(--faint);font-weight:500}
.changes del{color:var(--bad)}.changes ins{color:var(--good);text-decoration:none}.StatusMoved :is(del,ins){color:inherit}.RunFailed{color:var(--bad)}
footer{margin-top:2rem;border-top:1px solid var(--line)}
@media screen and (pointer:coarse){summary{padding:.72rem 0}}
@media (max-width:40rem){body{padding:1rem .75rem}h1{font-size:1.3rem}figure,article,.sheet,.lists>div{padding:.75rem}}
figure{container-type:inline-size}@container (max-width:33rem){.by-run tr{display:grid;grid-template-columns:repeat(4,1fr)}.by-run th:first-child{grid-column:1/-1;border:0;padding-bottom:0}}
@media print{
:root{color-scheme:light;${light};--paper:#fff}
body{max-width:none;padding:0;font-size:10pt}
figure,.lists>div,tr,.story li{break-inside:avoid}h2,h3,summary{break-after:avoid}
.charts{grid-template-columns:1fr 1fr}.parallel{min-width:0}.scroll{overflow:visible}
figure details{display:none}details::details-content{content-visibility:visible;block-size:auto}
.timeline svg,.timeline rect{print-color-adjust:exact}
}
`

/** The digest of the style, for the content security policy; a test compares them. */
export const styleHash = 'sha256-ySlSORreTm5xUkRtKbpRE0zzyRtbePMmTWl52s6jhyc='
