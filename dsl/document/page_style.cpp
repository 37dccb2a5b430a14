#include "dsl/document/render.hpp"

namespace protoflow::dsl::document {

namespace {

// Greys and weights only: a page reads the same from a colour printer and from an old copier.
constexpr std::string_view kStyle =
    R"css(@page { margin: 11mm 13mm 12mm; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { --size: 9.2pt; margin: 0 auto; padding: 2rem 1.4rem; max-width: 184mm; color: #15191e;
  background: #fff; font: var(--size)/1.34 "Liberation Sans", Arial, Helvetica, sans-serif;
  overflow-wrap: break-word; hyphens: auto; }
body.wide { --size: 10.2pt; line-height: 1.4; }
body.close { --size: 8.5pt; line-height: 1.27; }
body.closest { --size: 7.6pt; line-height: 1.2; }
body.card { --size: 12pt; }
body.card.wide { --size: 14pt; }
body.card.close { --size: 10.8pt; }
body.card.closest { --size: 9.4pt; }
header { border-bottom: 2.5pt solid #15191e; margin-bottom: .8em; padding-bottom: .45em; }
h1 { font-size: 1.95em; line-height: 1.15; margin: 0; hyphens: manual; }
.subtitle { font-size: 1.12em; margin: .25em 0 0; color: #3d4650; }
.note { margin: .3em 0 0; }
h2 { font-size: 1.13em; line-height: 1.2; margin: 0 0 .35em; padding-bottom: .15em;
  border-bottom: .75pt solid #8a949e; break-after: avoid; hyphens: manual; }
section { margin: 0 0 .9em; }
p { margin: 0 0 .4em; orphans: 2; widows: 2; }
p:has(+ ul), p:has(+ ol) { break-after: avoid; }
ul, ol { margin: 0 0 .4em; padding-inline-start: 1.15em; }
li { margin: 0 0 .2em; break-inside: avoid; }
small { font-size: .93em; color: #3d4650; }
code { font: .9em "Liberation Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
ul.tick { list-style: none; padding-inline-start: 0; }
ul.tick li { padding-inline-start: 1.35em; }
ul.tick li::before { content: ""; float: inline-start; width: .78em; height: .78em;
  margin-inline-start: -1.35em; margin-top: .2em; border: .9pt solid #15191e; }
.close.brief td > div, .close.brief th > div:not(:first-child), .closest.brief td > div,
.closest.brief th > div:not(:first-child) { display: inline; }
.close.brief td > div + div::before, .closest.brief td > div + div::before,
.close.brief th > div:nth-child(n+3)::before, .closest.brief th > div:nth-child(n+3)::before {
  content: " · "; }
.columns { columns: 2; column-gap: 7mm; margin-bottom: .9em; }
.columns section:last-child { margin-bottom: 0; }
.card .columns:first-child section { break-inside: avoid; }
table { border-collapse: collapse; width: 100%; margin: 0 0 .5em; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }  /* the heading says it to whoever sees */
th > div + div, td > div + div { margin-top: .18em; }
th, td { text-align: start; vertical-align: top; padding: .28em .5em; border: .5pt solid #b4bcc4;
  font-weight: normal; }
thead th { font-weight: bold; background: #e9ecef; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr.group th { font-weight: bold; background: #f4f5f7; }
table.steps, table.notes { table-layout: fixed; }
.signatures { display: flex; gap: 7mm; break-inside: avoid; }
.side { flex: 1; border: .75pt solid #6c757e; padding: .6em .8em .3em; }
.side p { margin: 0 0 .3em; }
.line { display: flex; align-items: flex-end; height: 2.1em; }
.brief .line:last-child { height: 4.2em; align-items: flex-start; padding-top: .5em; }
.line span { color: #3d4650; padding-inline-end: .5em; }
.card .line::after, .line:not(:last-child)::after { content: ""; flex: 1; border-bottom: .5pt dotted #6c757e;
  margin-bottom: .25em; }
footer { border-top: .5pt solid #8a949e; padding-top: .35em; font-size: .85em; color: #3d4650; }
body.matrix { max-width: 271mm; }
.matrix ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .15em 1.6em; }
table.matrix { table-layout: fixed; }
table.matrix th:first-child { width: 24%; }
table.matrix thead th:not(:first-child) { font-size: .86em; hyphens: auto; }
table.matrix thead small { font-weight: normal; }
table.matrix td { text-align: center; vertical-align: middle; }
.matrix td strong, .matrix li strong { display: inline-block; min-width: 1.5em; padding: .02em .3em;
  border: 1pt solid #15191e; border-radius: .3em; text-align: center; }
.matrix.close tbody th, .matrix.close td { padding-block: .1em; }
.matrix.close td strong { line-height: 1.05; padding-block: 0; }
/* A browser repeats on each page only a heading of less than a quarter of it. */
table.many thead th:not(:first-child) { padding: .3em .1em; vertical-align: bottom; hyphens: manual; }
table.many thead th:not(:first-child) > div { writing-mode: vertical-rl; transform: rotate(180deg);
  text-orientation: sideways; height: 38mm; margin: 0 auto; line-height: 1.14; }
table.many thead small { font-size: .87em; }
figure { margin: 0 0 .7em; break-inside: avoid; }
figcaption { color: #3d4650; margin-bottom: .15em; }
figure svg { display: block; width: 100%; height: 3.4em; border-bottom: .75pt solid #15191e; }
figure rect { fill: #5b656f; }
table.bars th, table.bars td { border: 0; padding: .1em .4em; }
table.bars th { width: 38%; }
table.bars svg { height: 1.05em; border: 0; }
table.bars td.value { width: 5em; text-align: end; }
body.simulation { max-width: 210mm; }
.simulation td { text-align: end; }
@media print { body { padding: 0; max-width: none; } }
@media screen {
body[class] { --size: 11.5pt; line-height: 1.4; }
body.card[class] { --size: 13pt; }
body.matrix[class] { --size: 10pt; }
main { overflow-x: auto; }
table.matrix tbody th:first-child { position: sticky; inset-inline-start: 0; background: #fff; }
table.matrix tr.group th:first-child { background: #f4f5f7; }
}
@media screen and (max-width: 46rem) {
body { padding: 1rem; }
.columns { columns: 1; }
.signatures { flex-direction: column; }
table.steps :is(thead, colgroup) { display: none; }
table.steps, table.steps :is(tbody, tr, th, td) { display: block; }
table.steps tr { margin-bottom: .8em; }
table.notes { table-layout: auto; }
table.matrix { min-width: 64rem; }
}
)css";

}  // namespace

std::string_view page_style() {
  return kStyle;
}

}  // namespace protoflow::dsl::document
