// How the page looks: in the colours that the reader's system asks for, on a phone as on a desk, on paper too.

const light = `
  --page: #ffffff; --sheet: #f6f7f9; --ink: #1c2128; --faint: #545d68; --line: #d3d9e0; --link: #0a53ad;
  --good: #0f5c28; --good-sheet: #e3f5e8; --bad: #9b1023; --bad-sheet: #fdeaec;
  --odd: #6b4400; --odd-sheet: #fff3d1; --idle: #545d68; --idle-sheet: #eef0f3;`;

const dark = `
  --page: #11161c; --sheet: #1a212a; --ink: #e6ebf1; --faint: #a3afbc; --line: #36404c; --link: #8cc2ff;
  --good: #86e0a3; --good-sheet: #14301f; --bad: #ffaab0; --bad-sheet: #431a20;
  --odd: #f3cf7a; --odd-sheet: #372a0c; --idle: #a3afbc; --idle-sheet: #232b35;`;

const frame = `
* { box-sizing: border-box; }
[hidden] { display: none; }
html { color-scheme: light dark; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header.top, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--faint); margin: 1.5rem 0 .75rem; }
h2 { font-size: 1.4rem; margin: 0 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
h3::first-letter { text-transform: uppercase; } article h3::first-letter { text-transform: none; }
p { margin: .25rem 0 .75rem; max-width: 70ch; }
section { margin: 2rem 0; } section section { margin: 1.5rem 0; }
a { color: var(--link); }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Consolas, monospace; overflow-wrap: anywhere; }
.small { font-size: .85rem; color: var(--faint); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .5rem 1rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ul, .facts, .legend, .inline { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; }
nav { border-bottom: 1px solid var(--line); padding: .75rem 0; } nav a { display: inline-block; padding: .25rem 0; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-block: 1rem 1.5rem; }`;

const verdict = `
.verdict { border: 1px solid; border-left-width: .5rem; border-radius: .5rem; padding: 1rem 1.25rem; font-size: clamp(1.3rem, 4vw, 1.9rem); font-weight: 700; line-height: 1.25; margin: 0; max-width: none; }
.verdict.good { color: var(--good); background: var(--good-sheet); }
.verdict.bad { color: var(--bad); background: var(--bad-sheet); }
.verdict.none { color: var(--odd); background: var(--odd-sheet); }
.facts { margin: 1rem 0; gap: .5rem; }
.fact { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; background: var(--sheet); }
.fact strong { display: block; font-size: 1.35rem; line-height: 1.2; }
.fact.failed { color: var(--bad); background: var(--bad-sheet); border-color: currentColor; }
.fact.odd { color: var(--odd); background: var(--odd-sheet); border-color: currentColor; }
.run { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0 1.25rem; font-size: .9rem; }
.run dt { color: var(--faint); } .run dd { margin: 0; overflow-wrap: anywhere; }
@media (min-width: 60rem) { .run { grid-template-columns: max-content 1fr max-content 1fr; } }`;

const failures = `
article { border: 1px solid var(--line); border-left: .3rem solid var(--bad); border-radius: .5rem; padding: .5rem 1rem; margin: 1rem 0; }
.divergence article { border-left-color: var(--odd); }
h3, .inline { overflow-wrap: anywhere; }
article h3 code { font-size: 1rem; }
pre + pre { margin-top: -.25rem; }
article h3 { margin: .25rem 0; overflow-wrap: anywhere; }
.failure { margin: .5rem 0; } .failure > summary, p.failure { overflow-wrap: anywhere; } .failure .title { font-weight: 600; }
.violation .failure > summary > span:first-child { color: var(--bad); } .divergence .failure > summary > span:first-child { color: var(--odd); }
pre { background: var(--sheet); border: 1px solid var(--line); border-radius: .35rem; padding: .75rem; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30rem; overflow: auto; }
.tag { font-size: .75rem; border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .55rem; color: var(--faint); font-weight: 400; }
summary { cursor: pointer; padding: .15rem 0; }
.what { font-weight: 600; max-width: none; overflow-wrap: anywhere; } article ul { margin: .25rem 0; padding-left: 1.25rem; overflow-wrap: anywhere; }`;

const tables = `
.scroll { position: relative; overflow-x: auto; margin: .75rem 0; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; font-size: .875rem; width: 100%; }
th, td { padding: .2rem .6rem; line-height: 1.4; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--sheet); font-weight: 600; }
tbody th { font-weight: 400; background: var(--page); position: sticky; left: 0; }
td + td { border-left: 1px solid var(--line); }
td.exercised { background: var(--good-sheet); color: var(--good); }
td.failed { background: var(--bad-sheet); color: var(--bad); font-weight: 700; }
td.partly { background: var(--odd-sheet); color: var(--odd); }
td.not-exercised { background: var(--idle-sheet); color: var(--idle); }
td.none { color: var(--faint); }
.chip { display: inline-block; border-radius: .3rem; padding: 0 .4rem; background: var(--idle-sheet); color: var(--idle); }
.chip.exercised { background: var(--good-sheet); color: var(--good); }
.chip.failed { background: var(--bad-sheet); color: var(--bad); font-weight: 700; }
.chip.partly { background: var(--odd-sheet); color: var(--odd); }
.legend { font-size: .875rem; margin: .75rem 0; }
progress { width: 100%; min-width: 6rem; height: .7rem; accent-color: var(--good); }
.gaps ul { columns: 24rem; padding-left: 1.25rem; } .gaps > li { margin: .5rem 0; }`;

const rules = `
.rule { border-bottom: 1px solid var(--line); padding: .35rem 0; }
.rule .sentence { display: block; padding-left: 1.1rem; color: var(--faint); font-size: .9rem; }
.rule code { overflow-wrap: anywhere; }
.checks { list-style: none; padding-left: 1.1rem; font-size: .9rem; }
.checks > li { padding: .1rem 0; overflow-wrap: anywhere; }
.checks > .failed { color: var(--bad); font-weight: 600; } .checks > .not-exercised { color: var(--idle); }
#filter:not([hidden]) { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin: 1rem 0; padding: .75rem; background: var(--sheet); border-radius: .5rem; }
#filter input, #filter select { font: inherit; color: var(--ink); background: var(--page); border: 1px solid var(--faint); border-radius: .35rem; padding: .3rem .5rem; max-width: 100%; }
@media (max-width: 40rem) {
  header.top, main, footer { padding: 0 .85rem; }
  .shares tr > :nth-child(3) { display: none; }
  tbody th { position: static; }
  .gaps ul { columns: auto; }
}
@media print { nav, #filter, .skip { display: none; } pre { max-height: none; } }`;

export const style = `:root {${light}}
@media (prefers-color-scheme: dark) { :root {${dark}} }
${[frame, verdict, failures, tables, rules].join('\n')}
`;
