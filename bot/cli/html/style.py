"""The page's look: readable on a phone, on a desk, on paper and in the dark."""

from __future__ import annotations

CSS = """
:root {
  color-scheme: light dark;
  --text: #1d2730; --muted: #4d5a65; --line: #cfd8de; --page: #fff; --panel: #f5f7f8;
  --accent: #17597a; --good: #d9e9f2; --bad: #fbe3e0; --bad-text: #7c130d; --bin: #bcd6e4;
  --right: #17597a; --offered: #86b8d6; --silent: #e3e8ec; --misled: #e3a035; --wrong: #a8211a; --picked: #5d8a56;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #e6ebef; --muted: #a9b5be; --line: #3d4952; --page: #14191d; --panel: #1e252b;
    --accent: #86c5ea; --good: #173c50; --bad: #4b201d; --bad-text: #ffb9b1; --bin: #28526a;
    --right: #2f88b8; --offered: #a9d3ec; --silent: #3d4952; --misled: #e3a035; --wrong: #e2574c; --picked: #8fbf86;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.7 "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic",
    "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif;
  overflow-wrap: anywhere; line-break: strict; word-break: normal; word-break: auto-phrase;
}
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0 0 .5rem; }
h2 {
  font-size: 1.2rem; line-height: 1.4; margin: 3rem 0 .75rem; padding: 0 0 .25rem;
  border-bottom: 2px solid var(--accent);
}
p { margin: .5rem 0; }
a { color: var(--accent); }
code { font: .875em/1.4 ui-monospace, "SFMono-Regular", Consolas, "DejaVu Sans Mono", monospace; }
.about { color: var(--muted); font-size: .875rem; }
.about dt { float: left; clear: left; margin-right: .75em; }
.about dd { margin: 0 0 0 6em; }
nav ul, .key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; padding: 0; list-style: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 1.5rem 0; }
.tiles div { padding: .75rem 1rem; border: 1px solid var(--line); border-left: 5px solid var(--accent); border-radius: 4px; background: var(--panel); }
.tiles dt { font-size: .875rem; line-height: 1.4; color: var(--muted); }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.75rem; line-height: 1.4; font-weight: 700; font-variant-numeric: tabular-nums; }
.tiles .range { font-size: .8125rem; line-height: 1.5; color: var(--muted); }
.tiles .range span { display: inline-block; margin-right: .75em; white-space: nowrap; }

table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .875rem; line-height: 1.5; }
caption { padding: 0 0 .5rem; text-align: left; color: var(--muted); font-size: .875rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--muted); font-size: .8125rem; line-height: 1.35; vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody th[scope=rowgroup] { padding-top: 1rem; font-weight: 700; }
.numbers td, .numbers thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
.numbers td { white-space: nowrap; }
.numbers thead th { overflow-wrap: normal; word-break: keep-all; }
.outcomes small { display: block; color: var(--muted); font-size: .8125rem; line-height: 1.4; }
.outcomes code { display: block; }
.outcomes td { width: 4.5em; }
.rates small { display: block; color: var(--muted); font-size: .8125rem; line-height: 1.4; }
.rates td small { font-size: .75rem; }
.rates code { display: block; }
.rates tbody th { min-width: 9rem; }
.together { display: inline-block; white-space: nowrap; }

.bar, .swatch { height: .6rem; border: 1px solid var(--muted); background: var(--page); }
.bar { display: block; width: 10rem; max-width: 100%; margin: .25rem 0; }
.swatch { display: inline-block; width: 1.25rem; margin: 0 .5em 0 0; }
.key { font-size: .875rem; }
rect.right { fill: var(--right); }
rect.offered { fill: var(--offered); }
rect.silent { fill: var(--silent); }
rect.misled { fill: var(--misled); }
rect.wrong { fill: var(--wrong); }
rect.picked { fill: var(--picked); }
.plot rect.part { stroke: var(--muted); stroke-width: .6; }

.scroll { overflow-x: auto; }
.confusion { width: auto; font-size: .8125rem; }
.confusion th, .confusion td { padding: .3rem .4rem; border: 1px solid var(--line); min-width: 2.1em; white-space: nowrap; overflow-wrap: normal; }
.confusion .good { background: var(--good); font-weight: 700; outline: 2px solid var(--accent); outline-offset: -2px; }
.confusion .bad { background: var(--bad); color: var(--bad-text); font-weight: 700; text-decoration: underline; }
.confusion .other { background: var(--panel); }
.confusion td:last-child { color: var(--muted); border-left: 2px solid var(--muted); }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 2.5rem; }
figure { margin: 0; }
.plot { display: block; width: 100%; max-width: 34rem; height: auto; }
.plot text { font-size: 11px; fill: var(--text); }
.plot .name { font-size: 12px; }
.plot .strong { font-size: 12px; font-weight: 700; }
.grid { stroke: var(--line); stroke-width: 1; }
.axis { stroke: var(--text); stroke-width: 1.2; }
.curve { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.mark { fill: var(--page); stroke: var(--accent); stroke-width: 2; }
.here { fill: var(--wrong); stroke: var(--page); stroke-width: 1.5; }
.bin { fill: var(--bin); stroke: var(--accent); stroke-width: 1; }
.ideal { stroke: var(--text); stroke-width: 1.2; stroke-dasharray: 5 4; }

.results th:first-child { width: 3.2em; }
.results thead th:nth-child(2) { width: 48%; }
.results p, .results ol { margin: 0 0 .25rem; }
.results ol { padding: 0 0 0 1.5em; font-variant-numeric: tabular-nums; }
.results .asked { font-size: .9375rem; }
.results .note { color: var(--muted); font-size: .8125rem; }
.badge { padding: 0 .5em; border: 1px solid currentColor; border-radius: 3px; font-size: .8125rem; }
.badge.wrong { background: var(--bad); color: var(--bad-text); }

@media (max-width: 30rem) {
  body { padding-top: 1rem; }
  th, td { padding: .35rem .25rem; }
  .tiles div { padding: .6rem .6rem; }
  .outcomes tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.9rem, 1fr)); border-bottom: 1px solid var(--line); }
  .outcomes th:first-child { grid-column: 1 / -1; }
  .outcomes th, .outcomes td { width: auto; border: 0; padding: .1rem .25rem; }
  .outcomes thead th { align-self: end; font-size: .75rem; }
  .results, .results caption, .results tbody, .results tr, .results td, .results tbody th { display: block; width: auto; }
  .results thead { display: none; }
  .results tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .results th, .results td { padding: .1rem 0; border: 0; }
}
@media print {
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  h2, caption, thead { break-after: avoid; }
  tr, figure, .tiles div { break-inside: avoid; }
  .scroll { overflow: visible; }
  .good, .bad, .other, .badge, .tiles div, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
