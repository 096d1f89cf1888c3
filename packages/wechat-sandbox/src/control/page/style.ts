/** The page's CSS, with a light and a dark theme. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbf6ef; --card: #fffdfa; --ink: #33271f; --faint: #8a7566; --line: #ecdfd1;
  --persimmon: #c9541d; --persimmon-soft: #fbe6da; --leaf: #3f7a43; --leaf-soft: #e3f0e0; --alarm: #b3261e;
  --alarm-soft: #fbe4e1;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1d1815; --card: #272019; --ink: #f1e6da; --faint: #a8968a; --line: #3a3028;
    --persimmon: #f0925f; --persimmon-soft: #43291c; --leaf: #93c794; --leaf-soft: #25341f; --alarm: #f2a49c;
    --alarm-soft: #46221f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif;
}
.is-offline main { opacity: .45; }
header { padding: 28px clamp(16px, 4vw, 48px) 8px; display: flex; gap: 6px 20px; align-items: center; flex-wrap: wrap; }
header h1 { font-size: 22px; margin: 0; display: flex; gap: 12px; align-items: center; letter-spacing: -.01em; }
.fruit { width: 28px; height: 26px; background: #e2703a; border-radius: 50% 50% 47% 47%; position: relative; }
.fruit::after {
  content: ''; position: absolute; left: 6px; top: -4px; width: 16px; height: 8px; background: #5d9a5f;
  border-radius: 60% 40% 60% 40%;
}
header p { margin: 0; color: var(--faint); flex: 1 1 280px; }
#status { min-height: 1.5em; color: var(--leaf); transition: opacity .8s; opacity: 0; }
#status.is-fresh { opacity: 1; transition: none; }
main { padding: 12px clamp(16px, 4vw, 48px) 56px; display: grid; gap: 20px; grid-template-columns: repeat(12, 1fr); }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 18px 20px; min-width: 0;
  grid-column: span 12;
}
@media (min-width: 1000px) { .half { grid-column: span 6; } }
h2 { font-size: 15px; margin: 0 0 12px; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }
* + h2 { margin-top: 24px; }
h2 small { color: var(--faint); font-weight: 400; }
.people { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); }
.person { border: 1px solid var(--line); border-radius: 12px; padding: 14px; }
.person h3 { margin: 0; font-size: 16px; display: flex; gap: 8px; align-items: center; }
.person h3 span { font-weight: 400; color: var(--faint); font-size: 14px; }
.person .id { margin: 2px 0 12px; }
.taps { display: flex; flex-wrap: wrap; gap: 8px; }
button {
  font: inherit; font-size: 14px; border-radius: 999px; padding: 6px 14px; border: 1px solid transparent; cursor: pointer;
  background: var(--persimmon-soft); color: var(--persimmon); min-height: 36px;
}
button:hover { border-color: var(--persimmon); }
button:focus-visible { outline: 3px solid var(--persimmon); outline-offset: 2px; }
button.green { background: var(--leaf-soft); color: var(--leaf); }
button.green:hover { border-color: var(--leaf); }
button.plain { background: none; border-color: var(--line); color: var(--faint); }
button.code { font-family: var(--mono); font-size: 12.5px; padding: 2px 8px; min-height: 0; border-radius: 6px; text-align: left;
  max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 400; color: var(--faint); font-size: 13px; padding: 0 12px 6px 0; }
td { padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: middle; white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
.mono, td.rid { font-family: var(--mono); font-size: 12.5px; color: var(--faint); }
.badge { display: inline-block; white-space: nowrap; font-weight: 400; border-radius: 999px; padding: 1px 10px; font-size: 13px; background: var(--leaf-soft); color: var(--leaf); }
.badge.error { background: var(--persimmon-soft); color: var(--persimmon); }
.badge.alarm { background: var(--alarm-soft); color: var(--alarm); }
@media (max-width: 700px) { .wide { display: none; } }
.empty { color: var(--faint); margin: 0; }
.figures { display: flex; flex-wrap: wrap; gap: 10px 28px; margin: 0 0 14px; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--faint); font-size: 13px; }
.figures dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; }
`
