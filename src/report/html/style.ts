/** The style sheet of the HTML report. Colours meet 4.5 : 1 on their backgrounds, in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2129; --soft: #565d6b; --line: #e0ddd5; --faint: #f3f1ec;
  --accent: #1f5fa8; --accent-soft: #dfeaf7;
  --good: #14632f; --good-soft: #e1f3e6; --warn: #7a4b00; --warn-soft: #fcefd3; --bad: #97201b; --bad-soft: #fbe5e2;
  --note: #1b4f8c; --note-soft: #e3edf9; --plain-soft: #eceae4;
  --c0: #1f5fa8; --c1: #b0491d; --c2: #55702a; --positive: #1f5fa8; --negative: #b0491d; --on-full: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1b1e24; --ink: #e8e6e1; --soft: #a9afba; --line: #343942; --faint: #23272e;
    --accent: #8bbcf0; --accent-soft: #1e3047;
    --good: #93dfab; --good-soft: #163222; --warn: #f2c879; --warn-soft: #38290f; --bad: #ffaba2; --bad-soft: #42191a;
    --note: #a4caf5; --note-soft: #1b2d44; --plain-soft: #2b2f37;
    --c0: #8bbcf0; --c1: #f0a27a; --c2: #b5d383; --positive: #8bbcf0; --negative: #f0a27a; --on-full: #10131a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}

h1, h2, h3, .masthead p:not(.command) {
  font-family: ui-serif, Charter, "Iowan Old Style", Georgia, "Noto Serif", serif;
}
h1 { font-size: clamp(1.7rem, 4.5vw, 2.5rem); line-height: 1.15; margin: 0 0 .4rem; font-weight: 600; }
h2 { font-size: clamp(1.25rem, 3vw, 1.55rem); line-height: 1.25; margin: 0; font-weight: 600; }
h3 { font-size: 1.12rem; margin: 2rem 0 .6rem; font-weight: 600; }
.minor { font-size: .95rem; margin: 1rem 0 .2rem; font-weight: 600; color: var(--soft); }
p { margin: .5rem 0; }
sub { font-size: .75em; line-height: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.masthead, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 clamp(.9rem, 3vw, 2rem); }
.masthead { padding-top: clamp(1.5rem, 5vw, 3.5rem); padding-bottom: 1rem; }
.masthead .ending { font-size: 1.15rem; margin: .2rem 0 .8rem; }
.facts, .inline { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; color: var(--soft); }
.facts { margin: .6rem 0; padding: 0; }
.facts strong { color: var(--ink); font-weight: 600; }
section.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: clamp(1rem, 3vw, 2rem); margin: 1.6rem 0;
}
section.claim { border-top: 4px solid var(--tone); }
.tone-good { --tone: var(--good); --tone-soft: var(--good-soft); }
.tone-note { --tone: var(--note); --tone-soft: var(--note-soft); }
.tone-warn { --tone: var(--warn); --tone-soft: var(--warn-soft); }
.tone-bad { --tone: var(--bad); --tone-soft: var(--bad-soft); }
.source { color: var(--soft); margin: 0 0 .2rem; font-size: .92rem; }
.chips { display: flex; flex-wrap: wrap; gap: .45rem; margin: .8rem 0 0; padding: 0; list-style: none; }
.chip {
  display: inline-block; padding: .12rem .65rem; border-radius: .85rem; font-size: .88rem; font-weight: 600;
  background: var(--tone-soft); color: var(--tone);
}
.chip.quiet, .badge, .tag { background: var(--plain-soft); color: var(--ink); font-weight: 500; }
.badge, .tag { display: inline-block; padding: 0 .45rem; border-radius: 4px; font-size: .82rem; white-space: nowrap; }
.badge.symbolic { background: var(--good-soft); color: var(--good); }
.badge.exact { background: var(--note-soft); color: var(--note); }
.badge.numeric { background: var(--warn-soft); color: var(--warn); }
.aside { color: var(--soft); font-size: .9rem; }
.wide math { font-size: 1.06em; }
.lead { margin: .7rem 0 .3rem; }
.formula { margin: .6rem 0 .8rem; padding: .7rem .9rem; background: var(--faint); border-radius: 8px; }
.formula { line-height: 2.4; }
.definitions { list-style: none; padding: 0; margin: .2rem 0; display: flex; flex-wrap: wrap; gap: .35rem 1.8rem; }
.case { border-left: 3px solid var(--line); padding-left: 1rem; margin: 1.1rem 0; }
.conclusions { list-style: none; padding: 0; margin: .3rem 0; }
.conclusions li { display: flex; flex-wrap: wrap; gap: .25rem .8rem; align-items: center; padding: .22rem 0; }
.conclusions .tag { min-width: 3.4rem; text-align: center; }
.wide { overflow-x: auto; max-width: 100%; padding: 2px; }
.claim > .wide { margin-top: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .4rem; }
th, td { text-align: left; padding: .38rem .7rem .38rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; }
tbody th { font-weight: 600; }
.summary { table-layout: fixed; }
.summary th:first-child { width: 44%; overflow-wrap: anywhere; } .summary th:nth-child(2) { width: 32%; }
th .aside { font-weight: 400; }
th.number { text-align: right; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.evidence th, .evidence td { overflow-wrap: anywhere; }
.evidence .number, .evidence .badge { overflow-wrap: normal; white-space: nowrap; }
.evidence { min-width: 46rem; }
.evidence tbody th { min-width: 10.5rem; }
.mark { width: 1.6rem; }
tr.pass .mark { color: var(--good); } tr.fail .mark { color: var(--bad); } tr.inconclusive .mark { color: var(--warn); }
tr.fail { background: var(--bad-soft); }
tr.fail .aside { color: var(--ink); }
.landing { width: auto; }
.landing td, .landing th { padding-inline: .7rem; }
.landed { background: color-mix(in srgb, var(--accent-soft) var(--share), transparent); }
.landed.wrong { background: var(--bad-soft); color: var(--bad); font-weight: 600; }
.summary td, .summary th { padding-block: .5rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.2rem; }
figure { margin: 0; min-width: 0; }
figcaption, .caption { font-size: .9rem; color: var(--soft); margin-top: .35rem; overflow-wrap: anywhere; }
figcaption strong, .caption strong { color: var(--ink); font-weight: 600; }
svg { display: block; width: 100%; height: auto; max-width: 30rem; }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
svg .grid { stroke: var(--line); }
svg .bound { stroke: var(--soft); stroke-dasharray: 1 4; stroke-linecap: round; stroke-width: 1.5; }
svg .curve { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
svg .c0 { stroke: var(--c0); } svg .c1 { stroke: var(--c1); } svg .c2 { stroke: var(--c2); }
svg .dot { fill: var(--c0); } svg .positive { fill: var(--positive); } svg .negative { fill: var(--negative); }
svg .on-full { fill: var(--on-full); } svg .on-faint { fill: var(--ink); }
svg .cell { fill: var(--faint); stroke: var(--line); }
svg .cell.beaten { fill: var(--negative); stroke: none; }
svg .on-beaten { fill: var(--on-full); font-weight: 600; }
svg .bar0 { fill: var(--c0); } svg .bar1 { fill: var(--c1); } svg .bar2 { fill: var(--c2); }
svg .threshold { stroke: var(--ink); stroke-width: 1.4; stroke-dasharray: 6 4; }
.map { margin-top: 1.6rem; }
.map-and-words { display: flex; flex-wrap: wrap; gap: .6rem 2rem; align-items: center; }
.map-and-words > .wide { flex: 0 1 auto; } .caption { flex: 1 1 16rem; }
.map svg { width: auto; max-width: 100%; }
.map details { margin-top: .6rem; }
svg .empty { fill: none; stroke: var(--line); }
.cells { width: auto; } .cells th, .cells td { padding-inline: 0 1rem; white-space: nowrap; }
.cells tr.beaten { background: var(--bad-soft); color: var(--bad); }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .86em; }
.command { background: var(--faint); border-radius: 6px; padding: .45rem .7rem; overflow-wrap: anywhere; }
.command code span { display: inline-block; max-width: 100%; }
.command .label { color: var(--soft); font-size: .88rem; }
.violation {
  border: 1px solid var(--bad); border-radius: 8px; padding: .7rem 1rem; margin: .8rem 0; overflow-wrap: anywhere;
}
.matrices { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: .8rem 0; }
.download { font-weight: 600; }
.plain { list-style: none; padding: 0; margin: .3rem 0; overflow-wrap: anywhere; }
.inline { padding: 0; margin: .3rem 0; }
details { margin: 1.4rem 0 0; border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: .7rem 0; font-weight: 600; }
.verdicts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: .3rem 0 1rem; }
.verdicts dt { font-weight: 600; } .verdicts dd { margin: 0; }
footer { color: var(--soft); padding-block: 1rem 3rem; font-size: .92rem; }
@media (max-width: 40rem) {
  .evidence, .evidence tbody th { min-width: 0; }
  .evidence thead { display: none; }
  .evidence tbody, .evidence tr { display: block; }
  .evidence tr { border-top: 1px solid var(--line); padding: .55rem 0; display: grid;
    grid-template-columns: 1.4rem minmax(0, 1fr) minmax(0, 1fr); }
  .evidence th, .evidence td { border: 0; padding: .05rem .4rem .05rem 0; grid-column: 2 / 4; }
  .evidence .mark { grid-column: 1; grid-row: 1 / 4; }
  .evidence td.number { text-align: left; grid-column: auto; white-space: normal; }
  .evidence td.number:nth-last-child(2) { grid-column: 2; }
  .evidence td.number:empty { display: none; }
  .evidence td.number::before { content: attr(data-name) " "; color: var(--soft); }
  .evidence math, .formula math { font-size: .84em; }
  .landing, .landing caption, .landing tbody, .landing tr, .landing th { display: block; }
  .landing thead, .landing td.none { display: none; }
  .landing tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  .landing th, .landing td { border: 0; padding: .05rem .4rem; }
  .landing td { display: inline-block; text-align: left; white-space: normal; }
  .landing td::before { content: attr(data-name) ": "; }
  .verdicts { grid-template-columns: 1fr; gap: 0; } .verdicts dd { margin-bottom: .5rem; }
  .summary .optional { display: none; }
  .summary th:first-child { width: 54%; } .summary th:nth-child(2) { width: 46%; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; }
  html { font-size: 9.5pt; } body { font-size: 1rem; }
  section.card { border-radius: 0; border: 0; border-top: 2pt solid var(--tone, #999); padding: 8pt 0; }
  h2, h3 { break-after: avoid; } figure, tr, .violation { break-inside: avoid; }
  .wide { overflow: visible; } .evidence, .evidence tbody th { min-width: 0; } .skip { display: none; }
  details::details-content { content-visibility: visible; height: auto; display: block; }
  .chip, .badge, .landed, tr.fail { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
