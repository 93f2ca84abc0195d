"""Style of the page: one accent colour, system fonts and a small logo, all without a CDN."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

ACCENT = "#0f766e"
LOGO = """<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true"><path d="M16 2 28 9v14
L16 30 4 23V9z" fill="#0f766e"/><path d="M16 2 28 9 16 16 4 9z" fill="#5eead4"/><path d="M16 16v14
L4 23V9z" fill="#115e59"/></svg>"""
HEADER = f"""<header class="caddis">{LOGO}<div><h1>Caddis</h1>
<p>Turns words or a scan into one solid that prints.</p></div></header>"""

CSS = """
.gradio-container { max-width: 1320px !important; margin: 0 auto !important; }
header.caddis { display: flex; gap: .8rem; align-items: center; padding: .2rem 0; }
header.caddis h1 { font-size: 1.45rem; margin: 0; line-height: 1.1; }
header.caddis p { margin: .1rem 0 0; opacity: .75; }
.result table { border-collapse: collapse; width: 100%; font-size: .92em; margin: .2rem 0 .6rem; }
.result table th { font-weight: 400 !important; opacity: .75; }
p.downloads { margin: 0; font-weight: 600; } .row.downloads { gap: .4rem; }
p.formats { margin: 0; opacity: .7; font-size: .85em; }
#create-variations .grid-container, #create-examples .grid-container, #own-results .grid-container {
  grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)) !important; }
#create-variations .grid-wrap { min-height: 0 !important; }
#create-variations .grid-container { grid-template-columns: repeat(4, minmax(0, 1fr)) !important; }
.die { align-self: end; min-height: 42px; }
.result h3 { margin: .2rem 0 .4rem; }
.result .verdict { display: inline-block; padding: .2rem .7rem; border-radius: 99px;
  font-weight: 600; color: #fff; }
.result .verdict.pass { background: #15803d; } .result .verdict.warn { background: #a16207; }
.result .verdict.fail { background: #b91c1c; }
.result ul.checks { list-style: none; padding: 0; margin: .5rem 0; }
.result ul.checks li { display: flex; gap: .6rem; padding: .25rem 0; margin: 0; }
.result ul.checks span { font-weight: 700; width: 1.1em; text-align: center; }
.result li.pass span { color: #15803d; } .result li.warn span { color: #a16207; }
.result li.fail span { color: #b91c1c; }
.result small { opacity: .7; } .result summary { cursor: pointer; padding: .25rem 0; }
.progress > div { height: 6px; border-radius: 3px; margin-top: .35rem; overflow: hidden;
  background: var(--border-color-primary); }
.progress i { display: block; height: 100%; background: #0f766e; transition: width .4s; }
.progress i.unknown { width: 30%; animation: caddis-slide 1.6s infinite alternate ease-in-out; }
@keyframes caddis-slide { from { margin-left: 0; } to { margin-left: 70%; } }
@media (prefers-reduced-motion: reduce) { .progress i { animation: none; transition: none; } }
@media (max-width: 640px) { .gradio-container { padding: .6rem !important; }
  #create-examples .grid-container { display: flex !important; overflow-x: auto;
    max-width: calc(100vw - 3.5rem); }
  #create-examples .gallery-item { flex: 0 0 112px; }
  #create-examples .grid-wrap { min-height: 0 !important; }
  #create-variations .grid-container {
    grid-template-columns: repeat(2, minmax(0, 1fr)) !important; }
  .view { height: 330px !important; }
  .tab-container button { padding: .3rem .45rem !important; font-size: .9rem; } }
"""


def theme() -> gr.themes.Base:
    """Return the Gradio theme."""
    sans = ("ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
    mono = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
    made = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        font=sans,
        font_mono=mono,
    )
    return made.set(
        button_primary_background_fill=ACCENT,
        button_primary_background_fill_hover="#115e59",
        button_primary_text_color="#ffffff",
        block_title_text_weight="600",
        body_background_fill="#f6f6f3",
        body_background_fill_dark="#171716",
        slider_color=ACCENT,
        block_border_width="1px",
        block_radius="10px",
    )


def write_icon(folder: Path) -> Path:
    """Write the logo as the page's icon; return its path."""
    path = folder / "caddis.svg"
    path.write_text(LOGO.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    return path
