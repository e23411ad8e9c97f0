(() => {
  "use strict";
  const nonce = document.currentScript.nonce;
  const root = document.documentElement;
  const figures = [...document.querySelectorAll("figure.chart")];
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text || "" });

  // Charts take their colours from the page, so that they hold on light, dark and printed paper.
  const colours = (printing) => {
    const css = getComputedStyle(root);
    const light = { ink: "#000", muted: "#444", line: "#bbb", paper: "#fff" };
    return (name) => (printing && light[name]) || css.getPropertyValue((printing ? "--light-" : "--") + name).trim();
  };
  const skin = (layout, printing) => {
    const colour = colours(printing);
    const changes = {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", "font.color": colour("ink"),
      "font.family": getComputedStyle(root).getPropertyValue("--sans").trim(), "legend.bgcolor": "rgba(0,0,0,0)",
      "hoverlabel.bgcolor": colour("paper"), "hoverlabel.bordercolor": colour("muted"), "hoverlabel.font.color": colour("ink"),
      "modebar.bgcolor": "rgba(0,0,0,0)", "modebar.color": colour("muted"), "modebar.activecolor": colour("ink"),
    };
    for (const axis of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)).concat("xaxis", "yaxis")) {
      Object.assign(changes, { [axis + ".gridcolor"]: colour("line"), [axis + ".zerolinecolor"]: colour("muted"), [axis + ".linecolor"]: colour("muted"), [axis + ".tickfont.color"]: colour("ink"), [axis + ".title.font.color"]: colour("ink") });
    }
    return changes;
  };
  const put = (layout, changes) => {
    for (const [path, value] of Object.entries(changes)) {
      const keys = path.split("."), last = keys.pop();
      keys.reduce((at, key) => (at[key] = at[key] && typeof at[key] === "object" ? at[key] : {}), layout)[last] = value;
    }
    return layout;
  };
  // Okabe and Ito's colours, each in the shade that stands out from the paper.
  const shades = { "#0072b2": "blue", "#e69f00": "orange", "#009e73": "green", "#cc79a7": "pink", "#d55e00": "red", "#56b4e9": "sky", "#8c8c8c": "grey" };
  const read = (figure, printing) => {
    const colour = colours(printing);
    const shaded = (key, value) => (typeof value === "string" && shades[value.toLowerCase()] ? colour(shades[value.toLowerCase()]) : value);
    const chart = JSON.parse(figure.querySelector("script").textContent, shaded);
    put(chart.layout, skin(chart.layout, printing));
    for (const note of chart.layout.annotations || []) note.font = { ...note.font, color: colour("ink") };
    return chart;
  };
  const restyle = (printing) => {
    for (const figure of figures) {
      const chart = read(figure, printing);
      // Lower on paper, so that two of them often share a page.
      if (printing) Object.assign(chart.layout, { width: 620, height: Math.min(chart.layout.height, Math.max(260, Math.round(0.82 * chart.layout.height))), autosize: false });
      window.Plotly.react(figure.querySelector(".drawing"), chart.data, chart.layout, chart.config);
    }
  };

  const draw = async (figure) => {
    const drawing = figure.querySelector(".drawing");
    const chart = read(figure, false);
    await window.Plotly.newPlot(drawing, chart.data, chart.layout, chart.config);
    drawing.on("plotly_click", (event) => {
      const place = [event.points[0].customdata].flat(2).find((each) => /^#[sp]\d+$/.test(each));
      if (place && document.querySelector(place)) location.hash = place;
    });
  };
  const unpack = async () => {
    if (window.Plotly) return;  // a page on its way to paper has it already
    const packed = document.getElementById("plotly");
    const bytes = Uint8Array.from(atob(packed.textContent), (sign) => sign.charCodeAt(0));
    packed.remove();
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.nonce = nonce;
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  };
  const withoutCharts = () => {
    document.getElementById("no-charts").hidden = false;
    for (const figure of figures) {
      figure.classList.add("undrawn");
      for (const table of figure.querySelectorAll("details")) table.open = true;
    }
  };
  const drawAll = async () => {
    if (!figures.length) return;
    if (!window.Plotly && typeof DecompressionStream === "undefined") return withoutCharts();
    await unpack();
    for (const figure of figures) await draw(figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => restyle(false));
    addEventListener("beforeprint", () => restyle(true));
    addEventListener("afterprint", () => restyle(false));
  };

  // Code is folded away; one button for the page.
  const codes = [...document.querySelectorAll("details.code")];
  if (codes.length) {
    const button = make("button", "code-button", "Show the code");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const shown = root.classList.toggle("show-code");
      for (const code of codes) code.open = shown;
      button.textContent = shown ? "Hide the code" : "Show the code";
      button.setAttribute("aria-pressed", String(shown));
    });
    const place = make("p", "tools");
    place.append(button);
    document.querySelector("footer").prepend(place);
  }

  // Tables marked sortable get head cells that sort and a field that filters.
  const value = (row, column) => {
    const text = row.cells[column].dataset.sort || row.cells[column].textContent.trim();
    const number = Number(text.replace(/[\s,%]/g, "").replace("−", "-"));
    return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  // On a phone its rows are set as paragraphs, which would otherwise hide from screen readers that it is a table.
  const keepTable = (table, heads) => {
    table.setAttribute("role", "table");
    for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const head of heads) head.setAttribute("role", "columnheader");
    for (const cell of table.querySelectorAll("td")) {
      cell.setAttribute("role", "cell");
      if (cell.cellIndex && !cell.querySelector("a, .said")) cell.dataset.name = heads[cell.cellIndex].textContent;
    }
  };
  const sortable = (table) => {
    const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    keepTable(table, heads);
    heads.forEach((head, column) => {
      const button = make("button", "", head.textContent);
      button.type = "button";
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) => compare(value(a, column), value(b, column)));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
    filterable(table, body);
  };
  const filterable = (table, body) => {
    const rows = [...body.rows];
    if (rows.length < 4) return;
    const tools = make("div", "tools"), label = make("label", "", "Filter "), field = make("input", ""), count = make("span", "count");
    field.type = "search";
    count.setAttribute("role", "status");
    const show = () => {
      const wanted = field.value.toLowerCase().split(/\s+/);
      for (const row of rows) row.hidden = !wanted.every((word) => row.textContent.toLowerCase().includes(word));
      count.textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length;
    };
    field.addEventListener("input", show);
    label.append(field);
    tools.append(label, count);
    (table.closest(".table") || table).before(tools);
    show();
  };
  // A table that others may want to count with can be saved; no cell of it runs in a spreadsheet.
  const exportable = (table) => {
    const cell = (each) => {
      const text = each.textContent.trim().replace("−", "-");
      return '"' + (/^[=+@\t\r]|^-(?![\d.])/.test(text) ? "'" + text : text).replace(/"/g, '""') + '"';
    };
    const button = make("button", "code-button", "Save as CSV");
    button.type = "button";
    button.addEventListener("click", () => {
      const rows = [...table.rows].map((row) => [...row.cells].map(cell).join(","));
      const link = make("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], { type: "text/csv" }));
      link.download = (table.id || "table") + ".csv";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    const place = make("p", "tools");
    place.append(button);
    (table.closest(".table") || table).after(place);
  };
  for (const table of document.querySelectorAll("table.sortable")) sortable(table);
  for (const table of document.querySelectorAll("table.exportable")) exportable(table);

  // A number in a column of sentences leads to the sentence, where the page shows the article.
  for (const table of document.querySelectorAll("details.data table")) {
    const column = [...table.tHead.rows[0].cells].findIndex((head) => head.textContent === "sentence");
    for (const row of column < 0 ? [] : table.tBodies[0].rows) {
      const cell = row.cells[column], place = "s" + (Number(cell.textContent) - 1);
      if (!document.getElementById(place)) continue;
      cell.replaceChildren(Object.assign(make("a", "", cell.textContent), { href: "#" + place }));
    }
  }

  // What scrolls sideways can be reached with the keyboard.
  const reach = () => {
    for (const [place, box] of document.querySelectorAll(".table").entries()) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", `Table ${place + 1}, scrolls sideways`);
      }
    }
  };
  reach();
  addEventListener("resize", reach);
  drawAll().catch((error) => { withoutCharts(); throw error; });
})();
