/* Comparison: sorts the table and narrows it down, chooses columns, shows every incident at one age, and lays some side
   by side. What is shown stands in the address; the table in the page is complete and is never changed, only arranged.
   Order is by data-sort of a cell where it has one (of a number its lower bound), else by its text; unknown comes last. */
(() => {
  "use strict"
  const STEP = 50 // rows shown at once: more can be asked for
  const MOST = 6 // incidents side by side
  const KEPT = "as-reported-compare" // the incidents marked on their own pages

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  const spaced = node => node.textContent.replace(/\s+/g, " ").trim()
  const counted = (number, thing) => `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`
  const collator = new Intl.Collator("en", {numeric: true, sensitivity: "base"})

  const setUp = () => {
    const form = document.querySelector("form.compare-controls"), table = document.querySelector("table.compare")
    if (!form || !table || !form.hidden) return
    const body = table.tBodies[0], wrap = table.parentElement, caption = table.caption.textContent
    const banner = document.querySelector(".age-banner"), side = document.querySelector("section.side-by-side")
    const columns = Array.from(table.tHead.rows[0].cells, (head, index) => ({
      head, index, key: head.dataset.key, title: spaced(head),
      number: "number" in head.dataset, age: head.dataset.age || "", of: head.dataset.of || ""}))
    const byKey = new Map(columns.map(each => [each.key, each]))
    const rows = Array.from(body.rows, (row, index) => ({row, index, id: row.id.slice(3), title: spaced(row.cells[0].querySelector("a"))}))
    const byId = new Map(rows.map(each => [each.id, each]))
    const presets = Array.from(form.querySelectorAll(".preset"))
    const facets = Array.from(form.querySelectorAll("select[data-of]"))
    const more = make("button", {type: "button", className: "more", hidden: true})
    const count = form.querySelector(".count")
    const style = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
    let state = null, shown = [], limit = STEP

    /* What the address says; what it says wrongly is left out. */
    const read = () => {
      const asked = new URLSearchParams(location.search)
      const preset = presets.find(each => each.dataset.preset === asked.get("view"))
      const keys = (asked.get("columns") || "").split(",").filter(each => byKey.has(each))
      const sort = asked.get("sort") || ""
      const ids = [...new Set((asked.get("ids") || "").split(",").filter(Boolean))]
      state = preset ? of(preset) : presets[0] && !asked.has("columns") ? of(presets[0]) : of(null)
      if (keys.length) state.columns = keys
      if (byKey.has(sort.replace(/^-/, ""))) state.sort = sort
      state.words = asked.get("words") || ""
      state.asof = columns.some(each => each.age === asked.get("asof")) ? asked.get("asof") : ""
      for (const each of facets) {
        const word = asked.get(each.name)
        if (word !== null && [...each.options].some(option => option.value === word)) state.facets[each.name] = word
      }
      state.ids = ids.filter(each => byId.has(each)).slice(0, MOST)
      state.lost = ids.filter(each => !state.ids.includes(each))
    }

    /* The state that a preset stands for; without one, the table as it is in the page. */
    const of = preset => ({
      view: preset ? preset.dataset.preset : "",
      columns: preset ? preset.dataset.columns.split(" ").filter(each => byKey.has(each)) : columns.slice(1).map(each => each.key),
      sort: preset ? preset.dataset.sort : "",
      facets: preset ? Object.fromEntries(preset.dataset.only.split(";").filter(Boolean).map(each => each.split("="))) : {},
      words: "", asof: "", ids: [], lost: []})

    const write = () => {
      const preset = presets.find(each => each.dataset.preset === state.view)
      const usual = of(preset || null), asked = new URLSearchParams()
      if (state.view && presets[0] !== preset) asked.set("view", state.view)
      if (state.columns.join() !== usual.columns.join()) asked.set("columns", state.columns.join())
      if (state.sort !== usual.sort) asked.set("sort", state.sort || "incident")
      if (state.words) asked.set("words", state.words)
      for (const each of facets) {
        const word = state.facets[each.name] || ""
        if (word !== (usual.facets[each.name] || "")) asked.set(each.name, word)
      }
      if (state.asof) asked.set("asof", state.asof)
      if (state.ids.length) asked.set("ids", state.ids.join())
      const search = asked.toString().replaceAll("%2C", ",")
      history.replaceState(null, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`)
      try { localStorage.setItem(KEPT, state.ids.join()) } catch { /* a browser may forbid it */ }
    }

    /* With an age, a measure is shown, and ordered by, as it stood then. */
    const then = key => byKey.get(state.asof ? `${key}-${state.asof}` : key) || byKey.get(key)
    const visible = () => {
      const seen = new Set(state.columns.map(then))
      return columns.filter(each => each.index === 0 || seen.has(each))
    }
    const order = () => then(state.sort.replace(/^-/, ""))

    const wordsOf = each => {
      if (each.words === undefined) {
        const cells = columns.filter(column => !column.number).map(column => spaced(each.row.cells[column.index]))
        const named = facets.flatMap(facet => [...facet.options].filter(option => option.value && has(each, [[facet, option.value]]))
          .map(option => option.text))
        each.words = fold([...cells, ...named].join(" "))
      }
      return each.words
    }

    /* Whether one entry of a row has all these words of facets that belong together. */
    const has = (each, wanted) => {
      each.facets ??= new Map(each.row.dataset.facets.split(";").filter(Boolean).map(part => {
        const [name, words] = part.split("=")
        return [name, words.split(",").map(entry => entry.split("/"))]
      }))
      const entries = each.facets.get(wanted[0][0].dataset.of) || []
      return entries.some(words => wanted.every(([facet, word]) => words[facet.dataset.place] === word))
    }

    const matching = () => {
      const terms = fold(state.words).split(/\s+/).filter(Boolean)
      const together = new Map()
      for (const facet of facets) {
        const word = state.facets[facet.name]
        if (word) together.set(facet.dataset.of, [...(together.get(facet.dataset.of) || []), [facet, word]])
      }
      const wanted = [...together.values()]
      return rows.filter(each => wanted.every(those => has(each, those)) && terms.every(term => wordsOf(each).includes(term)))
    }

    const valueOf = (row, column) => {
      const cell = row.cells[column.index]
      if (cell.classList.contains("none")) return null
      const said = cell.dataset.sort
      return column.number ? (said ? Number(said) : null) : said || spaced(cell)
    }

    const ordered = found => {
      const column = order()
      if (!column) return found
      const down = state.sort.startsWith("-") ? -1 : 1
      const keyed = found.map(each => [valueOf(each.row, column), each])
      const compare = column.number ? (a, b) => a - b : collator.compare
      keyed.sort(([a, one], [b, other]) =>
        (a === null) - (b === null) || (a === null ? 0 : down * compare(a, b)) || one.index - other.index)
      return keyed.map(([, each]) => each)
    }

    const apply = (said = "") => {
      shown = ordered(matching())
      body.replaceChildren(...shown.slice(0, limit).map(each => each.row))
      const seen = new Set(visible().map(each => each.index))
      style.replaceSync(columns.filter(each => !seen.has(each.index))
        .map(each => `table.compare > * > tr > :nth-child(${each.index + 1}) { display: none }`).join("\n"))
      for (const each of columns) {
        if (order() === each) each.head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending")
        else each.head.removeAttribute("aria-sort")
      }
      const column = order()
      table.caption.textContent = column
        ? `Ordered by ${column.title}, ${state.sort.startsWith("-") ? "highest first" : "lowest first"}`
        : shown.length === rows.length ? caption : "Newest first"
      const rest = shown.length - limit
      more.hidden = rest <= 0
      more.textContent = `Show ${Math.min(STEP, rest)} more`
      const all = counted(rows.length, "incident")
      count.textContent = (said ? `${said} ` : "") +
        (shown.length === rows.length ? all : `${shown.length.toLocaleString("en")} of ${all}`) +
        (rest > 0 ? `, the first ${limit} shown` : "")
      showAge()
      showSide()
      reflect()
      write()
    }

    const showAge = () => {
      const option = [...form.elements.asof.options].find(each => each.value === state.asof)
      banner.hidden = !state.asof
      banner.textContent = state.asof
        ? `Each incident ${option.text.replace("as they stood", "as it stood")}: the figures are those that could be known then. All other columns are of today.` : ""
    }

    /* The controls say what is shown. */
    const reflect = () => {
      presets.forEach(each => each.setAttribute("aria-pressed", each.dataset.preset === state.view))
      facets.forEach(each => { each.value = state.facets[each.name] || "" })
      if (form.elements.words.value !== state.words) form.elements.words.value = state.words
      form.elements.asof.value = state.asof
      form.querySelectorAll("[name=column]").forEach(each => { each.checked = state.columns.includes(each.value) })
      shown.slice(0, limit).forEach(each => {
        const box = boxOf(each)
        box.checked = state.ids.includes(each.id)
        box.disabled = !box.checked && state.ids.length >= MOST
      })
    }

    /* The box by which a row is laid side by side; made when the row is first shown. */
    const boxOf = each => {
      if (!each.box) {
        each.box = make("input", {type: "checkbox", className: "choose"})
        each.box.setAttribute("aria-label", `Lay side by side: ${each.title}`)
        each.box.addEventListener("change", () => choose(each.id, each.box.checked))
        each.row.cells[0].prepend(each.box)
      }
      return each.box
    }

    /* Side by side */

    const showSide = () => {
      const chosen = state.ids.map(id => byId.get(id))
      side.hidden = !chosen.length && !state.lost.length
      if (side.hidden) return side.replaceChildren()
      const lost = state.lost.length
        ? make("p", {className: "fine"}, `Not shown: ${state.lost.join(", ")}. There is no such incident, or there are more than ${MOST}.`) : ""
      side.replaceChildren(make("h2", {}, "Side by side"), lost, adder(chosen), chosen.length > 1 ? sideTable(chosen)
        : make("p", {className: "fine"}, "Choose at least two."))
    }

    const adder = chosen => {
      const select = make("select", {name: "add"}, make("option", {value: ""}, "choose"))
      rows.filter(each => !chosen.includes(each)).forEach(each => select.append(make("option", {value: each.id}, each.title)))
      select.disabled = chosen.length >= MOST
      select.addEventListener("change", () => choose(select.value, true))
      const drops = chosen.map(each => {
        const button = make("button", {type: "button"}, `Remove ${each.title}`)
        button.addEventListener("click", () => choose(each.id, false))
        return button
      })
      return make("p", {className: "chosen"}, make("label", {}, "Add an incident ", select), ...drops)
    }

    const sideTable = chosen => {
      const lines = columns.slice(1).filter(column => chosen.some(each => !each.row.cells[column.index].classList.contains("none")))
        .map(column => sideRow(column, chosen.map(each => each.row.cells[column.index])))
      const head = make("tr", {}, make("th", {scope: "col"}, "Field"), ...chosen.map(each =>
        make("th", {scope: "col"}, each.row.cells[0].querySelector("a").cloneNode(true))))
      const region = make("div", {className: "table-wrap side-by-side", tabIndex: 0},
        make("table", {className: "side"}, make("thead", {}, head), make("tbody", {}, ...lines)))
      region.setAttribute("role", "region")
      region.setAttribute("aria-label", "Incidents side by side")
      return region
    }

    const sideRow = (column, cells) => {
      const same = new Set(cells.map(spaced)).size === 1
      const values = cells.map(cell => make("td", {className: cell.className}, ...Array.from(cell.childNodes, node => node.cloneNode(true))))
      const drawn = values.flatMap(value => Array.from(value.querySelectorAll("svg.over-time")))
      const top = Math.max(0, ...drawn.map(each => Number(each.dataset.top)))
      const room = Math.max(1, Math.round(top * 0.06))
      drawn.forEach(each => {
        each.setAttribute("viewBox", `0 ${-top - room} 100 ${top + 2 * room}`)
        each.nextElementSibling.textContent = `0 to ${top.toLocaleString("en")}`
      })
      const notes = [same ? "the same" : "", drawn.length > 1 ? "on one scale" : ""].filter(Boolean)
      const title = make("th", {scope: "row"}, column.title, ...notes.flatMap(note => [" ", make("small", {}, note)]))
      return make("tr", {className: same ? "same" : "differs"}, title, ...values)
    }

    const choose = (id, yes) => {
      state.ids = state.ids.filter(each => each !== id).concat(yes && id ? [id] : []).slice(0, MOST)
      state.lost = []
      apply(`${counted(state.ids.length, "incident")} side by side.`)
    }

    /* What is shown as a file */

    const parts = (cell, column) => {
      const none = cell.classList.contains("none"), part = name => cell.querySelector(name)
      const text = none ? "" : column.of ? spaced(part(".number") || part("title") || cell) : spaced(cell)
      return {text, low: cell.dataset.sort || "", range: part(".range") ? spaced(part(".range")) : "",
        said: part(".provenance") ? spaced(part(".provenance")) : ""}
    }
    const figure = column => column.of && !column.key.endsWith("-over-time")

    const csv = () => {
      const cell = text => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
      const those = visible().slice(1)
      const head = ["Incident", "Address", ...those.flatMap(each => figure(each)
        ? [each.title, `${each.title}: at least`, `${each.title}: range`, `${each.title}: date and voice`] : [each.title])]
      const lines = shown.map(({row, title}) => [title, row.cells[0].querySelector("a").href, ...those.flatMap(each => {
        const {text, low, range, said} = parts(row.cells[each.index], each)
        return figure(each) ? [text, low, range, said] : [text]
      })])
      return [head, ...lines].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n"
    }

    const json = () => JSON.stringify({
      address: location.href, licence: "CC-BY-4.0", figures: form.elements.asof.selectedOptions[0].text,
      incidents: shown.map(({row, id, title}) => ({id, title, address: row.cells[0].querySelector("a").href,
        columns: Object.fromEntries(visible().slice(1).map(each => {
          const {text, low, range, said} = parts(row.cells[each.index], each)
          return [each.key, figure(each) ? {title: each.title, value: text, at_least: low === "" ? null : Number(low), range, said}
            : {title: each.title, value: text}]
        }))})),
    }, null, 1) + "\n"

    const take = kind => {
      const file = new Blob([kind === "csv" ? `\ufeff${csv()}` : json()], {type: kind === "csv" ? "text/csv" : "application/json"})
      const link = make("a", {href: URL.createObjectURL(file), download: `as-reported-comparison.${kind}`})
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 1000)
    }

    /* Ready */

    const sortBy = column => {
      const first = column.number ? "-" : "", key = column.key
      state.sort = state.sort === `${first}${key}` ? `${first ? "" : "-"}${key}` : `${first}${key}`
      apply(`Ordered by ${column.title}, ${state.sort.startsWith("-") ? "highest first" : "lowest first"}.`)
    }

    columns.forEach(each => {
      const button = make("button", {type: "button", className: "sort"}, ...each.head.childNodes)
      button.addEventListener("click", () => sortBy(each))
      each.head.replaceChildren(button)
    })
    more.addEventListener("click", () => {
      limit += STEP
      apply()
    })
    wrap.after(more)
    presets.forEach(each => each.addEventListener("click", () => {
      state = {...of(each), asof: state.asof, ids: state.ids}
      limit = STEP
      apply(`${each.title}.`)
    }))
    facets.forEach(each => each.addEventListener("change", () => {
      state.facets[each.name] = each.value
      limit = STEP
      apply()
    }))
    form.elements.words.addEventListener("input", () => {
      state.words = form.elements.words.value
      limit = STEP
      apply()
    })
    form.elements.asof.addEventListener("change", () => {
      state.asof = form.elements.asof.value
      apply()
    })
    form.querySelectorAll("[name=column]").forEach(each => each.addEventListener("change", () => {
      const chosen = new Set(Array.from(form.querySelectorAll("[name=column]:checked"), box => box.value))
      state.columns = columns.map(column => column.key).filter(key => chosen.has(key))
      apply()
    }))
    form.querySelector(".reset").addEventListener("click", () => {
      state = {...of(null), columns: state.columns, view: state.view}
      limit = STEP
      apply()
    })
    form.querySelectorAll("[data-take]").forEach(each => each.addEventListener("click", () => take(each.dataset.take)))
    form.addEventListener("submit", event => event.preventDefault())
    addEventListener("popstate", () => {
      if (!form.isConnected) return
      read()
      apply()
    })
    form.querySelector(".narrow").open = matchMedia("(min-width: 45em)").matches || location.search !== ""
    read()
    apply()
    form.hidden = false // last: what depends on it is then styled anew for the rows shown, not for all
  }

  // A task of its own: together with what the theme does at this moment it would hold up a large page for too long.
  if (window.document$) window.document$.subscribe(() => setTimeout(setUp))
  else setUp()
})()
